import type { Context } from '../context.ts';
import type { Homeserver, RoomUpdate, StoredEvent, StoredRoom } from '../ports.ts';
import { noteMarker } from '../receipts/markers.ts';
import { recountUnread } from '../receipts/unread.ts';
import { inRoom, type Room } from '../rooms/room.ts';
import { readMessage } from '../outbox/envelope.ts';
import { absorb } from './absorb.ts';
import { endAhead, showAhead } from './ahead.ts';
import { isKept, isUndecrypted, openEvents } from './open.ts';

/** Between the newest stored event and the first after a hole: room for what is missing. */
const stride = 1_000_000;

/** What a room's part of a sync left to be done, when everything is stored. */
export interface Received {
  membersChanged: boolean;
  /** Keys are missing. */
  undecrypted: boolean;
  /** A sender's counter jumped though the server named no hole. */
  holeInCounter: boolean;
}

/**
 * One room's part of a sync:
 *   members → decrypt in order → show what is plainly new → merge (view, then store) → markers
 * Fulfilled when all of it is stored.
 */
export function receive(context: Context, homeserver: Homeserver, room: Room, update: RoomUpdate): Promise<Received> {
  return inRoom(room, () => takeIn(context, homeserver, room, update).finally(() => endAhead(context, room)));
}

async function takeIn(context: Context, homeserver: Homeserver, room: Room, update: RoomUpdate): Promise<Received> {
  const membersChanged = noteMembers(homeserver, room, update);
  const kept = update.timeline.filter(isKept);
  const next = room.record.newest + 1;
  const opened = await openEvents(context, homeserver, room, kept, (index) => next + index);
  if (!update.limited) showAhead(context, room, opened);
  // Of a room that nothing is stored of, nothing is known.
  const isFirst = room.record.newestEventId === null;
  const stored = kept.length === 0 || isFirst ? [] : await context.store.find(room.id, { eventIds: kept.map((event) => event.eventId) });
  const known = new Set(stored.map((event) => event.eventId));
  // What is unknown and yet older than something known lies in a hole: it is fetched there, at its place.
  const fresh = opened.slice(opened.findLastIndex((event) => known.has(event.eventId)) + 1);

  // A repeated sync that names a hole again: what stands behind it is here already.
  const hole = update.limited && !isFirst && known.size === 0 && update.prevBatch !== null ? update.prevBatch : null;
  const start = hole === null ? next : room.record.newest + stride;
  const patch: Partial<StoredRoom> = {};
  if (isFirst) patch.backwardsFrom = update.prevBatch;
  if (hole !== null) {
    patch.gaps = [...room.record.gaps, { above: start, from: hole }];
    patch.newest = start - 1;
  }

  // The same object where the place is right: what is shown already stays as it is.
  const events = fresh.map((event, index) => (event.position === start + index ? event : { ...event, position: start + index }));
  const holeInCounter = !isFirst && hole === null && room.record.gaps.length === 0 && jumps(room.record.counters, events);
  room.looking ||= holeInCounter;
  // Taken in once more with the others, so that no row outlives its echo.
  const ours = stored.filter((event) => event.wire.sender === context.userId);
  const typingChanged = noteTyping(context, room, update);
  if (events.length + ours.length > 0 || hole !== null || isFirst) await absorb(context, room, [...ours, ...events], 'live', patch);
  else {
    if (membersChanged || typingChanged) context.changed(room);
    if (membersChanged) await context.store.write({ rooms: [room.record] });
  }
  await noteReceipts(context, room, update);
  return { membersChanged, undecrypted: events.some(isUndecrypted), holeInCounter };
}

function noteMembers(homeserver: Homeserver, room: Room, update: RoomUpdate): boolean {
  const members = { ...room.record.members };
  for (const event of [...update.state, ...update.timeline]) {
    const { membership } = event.content;
    if (event.type === 'm.room.member' && event.stateKey !== undefined && typeof membership === 'string') members[event.stateKey] = { membership };
  }
  for (const { userId, membership } of homeserver.members(room.id)) members[userId] = { membership };
  const changed = update.membership !== room.record.membership || JSON.stringify(members) !== JSON.stringify(room.record.members);
  room.record = { ...room.record, membership: update.membership, members };
  return changed;
}

/** Whoever's message is here has stopped writing, though the server may say so a moment later. */
function noteTyping(context: Context, room: Room, update: RoomUpdate): boolean {
  const wrote = new Set([context.userId, ...update.timeline.filter((event) => event.stateKey === undefined).map((event) => event.sender)]);
  const typing = (update.typing ?? room.typing).filter((userId) => !wrote.has(userId));
  if (typing.join(' ') === room.typing.join(' ')) return false;
  room.typing = typing;
  return true;
}

async function noteReceipts(context: Context, room: Room, update: RoomUpdate): Promise<void> {
  let changed = false;
  for (const { userId, eventId, at } of update.readReceipts) {
    changed = (await noteMarker(context, room, 'read', userId, { eventId, at })) || changed;
  }
  if (!changed) return;
  context.changed(room);
  await context.store.write({ rooms: [room.record] });
  if (update.readReceipts.some(({ userId }) => userId === context.userId)) await recountUnread(context, room);
}

/** Whether a sender's counter leaves one out. */
function jumps(counters: Record<string, number>, events: readonly StoredEvent[]): boolean {
  const seen = new Map(Object.entries(counters));
  for (const event of events) {
    const envelope = readMessage(event.decryption)?.envelope;
    if (!envelope) continue;
    const from = `${event.wire.sender} ${envelope.device}`;
    const last = seen.get(from);
    if (last !== undefined && envelope.n > last + 1) return true;
    seen.set(from, Math.max(last ?? 0, envelope.n));
  }
  return false;
}
