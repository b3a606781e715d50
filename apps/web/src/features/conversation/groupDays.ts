import type { TimelineItem } from '@baton/messaging';

/** A run of messages of one sender is shown as one block: their place in it shapes the bubble. */
export type Place = 'only' | 'first' | 'middle' | 'last';

export interface Entry {
  key: string;
  item: TimelineItem;
  place: Place;
  /** Who came or went right after the item's own person: one line names them all. */
  alsoMoved: string[];
  /** The "new messages" line stands above it. */
  newAbove: boolean;
}

/** One calendar day of a thread. */
export interface Day {
  key: string;
  at: number;
  entries: Entry[];
}

/** Silence after which the same sender starts a new block. */
const blockGapMs = 5 * 60_000;

/** Arranges a timeline's items (oldest first) in days and, within a day, in blocks of one sender. Days are the viewer's own. */
export function groupDays(items: readonly TimelineItem[], firstUnread: string | null): Day[] {
  const days: Day[] = [];
  items.forEach((item, index) => {
    const key = dayKey(item.at);
    let day = days.at(-1);
    // Order is the server's; a clock that is off must not tear a day in two.
    if (!day || day.key < key) {
      day = { key, at: item.at, entries: [] };
      days.push(day);
    }
    const newAbove = item.key === firstUnread && index > 0;
    const previous = day.entries.at(-1);
    if (item.kind === 'membership' && previous?.item.kind === 'membership' && previous.item.change === item.change) {
      previous.alsoMoved.push(item.userId);
      return;
    }
    const joined = previous !== undefined && !newAbove && belongTogether(previous.item, item);
    if (joined) previous.place = previous.place === 'only' ? 'first' : 'middle';
    day.entries.push({ key: item.key, item, place: joined ? 'last' : 'only', alsoMoved: [], newAbove });
  });
  return days;
}

/** The days after a change, with the entries of before wherever they say the same: a view draws only the others again. */
export function keepUnchanged(before: readonly Day[], after: readonly Day[]): Day[] {
  const known = new Map(before.flatMap(({ entries }) => entries.map((entry) => [entry.key, entry])));
  return after.map((day) => ({
    ...day,
    entries: day.entries.map((entry) => {
      const old = known.get(entry.key);
      return old && isSame(old, entry) ? old : entry;
    }),
  }));
}

function isSame(a: Entry, b: Entry): boolean {
  return a.item === b.item && a.place === b.place && a.newAbove === b.newAbove && a.alsoMoved.join() === b.alsoMoved.join();
}

function belongTogether(earlier: TimelineItem, later: TimelineItem): boolean {
  return senderOf(earlier) !== null && senderOf(earlier) === senderOf(later) && later.at - earlier.at < blockGapMs;
}

function senderOf(item: TimelineItem): string | null {
  return item.kind === 'membership' || item.kind === 'handover' || item.kind === 'missing' || item.kind === 'reordered' ? null : item.sender;
}

function dayKey(at: number): string {
  const date = new Date(at);
  return `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
}
