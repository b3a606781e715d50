import type { Context } from '../context.ts';
import { readMessage } from '../outbox/envelope.ts';
import type { StoredEvent } from '../ports.ts';
import type { Room } from '../rooms/room.ts';

/**
 * Shows messages at the room's end while the store is still being asked whether it knows them: the lookups would be a good
 * part of the time from the server to the eye. Only others' messages that were encrypted, and that their device counts as
 * its very next: so neither a repetition nor a forgery flashes up. What is then kept is decided as ever, by `absorb`.
 */
export function showAhead(context: Context, room: Room, events: StoredEvent[]): void {
  const { window } = room;
  if (!window?.ready || events.length === 0) return;
  const counters = { ...room.record.counters };
  for (const { wire, decryption, ratchet } of events) {
    const envelope = readMessage(decryption)?.envelope;
    const from = `${wire.sender} ${envelope?.device}`;
    const last = counters[from];
    if (!envelope || wire.sender === context.userId || ratchet === null || last === undefined || envelope.n !== last + 1) return;
    if (window.events.some(({ eventId }) => eventId === wire.eventId)) return;
    counters[from] = envelope.n;
  }
  // What was heard of early stands there already.
  window.ahead = events.filter(({ eventId }) => !room.early.some((event) => event.eventId === eventId));
  context.changed(room);
}

/** Takes back what was not taken in after all. */
export function endAhead(context: Context, room: Room): void {
  if (!room.window || room.window.ahead.length === 0) return;
  room.window.ahead = [];
  context.changed(room);
}
