import type { Context } from '../context.ts';
import type { StoredEvent } from '../ports.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import type { TimelineItem } from '../session.ts';
import { absorb } from './absorb.ts';
import type { Backfill } from './backfill.ts';
import { timelineItems } from './items.ts';
import { read } from './open.ts';
import type { Unlocking } from './unlock.ts';

/** A room from its first message to its last. */
export interface History {
  /**
   * Fetches what this device lacks of a room, page by page, until its beginning is stored or `signal` says that it is wanted no
   * more. What was fetched stays: called again it goes on from there. Throws HomeserverError.
   */
  fetch(room: Room, options: { signal: AbortSignal; onPage(): void }): Promise<void>;
  /**
   * All that is stored of a room, oldest first, once the key backup was asked for what is still shut, and whose writer is proven
   * by now although it was not when it was opened. What has not gone out is left out. Throws what the homeserver's port throws.
   */
  read(room: Room): Promise<TimelineItem[]>;
}

export function makeHistory(context: Context, backfill: Backfill, unlocking: Unlocking): History {
  return {
    fetch: async (room, { signal, onPage }) => {
      while (!signal.aborted && !context.stopped && (await backfill.further(room))) onPage();
    },
    read: async (room) => {
      await unlocking.askNow(room);
      return inRoom(room, async () => {
        const stored = () => context.store.events(room.id, undefined, Number.MAX_SAFE_INTEGER);
        const proven = await provenByNow(context, await stored());
        if (proven.length > 0) await absorb(context, room, proven, 'unlocked', {});
        const events = await stored();
        return timelineItems(context, room, events, new WeakMap()).filter((item) => item.kind !== 'message' || (item.status !== 'queued' && item.status !== 'failed'));
      });
    },
  };
}

/** Who made a session may come to be known after its messages were opened: from another device of this person, or from the vault. */
async function provenByNow({ homeserver }: Context, events: readonly StoredEvent[]): Promise<StoredEvent[]> {
  const proven: StoredEvent[] = [];
  for (const event of events) {
    if (!homeserver || event.hidden || event.decryption?.ok !== true || event.decryption.authenticity !== 'unverified') continue;
    const decryption = await homeserver.decrypt(event.wire);
    if (decryption.ok && decryption.authenticity === 'certified') proven.push({ ...event, ...read(decryption) });
  }
  return proven;
}
