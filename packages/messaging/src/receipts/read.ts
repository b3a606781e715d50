import type { Context } from '../context.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import { whenStored } from '../timeline/early.ts';
import { noteMarker } from './markers.ts';
import { recountUnread } from './unread.ts';

const retryMs = 10_000;

/** Our own read marker: it drives the unread counts, of our other devices too. */
export interface ReadMarkers {
  /** `key` names an item of the timeline; one that has not gone out yet stands for the newest event. */
  markRead(room: Room, key: string): Promise<void>;
  /** Tells the server what it could not be told. */
  tellAll(): void;
  stop(): void;
}

export function makeReadMarkers(context: Context): ReadMarkers {
  let cancel: (() => void) | null = null;

  const tell = async (room: Room): Promise<void> => {
    const marker = room.record.readBy[context.userId];
    const { reading } = context;
    if (!context.homeserver || context.stopped || room.record.readTold || !marker || reading === 'unknown') return;
    try {
      await context.homeserver.sendReadReceipt(room.id, marker.eventId, reading === 'shared' ? 'all' : 'own devices');
    } catch {
      // Without a connection it waits for one.
      if (context.homeserver.connection.current() === 'online') cancel ??= context.scheduler.after(retryMs, () => {
        cancel = null;
        tellAll();
      });
      return;
    }
    if (room.record.readBy[context.userId]?.eventId !== marker.eventId) return;
    room.record = { ...room.record, readTold: true };
    await context.store.write({ rooms: [room.record] });
  };

  const tellAll = (): void => {
    for (const room of context.rooms.values()) if (!room.record.readTold) tell(room).catch(context.report);
  };

  return {
    markRead: async (room, key) => {
      await whenStored(room, key);
      await inRoom(room, async () => {
        const [event] = await context.store.find(room.id, { eventIds: [key], mids: [key] });
        const eventId = event?.eventId ?? (room.rows.some((row) => row.mid === key) ? room.record.newestEventId : null);
        if (eventId === null) return;
        const moved = await noteMarker(context, room, 'read', context.userId, { eventId, at: context.scheduler.now() });
        if (!moved) return;
        room.record = { ...room.record, readTold: false };
        context.changed(room);
        await context.store.write({ rooms: [room.record] });
        await recountUnread(context, room);
      });
      // Not awaited: reading is done when it is noted here.
      tell(room).catch(context.report);
    },
    tellAll,
    stop: () => cancel?.(),
  };
}
