import type { StoredEvent } from '../ports.ts';
import { readMessage } from '../outbox/envelope.ts';

/** How far an event may have been moved, in places. */
const nearby = 2;

/**
 * How many messages a device's counter leaves out before each event, by event id. `events` are stored neighbours, oldest first.
 * Nothing is said of what may only be unknown here: before a device's first message in the window, across a hole that is still
 * being filled (`gaps`: positions that something is missing below), and where something of that sender stands there that can't be
 * read, which is shown as such, or was taken back. Neighbours may have changed places.
 */
export function missingBefore(events: readonly StoredEvent[], gaps: readonly number[]): Map<string, number> {
  const missing = new Map<string, number>();
  const known = new Map<string, Set<number>>();
  const last = new Map<string, { n: number; at: number }>();
  const sealed = new Map<string, number[]>();
  const counted = events.flatMap((event, at) => {
    const { sender } = event.wire;
    if (event.decryption?.ok === false) sealed.set(sender, [...(sealed.get(sender) ?? []), at]);
    const envelope = readMessage(event.decryption)?.envelope;
    return envelope ? [{ event, at, sender, from: `${sender} ${envelope.device}`, n: envelope.n }] : [];
  });
  for (const { from, n } of counted) known.set(from, (known.get(from) ?? new Set()).add(n));
  for (const { event, at, sender, from, n } of counted) {
    const before = last.get(from);
    if (before === undefined || n > before.n) last.set(from, { n, at });
    if (before === undefined || n <= before.n + 1) continue;
    const isAcross = (position: number): boolean => position > (events[before.at] as StoredEvent).position && position <= event.position;
    const isNear = (place: number): boolean => place >= before.at - nearby && place <= at + nearby;
    if (gaps.some(isAcross) || sealed.get(sender)?.some(isNear)) continue;
    const count = countUnknown(known.get(from) ?? new Set(), before.n, n);
    if (count > 0) missing.set(event.eventId, count);
  }
  return missing;
}

/** Numbers between two that nobody has. A counter is its sender's word, and may be any number: nobody counts up to it. */
function countUnknown(known: ReadonlySet<number>, from: number, to: number): number {
  return to - from - 1 - [...known].filter((n) => n > from && n < to).length;
}
