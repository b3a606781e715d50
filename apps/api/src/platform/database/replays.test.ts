import { expect, test, vi } from 'vitest';
import { rememberReplays } from './replays.ts';

interface Sum {
  length: number;
  head: string;
  total: number;
}

/** A log of numbers, which adds up to their sum; what was verified is counted. */
function logOf(lines: readonly number[]) {
  const next = vi.fn((state: Sum | null, line: number): Sum => ({ length: (state?.length ?? 0) + 1, head: String(line), total: (state?.total ?? 0) + line }));
  return { after: async (seq: number) => lines.slice(seq + 1), next };
}
const make = (most?: number) => rememberReplays<number, Sum>(String, most);

test('verifies each line once, however often the log is asked for', async () => {
  const replay = make();
  const [first, same, longer] = [logOf([1, 2]), logOf([1, 2]), logOf([1, 2, 3])];
  expect([await replay('log', first), await replay('log', same), await replay('log', longer)].map((state) => state?.total)).toEqual([3, 3, 6]);
  expect([first, same, longer].map(({ next }) => next.mock.calls.length)).toEqual([2, 0, 1]);
});

test('begins anew with a log that is another one, or shorter, or empty', async () => {
  const replay = make();
  await replay('log', logOf([1, 2]));
  expect((await replay('log', logOf([1, 5, 6])))?.total).toBe(12);
  expect((await replay('log', logOf([1])))?.total).toBe(1);
  expect(await replay('log', logOf([]))).toBeNull();
});

test('keeps nothing of a log whose line does not follow', async () => {
  const replay = make();
  const broken = { ...logOf([1]), next: () => { throw new Error('BROKEN_CHAIN'); } };
  await expect(replay('log', broken)).rejects.toThrow('BROKEN_CHAIN');
  expect((await replay('log', logOf([1])))?.total).toBe(1);
});

test('remembers those that were used last', async () => {
  const replay = make(2);
  for (const id of ['a', 'b', 'a', 'c']) await replay(id, logOf([1]));
  const [kept, forgotten] = [logOf([1]), logOf([1])];
  await replay('a', kept);
  await replay('b', forgotten);
  expect([kept.next.mock.calls.length, forgotten.next.mock.calls.length]).toEqual([0, 1]);
});
