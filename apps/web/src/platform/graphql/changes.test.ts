import { QueryClient, QueryObserver } from '@tanstack/solid-query';
import { expect, test, vi } from 'vitest';
import { applyHints, gatherHints, vaultsIn, type Hint } from './changes.ts';
import { queryKeys } from './queries.ts';

function staleAfter(...hints: Hint[]): unknown[] {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const keys = [
    [queryKeys.person, 'per_1'],
    [queryKeys.person, 'per_2'],
    [queryKeys.people, 'all'],
    [queryKeys.project, 'prj_1'],
    [queryKeys.members],
  ];
  for (const key of keys) queries.setQueryData(key, {});
  applyHints(queries, hints);
  return keys.filter((key) => queries.getQueryState(key)?.isInvalidated);
}

test('a hint about a person touches that person, the lists, and the boards the name stands on', () => {
  expect(staleAfter({ topic: 'PERSON', id: 'per_1' })).toEqual([[queryKeys.person, 'per_1'], [queryKeys.people, 'all'], [queryKeys.project, 'prj_1']]);
});

test('a hint about a colleague leaves people alone', () => {
  expect(staleAfter({ topic: 'MEMBER', id: 'acc_1' })).toEqual([[queryKeys.members]]);
});

test('hints about several people touch each of them, and no other', () => {
  expect(staleAfter({ topic: 'PERSON', id: 'per_1' }, { topic: 'PERSON', id: 'per_3' })).not.toContainEqual([queryKeys.person, 'per_2']);
  expect(staleAfter({ topic: 'PERSON', id: 'per_1' }, { topic: 'CONVERSATION', id: 'con_1' })).toContainEqual([queryKeys.person, 'per_2']);
  expect(staleAfter({ topic: 'CONVERSATION', id: 'con_1' }, { topic: 'PERSON', id: 'per_1' })).toContainEqual([queryKeys.person, 'per_2']);
});

test('a burst of hints asks once for what is on the screen', () => {
  const queries = new QueryClient();
  const ask = vi.fn(() => new Promise<never>(() => {}));
  const stop = new QueryObserver(queries, { queryKey: [queryKeys.project, 'prj_1'], queryFn: ask, initialData: {} as never, staleTime: Number.POSITIVE_INFINITY }).subscribe(() => {});
  applyHints(queries, Array.from({ length: 200 }, (_, n): Hint => ({ topic: 'CONVERSATION', id: `con_${n}` })));
  expect(ask).toHaveBeenCalledTimes(1);
  stop();
});

test('a burst of hints asks each vault once, and all of them where a colleague may have left', () => {
  expect(vaultsIn([{ topic: 'PROJECT', id: 'prj_1' }, { topic: 'VAULT', id: 'prj_1' }, { topic: 'VAULT', id: 'prj_2' }, { topic: 'PERSON', id: 'per_1' }])).toEqual(['prj_1', 'prj_2']);
  expect(vaultsIn([{ topic: 'VAULT', id: 'prj_1' }, { topic: 'MEMBER', id: 'acc_1' }])).toEqual([null]);
});

test('a project’s log is told of at once, and the rest of the burst together, which does not tell of it again', () => {
  vi.useFakeTimers();
  const told: unknown[] = [];
  const changed = { conversations: () => void told.push('conversations'), members: () => void told.push('members'), vault: (projectId: string | null) => void told.push(projectId) };
  const { take, stop } = gatherHints(new QueryClient(), changed);
  take({ topic: 'PROJECT', id: 'prj_1' });
  for (let n = 0; n < 200; n++) take({ topic: 'CONVERSATION', id: `con_${n}` });
  expect(told.splice(0)).toEqual(['prj_1']);
  vi.advanceTimersByTime(250);
  expect(told.splice(0)).toEqual(['conversations']);
  // What comes with every session that is made may wait: its message is on its way.
  take({ topic: 'VAULT', id: 'prj_1' });
  take({ topic: 'PROJECT', id: 'prj_1' });
  expect(told).toEqual([]);
  vi.advanceTimersByTime(250);
  expect(told).toEqual(['conversations', 'prj_1']);
  stop();
  vi.useRealTimers();
});
