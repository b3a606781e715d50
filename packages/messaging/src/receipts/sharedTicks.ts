import type { Context } from '../context.ts';
import type { Marker } from '../ports.ts';
import type { Room } from '../rooms/room.ts';
import { openForRoom, sealForRoom } from '../rooms/sealedData.ts';
import { noteMarker } from './markers.ts';

/** Room account data with the newest delivered marker of each member. */
export const ticksType = 'com.baton.delivered';

const debounceMs = 2000;

/** To-device messages are consumed once; a browser that signs in tomorrow finds the same ticks here. */
export interface SharedTicks {
  /** A receipt moved the ticks of a room. */
  changed(room: Room): void;
  /** Takes in what another device of ours wrote. Runs inside the room's queue. */
  take(room: Room, content: Record<string, unknown>): Promise<void>;
  stop(): void;
}

export function makeSharedTicks(context: Context): SharedTicks {
  const timers = new Map<Room, () => void>();
  const written = new Map<Room, string>();

  const write = async (room: Room): Promise<void> => {
    const { homeserver } = context;
    const newest = markers(room);
    const text = JSON.stringify(newest);
    if (!homeserver || context.stopped || written.get(room) === text) return;
    const content = await sealForRoom(context.accountDataSealer, room.id, newest);
    await homeserver.setRoomAccountData(room.id, ticksType, content);
    written.set(room, text);
  };

  /** Our devices all get the same receipts: each waits for another while, so that mostly one of them writes. */
  const plan = (room: Room): void => {
    if (timers.has(room)) return;
    const cancel = context.scheduler.after(debounceMs * (1 + context.random()), () => {
      timers.delete(room);
      write(room).catch(() => plan(room));
    });
    timers.set(room, cancel);
  };

  return {
    changed: plan,
    take: async (room, content) => {
      const theirs = await openForRoom<Record<string, Marker>>(context.accountDataSealer, room.id, content);
      if (!theirs) return;
      let changed = false;
      for (const [userId, { eventId, at }] of Object.entries(theirs)) {
        if (typeof eventId !== 'string') continue;
        changed = (await noteMarker(context, room, 'delivered', userId, { eventId, at: Number(at) || 0 })) || changed;
      }
      const same = Object.entries(markers(room)).every(([userId, { eventId }]) => theirs[userId]?.eventId === eventId);
      if (same) written.set(room, JSON.stringify(markers(room)));
      if (!changed) return;
      context.changed(room);
      await context.store.write({ rooms: [room.record] });
    },
    stop: () => {
      for (const cancel of timers.values()) cancel();
    },
  };
}

/** Without positions, which mean nothing on another device. */
function markers(room: Room): Record<string, Marker> {
  const entries = Object.entries(room.record.deliveredTo).map(([userId, { eventId, at }]) => [userId, { eventId, at }] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
