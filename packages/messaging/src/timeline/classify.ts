import type { StoredEvent } from '../ports.ts';

/**
 * Decides what is shown of events that say the same twice: of one (sender, mid), and of one (session, index), only the
 * first in the room's order counts. Order and not arrival, so that every device decides alike, whichever part of the
 * history it fetched first. Returns the events of both lists that are new or whose verdict changed.
 */
export function classify(fresh: StoredEvent[], known: StoredEvent[]): StoredEvent[] {
  const all = [...known, ...fresh].sort((a, b) => a.position - b.position);
  const mids = new Set<string>();
  const ratchets = new Set<string>();
  const isFresh = new Set(fresh);
  const result: StoredEvent[] = [];
  for (const event of all) {
    const verdict = firstOf(ratchets, event.ratchet) ? (firstOf(mids, event.mid && `${event.wire.sender} ${event.mid}`) ? undefined : 'duplicate') : 'replay';
    if (verdict === event.hidden) {
      if (isFresh.has(event)) result.push(event);
    } else {
      const { hidden: _, ...shown } = event;
      result.push(verdict ? { ...shown, hidden: verdict } : shown);
    }
  }
  return result;
}

/** Whether this is the first time; null is always a first time. */
function firstOf(seen: Set<string>, key: string | null): boolean {
  if (key === null) return true;
  if (seen.has(key)) return false;
  seen.add(key);
  return true;
}
