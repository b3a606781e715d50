import type { Context } from '../context.ts';
import { readMessage } from '../outbox/envelope.ts';
import type { Homeserver, StoredEvent, WireEvent } from '../ports.ts';
import type { Room } from '../rooms/room.ts';
import { openEvents } from './open.ts';

/** Resolves when a sync has brought an early event, or none will. */
const settled = new WeakMap<StoredEvent, PromiseWithResolvers<void>>();

/** A sync that brings it later than this does not bring it at all, in milliseconds. */
const mostMs = 30_000;

/**
 * Shows a message that the homeserver has accepted while the sync that brings it is still being made. Only in a view that is open,
 * and under the same conditions as what is being looked up (`showAhead`): somebody else's, encrypted, and its device's very next one.
 * Nothing else follows from it: it is stored, counted and told of as delivered or read when the sync has brought it. If none does,
 * it goes again.
 */
export async function showEarly(context: Context, homeserver: Homeserver, room: Room, wire: WireEvent): Promise<void> {
  if (!room.window?.ready || wire.sender === context.userId || wire.stateKey !== undefined || isHere(room, wire.eventId)) return;
  const [event] = await openEvents(context, homeserver, room, [wire], () => room.record.newest + 1);
  const envelope = readMessage(event?.decryption ?? null)?.envelope;
  if (!event || !envelope || event.ratchet === null || context.stopped) return;
  const from = `${wire.sender} ${envelope.device}`;
  const before = room.early.filter(({ wire: { sender }, decryption }) => `${sender} ${readMessage(decryption)?.envelope?.device}` === from).length;
  const last = room.record.counters[from];
  // The sync may have been faster.
  if (last === undefined || envelope.n !== last + before + 1 || isHere(room, wire.eventId)) return;
  room.early = [...room.early, event];
  settled.set(event, Promise.withResolvers());
  context.scheduler.after(mostMs, () => settleEarly(context, room, new Set([wire.eventId])));
  context.changed(room);
}

/** These events have come, or will not: they are no more shown for having been heard of. */
export function settleEarly(context: Context, room: Room, eventIds: ReadonlySet<string>): void {
  const done = room.early.filter(({ eventId }) => eventIds.has(eventId));
  if (done.length === 0) return;
  room.early = room.early.filter((event) => !done.includes(event));
  for (const event of done) settled.get(event)?.resolve();
  context.changed(room);
}

/** Resolves when nothing is early any more about an item of the timeline: what is stored of it can be asked for. */
export async function whenStored(room: Room, key: string): Promise<void> {
  const event = room.early.find(({ eventId }) => eventId === key);
  if (event) await settled.get(event)?.promise;
}

function isHere(room: Room, eventId: string): boolean {
  return [...(room.window?.events ?? []), ...(room.window?.ahead ?? []), ...room.early].some((event) => event.eventId === eventId);
}
