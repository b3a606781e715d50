import { expect, test, vi } from 'vitest';
import { makeHintQueue } from './hintQueue.ts';

const keyOf = (value: string): string => value;

test('gives hints in order, one for those that are equal', async () => {
  const queue = makeHintQueue(keyOf, () => {});
  for (const hint of ['a', 'b', 'a']) queue.push(hint);
  expect([await queue.next(), await queue.next()].map((each) => each.value)).toEqual(['a', 'b']);
});

test('gives all that wait to who takes more than the next one', async () => {
  const queue = makeHintQueue(keyOf, () => {});
  for (const hint of ['a', 'b', 'c']) queue.push(hint);
  expect([(await queue.next()).value, queue.takeAll(), queue.takeAll()]).toEqual(['a', ['b', 'c'], []]);
});

test('wakes whoever waits', async () => {
  const queue = makeHintQueue(keyOf, () => {});
  const next = queue.next();
  queue.push('late');
  expect(await next).toEqual({ done: false, value: 'late' });
});

test('ends for whoever waits when its listener goes, and lets go of its source once', async () => {
  const onEnd = vi.fn();
  const queue = makeHintQueue(keyOf, onEnd);
  const next = queue.next();
  await queue.return?.();
  queue.end();
  expect(await next).toEqual({ done: true, value: undefined });
  expect(onEnd).toHaveBeenCalledOnce();
});

test('holds no more than it may', async () => {
  const queue = makeHintQueue(keyOf, () => {}, 2);
  for (const hint of ['a', 'b', 'c']) queue.push(hint);
  await queue.next();
  await queue.next();
  queue.push('d');
  expect((await queue.next()).value).toBe('d');
});
