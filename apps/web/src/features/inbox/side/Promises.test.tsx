import { BatonError } from '@baton/base';
import { cleanup, screen, waitFor, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { InboxPromiseFragment } from '../../../generated/graphql.ts';
import { locale } from '../../../platform/preferences/preferences.ts';
import { answerRequests, type Asked } from '../../../testing/answerRequests.ts';
import { renderWithClient } from '../../../testing/renderWithClient.tsx';
import { Toaster } from '../../../ui/toast/Toaster.tsx';
import type { Candidacy, CandidacyModel } from './createCandidacy.ts';
import { Promises } from './Promises.tsx';

const mei = { id: 'acc_0193a1b2c3d47e8f9a0b1c2d3e4f5a01', name: 'Mei Lin', endedAt: null };
const ana = { id: 'acc_ana', name: 'Ana Costa', endedAt: '2026-11-01T08:00:00Z' };
const promise = (id: string, more: Partial<InboxPromiseFragment> = {}): InboxPromiseFragment => ({
  id, body: id, dueOn: null, state: 'OPEN', promisedBy: mei, promisedAt: '2026-11-10T08:00:00Z', settledBy: null, settledAt: null, ...more,
});
const kept = (id: string) => promise(id, { state: 'KEPT', settledBy: mei, settledAt: '2026-11-18T08:00:00Z' });

let asked: Asked[];
/** Refuses what the page asks for next. */
let refusal: BatonError | null;
let stored: Map<string, InboxPromiseFragment>;

beforeEach(() => {
  refusal = null;
  stored = new Map();
  const unlessRefused = () => {
    if (refusal) throw refusal;
  };
  asked = answerRequests({
    InboxAddPromise: ({ input }: { input: { id: string; body: string; dueOn: string | null } }) => {
      unlessRefused();
      return { addPromise: { promise: promise(input.id, { body: input.body, dueOn: input.dueOn }), userErrors: [] } };
    },
    InboxSettlePromise: ({ input: { id, state } }: { input: { id: string; state: InboxPromiseFragment['state'] } }) => {
      unlessRefused();
      const settled = { ...stored.get(id)!, state, settledBy: state === 'OPEN' ? null : mei, settledAt: state === 'OPEN' ? null : '2026-11-20T08:00:00Z' };
      return { settlePromise: { promise: settled, userErrors: [] } };
    },
  });
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  locale.set('en');
});

function show(promises: InboxPromiseFragment[], { edit = false } = {}) {
  for (const one of promises) stored.set(one.id, one);
  const [candidacy, setCandidacy] = createSignal({ id: 'cdy_1', promises, project: { can: { edit } } } as unknown as Candidacy);
  const model = { put: (change: (before: Candidacy) => Candidacy) => void setCandidacy(change) } as CandidacyModel;
  renderWithClient(() => (
    <>
      <Promises candidacy={candidacy()} model={model} />
      <Toaster />
    </>
  ));
  return within(screen.getByRole('region', { name: 'Promises' }));
}
const names = (section: ReturnType<typeof show>) => section.queryAllByRole('listitem').map((row: HTMLElement) => row.querySelector('label')?.textContent);
const rowOf = (section: ReturnType<typeof show>, body: string) => section.getByRole('checkbox', { name: body }).closest('li')!;

test('an empty one is a field alone', () => {
  const section = show([]);
  expect(section.getByRole('textbox', { name: 'Promise to the candidate' })).toBeTruthy();
  expect([section.queryByRole('list')?.children.length ?? 0, section.queryByRole('button')]).toEqual([0, null]);
});

test('the earliest due stands first, and names who promised it, gone or not', () => {
  const section = show([promise('Whenever'), promise('Agenda', { dueOn: '2999-01-02' }), promise('Offer', { dueOn: '2026-01-01', promisedBy: ana })]);
  expect(names(section)).toEqual(['Offer', 'Agenda', 'Whenever']);
  expect(rowOf(section, 'Offer').textContent).toMatch(/days overdue · Ana Costa \(left\)/);
  expect(rowOf(section, 'Agenda').textContent).toContain('Due Jan 2, 2999 · Mei Lin');
});

test('one is added with a date, and the field is free for the next', async () => {
  const section = show([]);
  const field = section.getByRole<HTMLTextAreaElement>('textbox', { name: 'Promise to the candidate' });
  await userEvent.type(field, 'Send the offer');
  const due = section.getByLabelText<HTMLInputElement>(/^Due/);
  await userEvent.type(due, '2999-11-30');
  await userEvent.click(field);
  await userEvent.keyboard('{Control>}{Enter}{/Control}');
  await waitFor(() => expect(names(section)).toEqual(['Send the offer']));
  expect(asked[0]?.variables).toEqual({ input: { id: expect.stringMatching(/^prm_/), candidacyId: 'cdy_1', body: 'Send the offer', dueOn: '2999-11-30' } });
  expect([field.value, section.queryByLabelText(/^Due/)]).toEqual(['', null]);
});

test('what could not be saved stays in the field, with the reason', async () => {
  const section = show([]);
  refusal = new BatonError('PROJECT_ARCHIVED');
  const field = section.getByRole<HTMLTextAreaElement>('textbox', { name: 'Promise to the candidate' });
  await userEvent.type(field, 'Send the offer');
  await userEvent.click(section.getByRole('button', { name: /Add promise/ }));
  expect(await section.findByText('This project is archived. Open it again first.')).toBeTruthy();
  expect(field.value).toBe('Send the offer');
});

test('ticked off it stays in place, with the focus, and is unticked there', async () => {
  const section = show([promise('Agenda'), promise('Offer', { promisedBy: ana })]);
  section.getByRole('checkbox', { name: 'Offer' }).focus();
  await userEvent.keyboard(' ');
  await waitFor(() => expect(rowOf(section, 'Offer').textContent).toContain('Kept by Mei Lin'));
  const box = section.getByRole<HTMLInputElement>('checkbox', { name: 'Offer' });
  expect([box.checked, document.activeElement === box, names(section)]).toEqual([true, true, ['Agenda', 'Offer']]);
  await userEvent.keyboard(' ');
  await waitFor(() => expect(rowOf(section, 'Offer').textContent).toContain('Ana Costa (left)'));
  expect(asked.map(({ variables }) => variables['input'])).toEqual([{ id: 'Offer', state: 'KEPT' }, { id: 'Offer', state: 'OPEN' }]);
});

test('is unticked again where it could not be said, with the reason', async () => {
  const section = show([promise('Offer')]);
  refusal = new BatonError('NOT_FOUND');
  await userEvent.click(section.getByRole('checkbox', { name: 'Offer' }));
  expect(await screen.findByText('This is not here any more, or you may not see it.')).toBeTruthy();
  await waitFor(() => expect(section.getByRole<HTMLInputElement>('checkbox', { name: 'Offer' }).checked).toBe(false));
});

test('those kept earlier are shown when asked', async () => {
  const section = show([promise('Offer'), kept('Call'), kept('Agenda')]);
  expect(names(section)).toEqual(['Offer']);
  await userEvent.click(section.getByRole('button', { name: 'Show 2 that were kept' }));
  expect(names(section)).toEqual(['Offer', 'Call', 'Agenda']);
});

test('one’s own is taken back, and comes back; a colleague’s by who leads the project', async () => {
  const section = show([promise('Mine'), promise('Hers', { promisedBy: ana })]);
  expect(within(rowOf(section, 'Hers')).queryByRole('button')).toBeNull();
  await userEvent.click(within(rowOf(section, 'Mine')).getByRole('button', { name: 'Take back promise' }));
  expect(names(section)).toEqual(['Hers']);
  expect(document.activeElement).toBe(section.getByRole('checkbox', { name: 'Hers' }));
  await userEvent.click(await screen.findByText('Undo'));
  await waitFor(() => expect(names(section)).toEqual(['Hers', 'Mine']));
  cleanup();
  const led = show([promise('Hers', { promisedBy: ana })], { edit: true });
  expect(within(rowOf(led, 'Hers')).getByRole('button', { name: 'Take back promise' })).toBeTruthy();
});

test('is told in the reader’s language', () => {
  show([]);
  cleanup();
  locale.set('zh-CN');
  renderWithClient(() => <Promises candidacy={{ id: 'cdy_1', promises: [promise('寄出录用函', { promisedBy: ana, dueOn: '2026-01-01' })], project: { can: { edit: true } } } as unknown as Candidacy} model={{ put: () => undefined } as unknown as CandidacyModel} />);
  const section = screen.getByRole('region', { name: '承诺' });
  for (const text of ['已逾期', 'Ana Costa（已离职）']) expect(section.textContent).toContain(text);
});
