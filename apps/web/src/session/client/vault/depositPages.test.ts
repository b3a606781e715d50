import type { DepositAnswer } from '@baton/vault';
import { describe, expect, test } from 'vitest';
import { fetchAgain, fetchWindow, inLots } from './depositPages.ts';

const deposit = (number: number, roomId = '!r'): DepositAnswer => ({ number, roomId, sessionId: `s${number}`, depositorId: 'acc_lin', epoch: 1, sealed: '' });
const numbers = (deposits: readonly DepositAnswer[]): number[] => deposits.map(({ number }) => number);

/** An API with the deposits 1 to `count`, less those that were replaced. */
function server(count: number, replaced: readonly number[] = []) {
  const asked: number[] = [];
  const all = Array.from({ length: count }, (_, index) => deposit(index + 1)).filter(({ number }) => !replaced.includes(number));
  return {
    asked,
    deposits: async (_project: string, after: number, first: number) => {
      asked.push(after);
      return all.filter(({ number }) => number > after).slice(0, first);
    },
  };
}

describe('a window of deposits', () => {
  test('is all that there is after a number', async () => {
    const { deposits, isLast } = await fetchWindow(server(1_234), 'prj', 34);
    expect([deposits.length, deposits[0]?.number, deposits.at(-1)?.number, isLast]).toEqual([1_200, 35, 1_234, true]);
    expect(await fetchWindow(server(3), 'prj', 3)).toEqual({ deposits: [], isLast: true });
  });

  test('ends where memory would suffer, and the next one goes on there', async () => {
    const { deposits, isLast } = await fetchWindow(server(5_600), 'prj', 0);
    expect([deposits.at(-1)?.number, isLast]).toEqual([5_000, false]);
    expect((await fetchWindow(server(5_600), 'prj', 5_000)).isLast).toBe(true);
  });
});

test('deposits are fetched again by their numbers; those that were replaced are no more', async () => {
  const api = server(3_000, [700]);
  expect(numbers(await fetchAgain(api, 'prj', [2_900, 3, 700, 12]))).toEqual([3, 12, 2_900]);
  expect(api.asked).toEqual([2, 699, 2_899]);
  expect(await fetchAgain(api, 'prj', [])).toEqual([]);
});

describe('lots', () => {
  test('begin with the room of the newest deposit, and hold rooms whole', () => {
    const lots = inLots([...Array.from({ length: 9 }, (_, index) => deposit(index + 1, '!old')), ...Array.from({ length: 12 }, (_, index) => deposit(index + 10, '!new')), deposit(22, '!old')]);
    expect(lots.map((lot) => [...new Set(lot.map(({ roomId }) => roomId))])).toEqual([['!old'], ['!new']]);
    expect(lots.map((lot) => lot.length)).toEqual([10, 12]);
  });

  test('are small at first and grow', () => {
    const lots = inLots(Array.from({ length: 2_000 }, (_, index) => deposit(index + 1, `!room ${Math.floor(index / 5)}`)));
    expect(lots.slice(0, 7).map((lot) => lot.length)).toEqual([10, 20, 40, 80, 160, 200, 200]);
    expect(numbers(lots[0] ?? [])).toEqual([1_996, 1_997, 1_998, 1_999, 2_000, 1_991, 1_992, 1_993, 1_994, 1_995]);
    expect(lots.flat()).toHaveLength(2_000);
  });
});
