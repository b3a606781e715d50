import { screen, waitFor, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import type { PersonRecordFragment } from '../../../generated/graphql.ts';
import { loadAllErrors } from '../../../platform/errors/errorText.ts';
import { answerRequests, type Asked } from '../../../testing/answerRequests.ts';
import { renderWithClient } from '../../../testing/renderWithClient.tsx';
import { samplePerson } from '../testing.ts';
import { PersonDialog } from './PersonDialog.tsx';

const refusal = (code: string, field: string | null = null) => ({ field, code, message: '' });

async function show(answers: Record<string, unknown>, person?: PersonRecordFragment): Promise<{ asked: Asked[]; saved: string[]; closed: () => number }> {
  await loadAllErrors();
  const asked = answerRequests({ CompanyCompletion: { companies: [] }, ...answers } as never);
  const saved: string[] = [];
  const close = vi.fn();
  renderWithClient(() => <PersonDialog open {...(person ? { person } : {})} onClose={close} onSaved={(id) => saved.push(id)} />);
  return { asked, saved, closed: () => close.mock.calls.length };
}
const field = (name: string): HTMLInputElement => screen.getByLabelText(name);
const inputs = (asked: Asked[], name: string): unknown[] => asked.filter((one) => one.name === name).map(({ variables }) => variables['input']);

vi.setConfig({ testTimeout: 20_000 });
afterEach(() => vi.unstubAllGlobals());

test('a new person is saved with what was filled in', async () => {
  const { asked, saved, closed } = await show({ CreatePerson: { createPerson: { person: samplePerson(), duplicates: [], userErrors: [] } } });
  await userEvent.type(field('Name'), '王思远');
  await userEvent.type(field('WeChat'), 'siyuan_w');
  await userEvent.type(field('Tags'), 'ipo，上市经验{Enter}');
  await userEvent.click(screen.getByRole('button', { name: 'Create' }));
  await waitFor(() => expect(closed()).toBe(1));
  const [input] = inputs(asked, 'CreatePerson') as { id: string }[];
  expect(input).toMatchObject({ name: '王思远', title: null, handles: [{ kind: 'WECHAT', raw: 'siyuan_w' }], tags: ['ipo', '上市经验'] });
  expect(saved).toEqual([input!.id]);
});

test('somebody who is on record already is shown, and what was written stays', async () => {
  const { closed } = await show({
    CreatePerson: { createPerson: { person: null, duplicates: [{ id: 'per_priya', name: 'Priya Shah' }], userErrors: [refusal('DUPLICATE_HANDLE', 'handles.0')] } },
  });
  await userEvent.type(field('Name'), 'P. Shah');
  await userEvent.type(field('Phone'), '+86 138 0013 8000');
  await userEvent.click(screen.getByRole('button', { name: 'Create' }));
  expect((await screen.findByRole('link', { name: 'Priya Shah' })).getAttribute('href')).toBe('/people/per_priya');
  // The first handle that was sent is the phone: the e-mail was left empty.
  expect(field('Phone').getAttribute('aria-invalid')).toBe('true');
  expect(field('E-mail').getAttribute('aria-invalid')).toBeNull();
  expect(field('Name').value).toBe('P. Shah');
  expect(closed()).toBe(0);
});

test('a colleague’s changes are taken in, one’s own are kept, and the next save goes through', async () => {
  const fresh = samplePerson({ title: 'Group CFO', version: 5 });
  const answers = [{ person: fresh, duplicates: [], userErrors: [refusal('STALE_VERSION')] }, { person: fresh, duplicates: [], userErrors: [] }];
  const { asked, closed } = await show({ UpdatePerson: () => ({ updatePerson: answers.shift() }) }, samplePerson());
  await userEvent.clear(field('Place'));
  await userEvent.type(field('Place'), 'Hamburg');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(await within(await screen.findByRole('alert')).findByText(/^A colleague changed this record meanwhile/)).toBeTruthy();
  expect([field('Place').value, field('Title').value]).toEqual(['Hamburg', 'Group CFO']);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await waitFor(() => expect(closed()).toBe(1));
  expect(inputs(asked, 'UpdatePerson')).toEqual([expect.objectContaining({ expectedVersion: 4, title: 'CFO' }), expect.objectContaining({ expectedVersion: 5, title: 'Group CFO', location: 'Hamburg' })]);
});
