import { screen, within } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { answerRequests } from '../../testing/answerRequests.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { ChooseDialog } from './ChooseDialog.tsx';

const [mei, tom] = ['mei', 'tom'].map((id) => ({ id, name: id, email: `${id}@example.com`, role: 'CONSULTANT', endedAt: null }));
const promise = (id: string, candidate: string, dueOn: string | null = null) => ({ id, body: `${id} for ${candidate}`, dueOn, candidacy: { id, person: { id: candidate, name: candidate }, conversation: { id: `con_${candidate}` } } });
const project = (openPromises: object[]) => ({
  id: 'prj_1', name: 'Head of Treasury', archivedAt: null, client: { id: 'cmp', name: 'Northwind' }, can: { edit: true }, vault: { projectId: 'prj_1' },
  members: [{ role: 'LEAD', member: { id: 'mei' } }], stages: [], candidacies: [], openPromises,
});

afterEach(() => void vi.unstubAllGlobals());

async function show(openPromises: object[]) {
  answerRequests({ HandOverScope: { viewer: { account: { id: 'mei' }, organisation: { id: 'org', members: [mei, tom] } }, projects: [project(openPromises)] }, HandOverInvited: { colleagueInvitations: [] } });
  renderWithClient(() => <ChooseDialog wish={{ projectId: 'prj_1' }} viewerId="mei" onOrder={() => undefined} onClose={() => undefined} />);
  await screen.findByText('No threads yet');
  return within(screen.getByRole('dialog', { hidden: true }));
}

test('lists the open promises that go along, each with the way to its thread, which opens aside', async () => {
  const dialog = await show([promise('Agenda', 'Ada'), promise('Offer', 'Ivo', '2026-01-02'), promise('Call', 'Cy'), promise('Dinner', 'Dita')]);
  expect(dialog.getByText('4 open promises, 1 overdue')).toBeTruthy();
  const links = () => dialog.getAllByRole('link', { hidden: true }).map((link) => [link.getAttribute('href'), link.getAttribute('target')]);
  expect(links()).toEqual([['/inbox/con_Ivo', '_blank'], ['/inbox/con_Ada', '_blank'], ['/inbox/con_Cy', '_blank']]);
  await userEvent.click(dialog.getByText('1 more'));
  expect(links()).toHaveLength(4);
});

test('says nothing of promises where none is open', async () => {
  expect((await show([])).queryByText(/promise/)).toBeNull();
});
