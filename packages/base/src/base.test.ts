import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { BatonError, isBatonError, idPrefixes, isId, kindOf, makeSubject, newId, systemClock, type IdKind } from './index.ts';

const kinds = Object.keys(idPrefixes) as IdKind[];

describe('ids', () => {
  test('name their kind, and are never taken for another', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.constantFrom(...kinds), (kind, other) => {
        const id = newId(kind);
        expect(id).toMatch(new RegExp(`^${idPrefixes[kind]}_[0-9a-f]{32}$`));
        expect(isId(kind, id)).toBe(true);
        expect(kindOf(id)).toBe(kind);
        expect(isId(other, id)).toBe(other === kind);
      }),
    );
  });
  test('no two kinds share a prefix', () => {
    expect(new Set(Object.values(idPrefixes)).size).toBe(kinds.length);
  });
  test('sort by the time they were made', () => {
    vi.useFakeTimers();
    const ids = Array.from({ length: 20 }, () => (vi.advanceTimersByTime(5), newId('person')));
    vi.useRealTimers();
    expect(ids.toSorted()).toEqual(ids);
  });
  test.each(['', 'per', 'per_', 'per_123', `per_${'z'.repeat(32)}`, `per_${'f'.repeat(32)}x`, `PER_${'0'.repeat(32)}`, `per_018f2b3c4d5e7f60a1b2c3d4e5f60718_1`, 'per_0123456789abcdef0123456789abcdef'])(
    'refuse what is none: %s',
    (text) => {
      expect(isId('person', text)).toBe(false);
      expect(kindOf(text)).toBeUndefined();
    },
  );
});

describe('a subject', () => {
  test('tells its listeners of changes, and of nothing else', () => {
    const subject = makeSubject({ count: 1 });
    const heard: number[] = [];
    const stop = subject.subscribe(({ count }) => heard.push(count));
    subject.set(subject.current());
    subject.set({ count: 2 });
    subject.update(({ count }) => ({ count: count + 1 }));
    stop();
    subject.set({ count: 9 });
    expect(heard).toEqual([2, 3]);
    expect(subject.current()).toEqual({ count: 9 });
  });
  test('a listener may leave while it is told, and the others still hear', () => {
    const subject = makeSubject(0);
    const heard: string[] = [];
    const stop = subject.subscribe(() => (stop(), heard.push('first')));
    subject.subscribe(() => heard.push('second'));
    subject.set(1);
    subject.set(2);
    expect(heard).toEqual(['first', 'second', 'second']);
  });
  test('a listener that comes while others are told hears from the next change on', () => {
    const subject = makeSubject(0);
    const heard: number[] = [];
    const stop = subject.subscribe(() => {
      stop();
      subject.subscribe((value) => heard.push(value));
    });
    subject.set(1);
    subject.set(2);
    expect(heard).toEqual([2]);
  });
  test('a listener that throws does not keep the others from hearing', () => {
    // The error surfaces as an uncaught one of its own; here it is caught before the test runner counts it.
    const surfaced: unknown[] = [];
    vi.stubGlobal('queueMicrotask', (report: () => void) => {
      try {
        report();
      } catch (error) {
        surfaced.push(error);
      }
    });
    const subject = makeSubject(0);
    const heard: number[] = [];
    subject.subscribe(() => {
      throw new Error('broken view');
    });
    subject.subscribe((value) => heard.push(value));
    subject.set(1);
    vi.unstubAllGlobals();
    expect(heard).toEqual([1]);
    expect(surfaced).toEqual([new Error('broken view')]);
  });
});

describe('a BatonError', () => {
  test('keeps code, details and cause', () => {
    const cause = new Error('socket hang up');
    const error = new BatonError('THROTTLED', { seconds: 30 }, { cause });
    expect(error).toMatchObject({ name: 'BatonError', message: 'THROTTLED', code: 'THROTTLED', details: { seconds: 30 }, cause });
    expect(isBatonError(error, 'THROTTLED')).toBe(true);
    expect(isBatonError(error, 'OFFLINE')).toBe(false);
  });
  test('is known by its shape where its class was lost on the way', () => {
    expect(isBatonError({ name: 'BatonError', code: 'OFFLINE', details: {} }, 'OFFLINE')).toBe(true);
    for (const other of [null, undefined, 'OFFLINE', new Error('OFFLINE'), { code: 'OFFLINE' }]) expect(isBatonError(other)).toBe(false);
  });
});

test('the system clock tells milliseconds', () => {
  expect(Math.abs(systemClock.now() - Date.now())).toBeLessThan(1000);
});
