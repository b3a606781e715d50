import type { TimelineItem } from '@baton/messaging';
import { describe, expect, it } from 'vitest';
import { groupDays, keepUnchanged } from './groupDays.ts';

const noon = new Date(2026, 10, 20, 12).getTime();
const minute = 60_000;

function said(key: string, sender: string, at: number): TimelineItem {
  return {
    kind: 'message', key, eventId: `$${key}`, sender, mine: false, body: key, at, reply: null, authenticity: 'certified', status: null, failure: null,
    reached: { delivered: [], read: [] },
  };
}

const places = (items: TimelineItem[], firstUnread: string | null = null) =>
  groupDays(items, firstUnread).flatMap((day) => day.entries.map(({ key, place }) => `${key}:${place}`));

describe('groupDays', () => {
  it('makes no day of nothing', () => {
    expect(groupDays([], null)).toEqual([]);
  });

  it('puts each calendar day under its own heading', () => {
    const days = groupDays([said('a', 'x', noon - 24 * 60 * minute), said('b', 'x', noon)], null);
    expect(days.map(({ key }) => key)).toEqual(['2026-11-19', '2026-11-20']);
  });

  it('joins what one sender says within minutes', () => {
    expect(places([said('a', 'x', noon), said('b', 'x', noon + minute), said('c', 'x', noon + 2 * minute), said('d', 'y', noon + 2 * minute)])).toEqual([
      'a:first', 'b:middle', 'c:last', 'd:only',
    ]);
  });

  it('starts a new block after five minutes of silence', () => {
    expect(places([said('a', 'x', noon), said('b', 'x', noon + 5 * minute)])).toEqual(['a:only', 'b:only']);
  });

  it('starts a new block below the line of new messages', () => {
    const items = [said('a', 'x', noon), said('b', 'x', noon + minute)];
    expect(places(items, 'b')).toEqual(['a:only', 'b:only']);
    expect(groupDays(items, 'b')[0]?.entries.map(({ newAbove }) => newAbove)).toEqual([false, true]);
  });

  it('draws no line above the very first message', () => {
    expect(groupDays([said('a', 'x', noon)], 'a')[0]?.entries[0]?.newAbove).toBe(false);
  });

  it('names those who come or go one right after the other in one line', () => {
    const came = (key: string, userId: string): TimelineItem => ({ kind: 'membership', key, change: 'joined', userId, at: noon });
    const items = [came('m', 'x'), came('n', 'y'), { ...came('o', 'x'), change: 'left' as const }, said('a', 'y', noon), came('p', 'z')];
    const entries = groupDays(items, null).flatMap((day) => day.entries);
    expect(entries.map(({ key, alsoMoved }) => [key, ...alsoMoved])).toEqual([['m', 'y'], ['o'], ['a'], ['p']]);
  });

  it('keeps a message from an hour that went backwards in the day it arrived in', () => {
    const days = groupDays([said('a', 'x', noon), said('late', 'y', noon - 24 * 60 * minute), said('b', 'x', noon + minute)], null);
    expect(days).toHaveLength(1);
  });
});

describe('keepUnchanged', () => {
  const [one, two] = [said('a', 'x', noon), said('b', 'x', noon + minute)];
  const entriesOf = (days: ReturnType<typeof groupDays>) => days.flatMap(({ entries }) => entries);

  it('takes the entries of before where nothing about them changed, and the new ones elsewhere', () => {
    const before = groupDays([one, two], null);
    const after = groupDays([one, two, said('c', 'x', noon + 2 * minute)], null);
    const kept = keepUnchanged(before, after);
    expect(kept).toEqual(after);
    // The second was the last of its block.
    expect(entriesOf(kept).map((entry) => entriesOf(before).includes(entry))).toEqual([true, false, false]);
  });

  it.each([
    ['its message', groupDays([{ ...one, body: 'other' } as TimelineItem], null)],
    ['who came along with it', groupDays([one], null).map((day) => ({ ...day, entries: day.entries.map((entry) => ({ ...entry, alsoMoved: ['y'] })) }))],
    ['the line above it', groupDays([one], null).map((day) => ({ ...day, entries: day.entries.map((entry) => ({ ...entry, newAbove: true })) }))],
  ])('does not keep an entry of which %s changed', (_, after) => {
    expect(entriesOf(keepUnchanged(groupDays([one], null), after))[0]).toBe(entriesOf(after)[0]);
  });
});
