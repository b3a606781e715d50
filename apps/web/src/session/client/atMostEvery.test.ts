import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { atMostEvery } from './atMostEvery.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('a lone call does its task at once; a crowd has it done once in a while, and once more at its end', () => {
  let done = 0;
  const call = atMostEvery(1_000, () => done++);
  call();
  expect(done).toBe(1);
  for (let at = 0; at < 25; at++) {
    call();
    vi.advanceTimersByTime(100);
  }
  expect(done).toBe(3);
  vi.advanceTimersByTime(10_000);
  expect(done).toBe(4);
  call();
  expect(done).toBe(5);
});
