import type { Context } from '../context.ts';
import { isUndecrypted } from './open.ts';
import { readMessage } from '../outbox/envelope.ts';
import { noteOutgoing } from '../outbox/outgoing.ts';
import { envelopeText } from '../outbox/writeMessage.ts';
import type { StoredEvent, StoredRoom } from '../ports.ts';
import { resolveMarkers } from '../receipts/markers.ts';
import { countsForDelivery } from '../receipts/sides.ts';
import { recountUnread } from '../receipts/unread.ts';
import { dropRow, type Room } from '../rooms/room.ts';
import { classify } from './classify.ts';
import { settleEarly } from './early.ts';
import { placeInWindow } from './window.ts';

/** Where events come from: the live end, or an older part that was fetched. */
export type Origin = 'live' | 'fetched' | 'unlocked';

/**
 * Takes opened events of one room in. The view changes first and the store after it; the promise is fulfilled when the
 * store has them, and only then may a sync token advance or a receipt be sent. An echo takes its row out of the outbox
 * in the same transaction. `patch` changes the room's record in it as well.
 */
export async function absorb(context: Context, room: Room, fresh: StoredEvent[], origin: Origin, patch: Partial<StoredRoom>): Promise<void> {
  const mids = fresh.flatMap((event) => event.mid ?? []);
  const ratchets = fresh.flatMap((event) => event.ratchet ?? []);
  const isFirst = room.record.newestEventId === null;
  const same = isFirst || mids.length + ratchets.length === 0 ? [] : await context.store.find(room.id, { mids, ratchets });
  const ids = new Set(fresh.map((event) => event.eventId));
  const events = classify(fresh, same.filter((event) => !ids.has(event.eventId)));

  const echoed = events.filter((event) => event.wire.sender === context.userId).flatMap((event) => event.mid ?? []);
  const hashes = await unkeptMessages(context, room, events);
  for (const mid of echoed) {
    const row = room.rows.find((other) => other.mid === mid);
    if (row?.wire) noteOutgoing(room, row.wire);
    const unkept = hashes.get(mid);
    if (unkept) noteOutgoing(room, unkept);
    dropRow(room, mid);
  }
  room.record = noteEvents(context, { ...room.record, ...patch }, events);
  for (const event of events) {
    if (isUndecrypted(event)) room.undecrypted?.set(event.eventId, event);
    else room.undecrypted?.delete(event.eventId);
  }
  if (room.window) {
    room.window.ahead = [];
    placeInWindow(room.window, events);
  }
  settleEarly(context, room, ids);
  const ownMarkerMoved = resolveMarkers(context, room, events);
  // Who has never read here may have come to a room with a history: that is looked at as a whole.
  const hasRead = room.record.readBy[context.userId] !== undefined;
  const isPlain = origin === 'live' && hasRead && !ownMarkerMoved && events.every((event) => event.hidden === undefined);
  if (isPlain) room.record = { ...room.record, unread: room.record.unread + countNew(context, room.record, events) };
  context.changed(room);

  hearGossip(context, room, events);

  await context.store.write({ events, rooms: [room.record], deleteOutbox: echoed });
  if (!isPlain) await recountUnread(context, room);
}

/** Only what is certainly the sender's: anybody could name anything in the name of somebody else. */
function hearGossip(context: Context, room: Room, events: readonly StoredEvent[]): void {
  for (const { wire, decryption } of events) {
    const heads = decryption?.ok === true && decryption.authenticity === 'certified' ? readMessage(decryption)?.envelope?.heads : undefined;
    if (heads) context.gossip.hear(room.id, wire.sender, heads);
  }
}

/** By their `mid`, our own messages whose ciphertext was not stored when the page ended: their echo tells what they were. */
async function unkeptMessages(context: Context, room: Room, events: StoredEvent[]): Promise<Map<string, Parameters<typeof noteOutgoing>[1]>> {
  const found = new Map<string, Parameters<typeof noteOutgoing>[1]>();
  for (const { mid, decryption, wire } of events) {
    const row = wire.sender === context.userId && mid !== null ? room.rows.find((other) => other.mid === mid) : undefined;
    if (row?.goesOut === undefined || row.wire || decryption?.ok !== true) continue;
    const envelope = readMessage(decryption)?.envelope;
    if (envelope && envelope.device === context.homeserver?.deviceId) found.set(row.mid, { device: envelope.device, n: envelope.n, hash: await context.digest(envelopeText(room.id, decryption.content)) });
  }
  return found;
}

/** What the record remembers of events. */
function noteEvents(context: Context, record: StoredRoom, events: StoredEvent[]): StoredRoom {
  const next: StoredRoom = { ...record };
  for (const event of events) {
    if (event.position > next.newest || next.newestEventId === null) {
      next.newest = event.position;
      next.newestEventId = event.eventId;
    }
    next.oldest = Math.min(next.oldest, event.position);
    const message = event.hidden ? null : readMessage(event.decryption);
    if (!message) continue;
    const { sender } = event.wire;
    if (next.last === null || event.position >= next.last.position) {
      const key = sender === context.userId && event.mid !== null ? event.mid : event.eventId;
      next.last = { key, eventId: event.eventId, sender, body: message.body.slice(0, 200), at: event.wire.originServerTs, position: event.position };
    }
    if (countsForDelivery(context, next, sender) && event.position > (next.lastHeard?.position ?? -Infinity)) {
      next.lastHeard = { eventId: event.eventId, position: event.position };
    }
    if (message.envelope) {
      const from = `${sender} ${message.envelope.device}`;
      if (message.envelope.n > (next.counters[from] ?? 0)) next.counters = { ...next.counters, [from]: message.envelope.n };
    }
  }
  return next;
}

function countNew(context: Context, record: StoredRoom, events: StoredEvent[]): number {
  const read = record.readBy[context.userId]?.position ?? -Infinity;
  return events.filter((event) => event.position > read && event.wire.sender !== context.userId && readMessage(event.decryption)).length;
}
