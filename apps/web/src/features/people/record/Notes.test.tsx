import { BatonError } from '@baton/base';
import { screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { sampleViewer } from '../../../session/testing/makeFakeClient.ts';
import { answerRequests, type Asked } from '../../../testing/answerRequests.ts';
import { renderWithClient } from '../../../testing/renderWithClient.tsx';
import { dismissToast, shownToasts } from '../../../ui/toast/toasts.ts';
import { PersonPage } from '../PersonPage.tsx';
import { samplePerson } from '../testing.ts';

const note = (id: string, body: string, authorId: string) => ({ id, body, createdAt: '2026-11-01T00:00:00Z', updatedAt: '2026-11-01T00:00:00Z', author: { id: authorId, name: authorId } });
const mine = note('note_1', '配偶在杭州，不考虑北京', sampleViewer.accountId);
const theirs = note('note_2', 'Prefers Hamburg', 'acc_jonas');

async function show(answers: Record<string, unknown>): Promise<Asked[]> {
  const asked = answerRequests({ Person: { person: samplePerson({ notes: [mine, theirs] }) }, PeopleProjects: { projects: [] }, ...answers } as never);
  renderWithClient(PersonPage, { route: '/people/:id', at: '/people/per_priya' });
  await screen.findByText(mine.body);
  return asked;
}

vi.setConfig({ testTimeout: 20_000 });
afterEach(() => {
  vi.unstubAllGlobals();
  for (const { id } of shownToasts()) dismissToast(id);
});

test('Ctrl and Enter add what was written', async () => {
  const asked = await show({ AddNote: ({ input }: { input: { body: string } }) => ({ addNote: { person: samplePerson({ notes: [mine, theirs, note('note_3', input.body, sampleViewer.accountId)] }), userErrors: [] } }) });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write a note…' });
  await userEvent.type(field, 'Open from March on{Control>}{Enter}{/Control}');
  await waitFor(() => expect(field.value).toBe(''));
  expect(screen.getByText('Open from March on')).toBeTruthy();
  expect(asked.at(-1)).toMatchObject({ name: 'AddNote', variables: { input: { personId: 'per_priya', body: 'Open from March on' } } });
});

test('what could not be saved stays in the field', async () => {
  await show({
    AddNote: () => {
      throw new BatonError('INTERNAL');
    },
  });
  const field = screen.getByRole<HTMLTextAreaElement>('textbox', { name: 'Write a note…' });
  await userEvent.type(field, 'Open from March on');
  await userEvent.click(screen.getByRole('button', { name: /^Add note/ }));
  await waitFor(() => expect(field.getAttribute('aria-invalid')).toBe('true'));
  expect(field.value).toBe('Open from March on');
});

test('one changes and deletes one’s own only; what was deleted can come back', async () => {
  const asked = await show({
    DeleteNote: { deleteNote: { person: samplePerson({ notes: [theirs] }), userErrors: [] } },
    AddNote: { addNote: { person: samplePerson({ notes: [mine, theirs] }), userErrors: [] } },
  });
  expect(screen.getAllByRole('button', { name: 'Edit note' })).toHaveLength(1);
  await userEvent.click(screen.getByRole('button', { name: 'Delete note' }));
  await waitFor(() => expect(screen.queryByText(mine.body)).toBeNull());
  shownToasts()[0]?.action?.onAction();
  expect(await screen.findByText(mine.body)).toBeTruthy();
  expect(asked.at(-1)).toMatchObject({ name: 'AddNote', variables: { input: { body: mine.body } } });
});
