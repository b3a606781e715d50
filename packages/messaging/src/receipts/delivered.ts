import type { Context } from '../context.ts';
import type { DeviceMessage } from '../ports.ts';
import { readMessage } from '../outbox/envelope.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import { isAnchored } from '../timeline/backfill.ts';
import { undecryptedOf } from '../timeline/unlock.ts';
import { noteMarker } from './markers.ts';
import { audience, countsForDelivery } from './sides.ts';

/** Type of the encrypted to-device message. Content: {roomId, eventId}. */
export const deliveredType = 'com.baton.delivered';

/** Messages that arrive together are told of together. */
const gatherMs = 50;
const retryMs = 10_000;
const page = 100;

/**
 * Tells the senders "everything in this room up to event E is decrypted and stored here". Cumulative, only forward,
 * and never before it is true: not past a hole, not past a message whose key is missing, not before the store has it.
 */
export interface DeliveryReceipts {
  /** Call after something of the room was stored or decrypted. */
  stored(room: Room): Promise<void>;
  /** Tells what could not be told, when there is a connection again. */
  tellAll(): void;
  /** Takes a receipt of somebody else's; returns the room whose ticks changed. */
  take(message: DeviceMessage): Promise<Room | null>;
  stop(): void;
}

export function makeDeliveryReceipts(context: Context): DeliveryReceipts {
  const waiting = new Set<Room>();
  let cancel: (() => void) | null = null;

  const tell = async (room: Room): Promise<void> => {
    const { homeserver } = context;
    const { delivered } = room.record;
    const users = audience(context, room.record).flat();
    if (!homeserver || context.stopped || !delivered || delivered.told) return;
    if (users.length > 0) await homeserver.sendToDevices(users, deliveredType, { roomId: room.id, eventId: delivered.eventId });
    if (room.record.delivered?.eventId !== delivered.eventId) return;
    room.record = { ...room.record, delivered: { ...delivered, told: true } };
    await context.store.write({ rooms: [room.record] });
  };

  const flush = async (): Promise<void> => {
    cancel = null;
    const rooms = [...waiting];
    waiting.clear();
    const results = await Promise.allSettled(rooms.map(tell));
    const failed = rooms.filter((_, index) => results[index]?.status === 'rejected');
    for (const room of failed) waiting.add(room);
    // Without a connection it waits for one.
    if (failed.length > 0 && context.homeserver?.connection.current() === 'online') plan(retryMs);
  };

  const plan = (delayMs: number): void => {
    cancel ??= context.scheduler.after(delayMs, () => void flush());
  };

  return {
    stored: (room) =>
      inRoom(room, async () => {
        const mark = await furthest(context, room);
        if (!mark || mark.position <= (room.record.delivered?.position ?? -Infinity)) return;
        room.record = { ...room.record, delivered: { ...mark, told: false } };
        await context.store.write({ rooms: [room.record] });
        waiting.add(room);
        plan(gatherMs);
      }),

    tellAll: () => {
      for (const room of context.rooms.values()) if (room.record.delivered?.told === false) waiting.add(room);
      if (waiting.size > 0) plan(0);
    },

    take: async ({ sender, content }) => {
      const { roomId, eventId } = content;
      const room = typeof roomId === 'string' ? context.rooms.get(roomId) : undefined;
      if (!room || typeof eventId !== 'string' || !(sender in room.record.members)) return null;
      return inRoom(room, async () => {
        const changed = await noteMarker(context, room, 'delivered', sender, { eventId, at: context.scheduler.now() });
        if (!changed) return null;
        context.changed(room);
        await context.store.write({ rooms: [room.record] });
        return room;
      });
    },

    stop: () => cancel?.(),
  };
}

/** The newest message from the other side that has nothing missing below it. */
async function furthest(context: Context, room: Room): Promise<{ eventId: string; position: number } | null> {
  const { lastHeard, gaps } = room.record;
  if (!lastHeard || !isAnchored(context, room)) return null;
  const undecrypted = [...(await undecryptedOf(context, room)).values()].map((event) => event.position);
  const limit = undecrypted.reduce((lowest, position) => Math.min(lowest, position), gaps[0]?.above ?? Infinity);
  if (lastHeard.position < limit) return lastHeard;
  for (let before = limit; ; ) {
    const events = await context.store.events(room.id, before, page);
    const newest = events.findLast((event) => !event.hidden && readMessage(event.decryption) && countsForDelivery(context, room.record, event.wire.sender));
    if (newest) return { eventId: newest.eventId, position: newest.position };
    if (events.length < page) return null;
    before = (events[0] as { position: number }).position;
  }
}
