import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeGiveWay } from './giveWay.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

/** A worker that has just begun, whose network can be cut. */
function makeWorker() {
  const worker = { answers: true, end: vi.fn<() => void>() };
  const begun = Date.now();
  const giveWay = makeGiveWay({
    serverAnswers: async () => worker.answers || Promise.reject(new TypeError('Failed to fetch')),
    end: worker.end,
    age: () => Date.now() - begun,
  });
  return { worker, giveWay };
}

test('gives way when the server answers, not before', async () => {
  const { worker, giveWay } = makeWorker();
  worker.answers = false;
  giveWay(() => true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(worker.end).not.toHaveBeenCalled();
  worker.answers = true;
  await vi.advanceTimersByTimeAsync(2_000);
  expect(worker.end).toHaveBeenCalledOnce();
});

test('lives five seconds at least, whatever is missing', async () => {
  const { worker, giveWay } = makeWorker();
  giveWay(() => true);
  await vi.advanceTimersByTimeAsync(4_900);
  expect(worker.end).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(200);
  expect(worker.end).toHaveBeenCalledOnce();
});

test('stays when the file has come after all', async () => {
  const { worker, giveWay } = makeWorker();
  let missing = true;
  giveWay(() => missing);
  missing = false;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(worker.end).not.toHaveBeenCalled();
});

test('ends once, however many files are missing, and for the last one of them too', async () => {
  const { worker, giveWay } = makeWorker();
  giveWay(() => false);
  await vi.advanceTimersByTimeAsync(10_000);
  giveWay(() => false);
  giveWay(() => true);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(worker.end).toHaveBeenCalledOnce();
});
