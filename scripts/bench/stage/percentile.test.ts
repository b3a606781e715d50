import { expect, test } from 'vitest';
import { percentile } from './percentile.ts';

test('a percentile is one of the values, the smallest that enough of them do not exceed', () => {
  const values = [5, 1, 4, 2, 3];
  expect([percentile(values, 0.5), percentile(values, 0.95), percentile(values, 0), percentile([7], 0.5)]).toEqual([3, 5, 1, 7]);
  expect(percentile(Array.from({ length: 100 }, (_, index) => index + 1), 0.95)).toBe(95);
});

test('of nothing there is none', () => {
  expect(() => percentile([], 0.5)).toThrow('Nothing was measured');
});
