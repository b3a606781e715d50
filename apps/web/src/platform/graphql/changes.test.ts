import { QueryClient } from '@tanstack/solid-query';
import { expect, test } from 'vitest';
import { applyHint, vaultsIn } from './changes.ts';
import { queryKeys } from './queries.ts';

function staleAfter(hint: Parameters<typeof applyHint>[1]): unknown[] {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Number.POSITIVE_INFINITY } } });
  const keys = [
    [queryKeys.person, 'per_1'],
    [queryKeys.person, 'per_2'],
    [queryKeys.people, 'all'],
    [queryKeys.project, 'prj_1'],
    [queryKeys.members],
  ];
  for (const key of keys) queries.setQueryData(key, {});
  applyHint(queries, hint);
  return keys.filter((key) => queries.getQueryState(key)?.isInvalidated);
}

test('a hint about a person touches that person, the lists, and the boards the name stands on', () => {
  expect(staleAfter({ topic: 'PERSON', id: 'per_1' })).toEqual([[queryKeys.person, 'per_1'], [queryKeys.people, 'all'], [queryKeys.project, 'prj_1']]);
});

test('a hint about a colleague leaves people alone', () => {
  expect(staleAfter({ topic: 'MEMBER', id: 'acc_1' })).toEqual([[queryKeys.members]]);
});

test('a burst of hints asks each vault once, and all of them where a colleague may have left', () => {
  expect(vaultsIn([{ topic: 'PROJECT', id: 'prj_1' }, { topic: 'VAULT', id: 'prj_1' }, { topic: 'VAULT', id: 'prj_2' }, { topic: 'PERSON', id: 'per_1' }])).toEqual(['prj_1', 'prj_2']);
  expect(vaultsIn([{ topic: 'VAULT', id: 'prj_1' }, { topic: 'MEMBER', id: 'acc_1' }])).toEqual([null]);
});
