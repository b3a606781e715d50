import { describe, expect, test } from 'vitest';
import { makeTogether } from './together.ts';

/** Calls that end when they are told to. */
function calls(refused: readonly number[] = []) {
  const made: { items: readonly number[]; end(): void }[] = [];
  const together = makeTogether<number, string>(4, async (items) => {
    const { promise, resolve } = Promise.withResolvers<void>();
    made.push({ items, end: resolve });
    await promise;
    if (items.some((item) => refused.includes(item))) throw new Error(`refused ${items.join(' ')}`);
    return items.join(' ');
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  return {
    together,
    items: () => made.map((call) => call.items),
    /** Ends the call that is under way. */
    end: async () => {
      made.at(-1)?.end();
      await settle();
    },
  };
}

describe('callers', () => {
  test('who come alone do not wait', async () => {
    const { together, items, end } = calls();
    const one = together.add([1]);
    expect(items()).toEqual([[1]]);
    await end();
    expect(await one).toBe('1');
    void together.add([2]);
    expect(items()).toEqual([[1], [2]]);
  });

  test('who come meanwhile go together, as many as fit', async () => {
    const { together, items, end } = calls();
    const results = [[1], [2, 3], [4], [5, 6], [7, 8, 9, 10, 11]].map((each) => together.add(each));
    for (let call = 0; call < 4; call++) await end();
    expect(items()).toEqual([[1], [2, 3, 4], [5, 6], [7, 8, 9, 10, 11]]);
    expect(await Promise.all(results)).toEqual(['1', '2 3 4', '2 3 4', '5 6', '7 8 9 10 11']);
  });

  test('are refused alone', async () => {
    const { together, items, end } = calls([3]);
    const results = [1, 2, 3, 4].map((each) => together.add([each]).catch((error: Error) => error.message));
    for (let call = 0; call < 5; call++) await end();
    expect(items()).toEqual([[1], [2, 3, 4], [2], [3], [4]]);
    expect(await Promise.all(results)).toEqual(['1', '2', 'refused 3', '4']);
  });
});
