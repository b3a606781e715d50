import { screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test, vi } from 'vitest';
import { createKeyboard } from '../../platform/actions/actions.ts';
import { answerRequests, type Asked } from '../../testing/answerRequests.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { lastListHref } from './list/lastList.ts';
import { PeoplePage } from './PeoplePage.tsx';
import { samplePerson } from './testing.ts';

const people = [samplePerson(), samplePerson({ id: 'per_wang', name: '王思远', pinyin: 'wang siyuan' })];
const page = (found: typeof people) => ({ people: { totalCount: found.length, pageInfo: { hasNextPage: false, endCursor: null }, edges: found.map((node) => ({ node })) } });

function show(at = '/people'): { asked: Asked[]; path(): string } {
  const asked = answerRequests({
    People: ({ filter }: { filter: { search: string | null } }) => page(people.filter(({ name, pinyin }) => `${name} ${pinyin}`.toLowerCase().includes((filter.search ?? '').toLowerCase()))),
    PeopleTags: { tags: ['ipo'] },
  });
  const { path } = renderWithClient(
    () => {
      createKeyboard();
      return <PeoplePage />;
    },
    { at },
  );
  return { asked, path };
}
const heading = (): string => screen.getByRole('heading', { level: 1 }).textContent ?? '';
const searches = (asked: Asked[]): unknown[] => asked.filter(({ name }) => name === 'People').map(({ variables }) => (variables['filter'] as { search: unknown }).search);

vi.setConfig({ testTimeout: 20_000 });
afterEach(() => vi.unstubAllGlobals());

test('/ leads to the search; the server is asked once one pauses, and the address keeps it', async () => {
  const { asked, path } = show();
  await waitFor(() => expect(heading()).toBe('People 2'));
  await userEvent.keyboard('/');
  await userEvent.keyboard('wang');
  await waitFor(() => expect(heading()).toBe('People 1'));
  expect(searches(asked).at(-1)).toBe('wang');
  expect(searches(asked).length).toBeLessThan(5);
  expect(path()).toBe('/people?q=wang');
  expect(lastListHref()).toBe('/people?q=wang');
});

test('when nobody matches, one press clears the search', async () => {
  const { path } = show('/people?q=nobody');
  expect(await screen.findByText('Nobody matches')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Clear the search' }));
  await waitFor(() => expect(heading()).toBe('People 2'));
  expect(path()).toBe('/people');
});

test('Escape empties the search, then leaves it', async () => {
  show('/people?q=wang');
  const field = await screen.findByRole<HTMLInputElement>('searchbox');
  field.focus();
  await userEvent.keyboard('{Escape}');
  expect(field.value).toBe('');
  await userEvent.keyboard('{Escape}');
  expect(document.activeElement).toBe(document.body);
});

test('C puts somebody new on record', async () => {
  show();
  await waitFor(() => expect(heading()).toBe('People 2'));
  await userEvent.keyboard('c');
  expect(await screen.findByRole('dialog', { name: 'New person' })).toBeTruthy();
});
