import type { Context } from '../context.ts';
import { HomeserverError } from '../ports.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import type { TimelineItem } from '../session.ts';
import { absorb } from './absorb.ts';
import type { Backfill } from './backfill.ts';
import { hashMessages } from './chain.ts';
import { timelineItems } from './items.ts';
import { isKept } from './open.ts';
import { provenByNow } from './proofs.ts';
import type { Unlocking } from './unlock.ts';

/** A room from its first message to its last. */
export interface History {
  /**
   * Fetches what this device lacks of a room, page by page, until its beginning is stored and sync has brought what was the
   * newest when it was called; or until `signal` says that it is wanted no more. What was fetched stays: called again it goes on
   * from there. Throws HomeserverError.
   */
  fetch(room: Room, options: { signal: AbortSignal; onPage(): void }): Promise<void>;
  /**
   * All that is stored of a room, oldest first, once the key backup was asked for what is still shut, and whose writer is proven
   * by now although it was not when it was opened. What has not gone out is left out. Throws what the homeserver's port throws.
   */
  read(room: Room): Promise<TimelineItem[]>;
}

/** How often and how long sync is waited for, in milliseconds: after a broken connection it may be seconds behind. */
const lookEveryMs = 250;
const patienceMs = 20_000;
/** Among so many of a room's newest events there is one that belongs into a timeline. */
const newestPage = 50;

export function makeHistory(context: Context, backfill: Backfill, unlocking: Unlocking): History {
  const newestOf = async (room: Room): Promise<string | null> => {
    const { events } = (await context.homeserver?.messages(room.id, null, newestPage)) ?? { events: [] };
    return events.find(isKept)?.eventId ?? null;
  };
  const isHere = async (room: Room, eventId: string): Promise<boolean> => (await context.store.find(room.id, { eventIds: [eventId] })).length > 0;

  return {
    fetch: async (room, { signal, onPage }) => {
      const newest = await newestOf(room);
      for (let waited = 0; !signal.aborted && !context.stopped; ) {
        if (await backfill.further(room)) onPage();
        else if (newest === null || (await isHere(room, newest))) return;
        else if ((waited += lookEveryMs) > patienceMs) throw new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'sync is behind');
        else await new Promise<void>((resolve) => void context.scheduler.after(lookEveryMs, resolve));
      }
    },
    read: async (room) => {
      await unlocking.askNow(room);
      return inRoom(room, async () => {
        const stored = () => context.store.events(room.id, undefined, Number.MAX_SAFE_INTEGER);
        const proven = await provenByNow(context, await stored());
        if (proven.length > 0) await absorb(context, room, proven, 'unlocked', {});
        const events = await stored();
        const hashes = new Map<string, string | null>();
        await hashMessages(context, events, hashes);
        return timelineItems(context, room, events, new WeakMap(), hashes).filter((item) => item.kind !== 'message' || (item.status !== 'queued' && item.status !== 'failed'));
      });
    },
  };
}
