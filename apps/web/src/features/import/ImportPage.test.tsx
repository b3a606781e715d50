import { BatonError } from '@baton/base';
import { screen, waitFor, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { loadAllErrors } from '../../platform/errors/errorText.ts';
import { answerRequests, type Asked } from '../../testing/answerRequests.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { ImportPage } from './ImportPage.tsx';

interface ImportVariables {
  input: { id: string; dryRun: boolean; projectId: string | null; rows: { line: number; name: string | null; email: string | null }[] };
}
type Outcome = 'CREATED' | 'REFUSED';

/** Judges rows as the server does: who has no name is refused. */
const judge = ({ input }: ImportVariables) => {
  const rows = input.rows.map(({ line, name }) => ({
    line, outcome: (name === null ? 'REFUSED' : 'CREATED') as Outcome, person: null, userErrors: name === null ? [{ field: 'name', code: 'REQUIRED', message: '' }] : [],
  }));
  const refused = rows.filter(({ outcome }) => outcome === 'REFUSED').length;
  return { importPeople: { dryRun: input.dryRun, created: rows.length - refused, updated: 0, unchanged: 0, refused, rows, userErrors: [] } };
};

async function choose(text: string, importPeople: (variables: ImportVariables) => unknown = judge, at = '/import'): Promise<Asked[]> {
  await loadAllErrors();
  const asked = answerRequests({ ImportTargets: { projects: [{ id: 'prj_1', name: 'Chief Financial Officer', can: { addCandidates: true } }] }, ImportPeople: importPeople });
  renderWithClient(ImportPage, { at });
  await userEvent.upload(screen.getByLabelText('choose a file'), new File([text], 'people.csv', { type: 'text/csv' }));
  return asked;
}
const sent = (asked: Asked[]): ImportVariables['input'][] => asked.filter(({ name }) => name === 'ImportPeople').map(({ variables }) => variables['input'] as ImportVariables['input']);
const press = async (name: string | RegExp): Promise<void> => userEvent.click(await screen.findByRole('button', { name }));

vi.setConfig({ testTimeout: 30_000 });
afterEach(() => vi.unstubAllGlobals());

describe('the columns', () => {
  test('are guessed, and what is wrong is changed by hand', async () => {
    const asked = await choose('Name,Contact\nPriya Shah,priya@example.com');
    const select = await screen.findByRole<HTMLSelectElement>('combobox', { name: 'What it means: Contact' });
    expect(select.value).toBe('email');
    await userEvent.selectOptions(select, 'Note');
    await press('Check');
    await waitFor(() => expect(sent(asked)[0]?.rows).toEqual([expect.objectContaining({ line: 2, name: 'Priya Shah', email: null, note: 'priya@example.com' })]));
  });

  test('must hold a name', async () => {
    await choose('Colour\nred');
    expect(await screen.findByText('Say which column holds the name.')).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Check' }).disabled).toBe(true);
  });

  test('put everybody into the project that one came from', async () => {
    const asked = await choose('Name\nPriya', judge, '/import?project=prj_1');
    await press('Check');
    await waitFor(() => expect(sent(asked)[0]?.projectId).toBe('prj_1'));
  });
});

test('a spreadsheet’s own format is refused with what to do', async () => {
  await choose('PK\u0003\u0004\u0000\u0000');
  expect(await screen.findByText(/^This is not a CSV file/)).toBeTruthy();
});

describe('the check', () => {
  test('changes nothing, and shows first what was refused', async () => {
    const asked = await choose('Name,E-mail\nPriya Shah,p@example.com\n,nobody@example.com\nToo,many,cells');
    await press('Check');
    const rows = within(await screen.findByRole('table')).getAllByRole('row').slice(1);
    expect(rows.map((row) => within(row).getAllByRole('cell').map((cell) => cell.textContent))).toEqual([
      ['3', 'nobody@example.com', 'Refused', 'This row has no name.'],
      ['4', 'Too', 'Refused', 'More or fewer cells than the header has'],
      ['2', 'Priya Shah', 'New', ''],
    ]);
    expect(screen.getByText('1 new, 0 changed, 0 as they are, 2 refused')).toBeTruthy();
    expect(sent(asked).map(({ dryRun }) => dryRun)).toEqual([true]);
    await userEvent.click(screen.getByRole('switch', { name: 'Only rows with remarks' }));
    expect(screen.queryByText('Priya Shah')).toBeNull();
  });
});

test('goes in batches of 2,000 rows, and after a failure on from where it stopped', async () => {
  let fails = 1;
  const asked = await choose(`Name\n${Array.from({ length: 4_500 }, (_, index) => `Person ${index}`).join('\n')}`, (variables) => {
    if (!variables.input.dryRun && variables.input.rows[0]?.line === 2_002 && fails-- > 0) throw new BatonError('INTERNAL');
    return judge(variables);
  });
  await press('Check');
  await press('Import 4500 people');
  expect(await screen.findByText(/The import stopped in the middle/)).toBeTruthy();
  await press('Import 4500 people');
  expect(await screen.findByRole('heading', { name: 'Imported' })).toBeTruthy();
  expect(screen.getByText('4500 new, 0 changed, 0 as they are, 0 refused')).toBeTruthy();
  const batches = sent(asked).map(({ dryRun, rows }) => `${dryRun ? 'check' : 'import'} ${rows[0]?.line} ${rows.length}`);
  expect(batches).toEqual(['check 2 2000', 'check 2002 2000', 'check 4002 500', 'import 2 2000', 'import 2002 2000', 'import 2002 2000', 'import 4002 500']);
  expect(new Set(sent(asked).map(({ id }) => id)).size).toBe(1);
});
