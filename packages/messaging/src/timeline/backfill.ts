import type { Context } from '../context.ts';
import type { StoredEvent, WireEvent } from '../ports.ts';
import { backoff } from '../outbox/backoff.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import { absorb } from './absorb.ts';
import { isKept, openEvents } from './open.ts';

const pageSize = 100;
/** Pages of history that are fetched without anybody asking, until the room is anchored (see `isAnchored`). */
const unaskedPages = 20;

/** Fetches what sync left out. */
export interface Backfill {
  /** Fills the room's holes, and fetches history until it is anchored. Goes on by itself after a failure. */
  tend(room: Room): void;
  /** Fetches one more page of history. Throws HomeserverError. */
  earlier(room: Room): Promise<void>;
  /** Fetches a page of whatever is missing, the newest hole first; false when nothing is. Throws HomeserverError. */
  further(room: Room): Promise<boolean>;
  /** Looks among the room's newest events for some that sync never brought. Throws HomeserverError: then it is still being looked for. */
  lookForMissing(room: Room): Promise<void>;
  stop(): void;
}

/**
 * Whether "everything up to here" can be said of a room: its beginning is stored, or a place that this person had
 * reached before, on whichever device.
 */
export function isAnchored(context: Context, room: Room): boolean {
  const { record } = room;
  return record.backwardsFrom === null || record.delivered !== null || record.readBy[context.userId]?.position !== undefined;
}

export function makeBackfill(context: Context, afterwards: (room: Room, events: StoredEvent[]) => void): Backfill {
  const busy = new Set<string>();
  const failures = new Map<string, number>();
  const unasked = new Map<string, number>();
  const timers = new Set<() => void>();

  /** The newest hole first: it is what people see. */
  const fillGap = async (room: Room): Promise<void> => {
    const gap = room.record.gaps.at(-1);
    if (!gap || !context.homeserver) return;
    const { events, next } = await context.homeserver.messages(room.id, gap.from, pageSize);
    await inRoom(room, async () => {
      if (!room.record.gaps.some((other) => other.above === gap.above && other.from === gap.from)) return;
      const known = await knownAmong(context, room, events);
      const end = events.findIndex((event) => (known.get(event.eventId)?.position ?? Infinity) < gap.above);
      const missing = (end === -1 ? events : events.slice(0, end)).filter((event) => !known.has(event.eventId));
      const others = room.record.gaps.filter((other) => other.above !== gap.above);
      const kept = missing.filter(isKept).reverse();
      const above = gap.above - kept.length;
      const gaps = end === -1 && next !== null ? [...others, { above, from: next }].sort((a, b) => a.above - b.above) : others;
      await take(room, kept, (index) => above + index, { gaps });
    });
  };

  const fetchHistory = async (room: Room): Promise<void> => {
    const from = room.record.backwardsFrom;
    if (from === null || !context.homeserver) return;
    const { events, next } = await context.homeserver.messages(room.id, from, pageSize);
    await inRoom(room, async () => {
      if (room.record.backwardsFrom !== from) return;
      const known = await knownAmong(context, room, events);
      const kept = events.filter((event) => isKept(event) && !known.has(event.eventId)).reverse();
      const start = room.record.oldest - kept.length;
      await take(room, kept, (index) => start + index, { backwardsFrom: next });
    });
  };

  const take = async (room: Room, events: WireEvent[], places: (index: number) => number, patch: Parameters<typeof absorb>[4]): Promise<void> => {
    if (!context.homeserver) return;
    const opened = await openEvents(context, context.homeserver, room, events, places);
    await absorb(context, room, opened, 'fetched', patch);
    afterwards(room, opened);
  };

  const work = (room: Room): ((room: Room) => Promise<void>) | null => {
    if (context.stopped || !context.homeserver || room.record.membership !== 'join') return null;
    if (room.record.gaps.length > 0) return fillGap;
    const pages = unasked.get(room.id) ?? 0;
    if (isAnchored(context, room) || pages >= unaskedPages) return null;
    unasked.set(room.id, pages + 1);
    return fetchHistory;
  };

  const tend = (room: Room): void => {
    if (busy.has(room.id)) return;
    busy.add(room.id);
    const run = async (): Promise<void> => {
      for (let next = work(room); next; next = work(room)) {
        await next(room);
        failures.delete(room.id);
      }
    };
    void run().then(
      () => busy.delete(room.id),
      () => {
        const count = (failures.get(room.id) ?? 0) + 1;
        failures.set(room.id, count);
        const cancel = context.scheduler.after(backoff(count, context.random), () => {
          timers.delete(cancel);
          busy.delete(room.id);
          tend(room);
        });
        timers.add(cancel);
      },
    );
  };

  return {
    tend,
    earlier: fetchHistory,
    further: async (room) => {
      const { gaps, backwardsFrom } = room.record;
      if (gaps.length === 0 && backwardsFrom === null) return false;
      await (gaps.length > 0 ? fillGap : fetchHistory)(room);
      return true;
    },
    lookForMissing: async (room) => {
      const { homeserver } = context;
      if (!homeserver) return;
      const { events } = await homeserver.messages(room.id, null, pageSize);
      await inRoom(room, async () => {
        const known = await knownAmong(context, room, events);
        const places = between(events, known, room.record.newest);
        const kept = events.filter((event) => isKept(event) && places.has(event.eventId)).reverse();
        if (kept.length > 0) await take(room, kept, (index) => places.get((kept[index] as WireEvent).eventId) as number, {});
        room.looking = false;
        context.changed(room);
      });
    },
    stop: () => {
      for (const cancel of timers) cancel();
    },
  };
}

async function knownAmong(context: Context, room: Room, events: WireEvent[]): Promise<Map<string, StoredEvent>> {
  const found = await context.store.find(room.id, { eventIds: events.map((event) => event.eventId) });
  return new Map(found.map((event) => [event.eventId, event]));
}

/**
 * Positions for unknown events that stand between two known ones. `events` is newest first. What is newer than all
 * that is known comes by sync; what is older belongs to history.
 */
function between(events: WireEvent[], known: Map<string, StoredEvent>, newest: number): Map<string, number> {
  const places = new Map<string, number>();
  let above: number | null = null;
  let unknown: WireEvent[] = [];
  for (const event of events) {
    const position = known.get(event.eventId)?.position;
    if (position === undefined) {
      if (above !== null && isKept(event)) unknown.push(event);
      continue;
    }
    if (above !== null && position < above && above <= newest) {
      const step: number = (above - position) / (unknown.length + 1);
      for (const [index, missing] of unknown.entries()) places.set(missing.eventId, above - step * (index + 1));
    }
    above = position;
    unknown = [];
  }
  return places;
}
