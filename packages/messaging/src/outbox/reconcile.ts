import type { Homeserver, OutboxRow, WireEvent } from '../ports.ts';
import { readMessage } from './envelope.ts';

/** The server forgets transaction ids after 24 h. */
const trustedFor = 20 * 3_600_000;
const pageSize = 100;
const pages = 30;

/** Whether a resend under the same transaction id may come too late to be recognised. A clock that went back proves nothing. */
export function isStale(row: OutboxRow, now: number): boolean {
  const age = now - (row.wire?.encryptedAt ?? row.createdAt);
  return age < 0 || age >= trustedFor;
}

/**
 * Looks for a row in the room, from the end back to the newest event that was known before it could be sent: by its
 * ciphertext or, where the page ended before that was stored, by its `mid`. Returns the event's id, or null when the server
 * does not have it. Throws HomeserverError.
 */
export async function findSent(homeserver: Homeserver, row: OutboxRow): Promise<string | null> {
  const before = row.wire ?? row.goesOut;
  if (!before) return null;
  let from: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const { events, next } = await homeserver.messages(row.roomId, from, pageSize);
    for (const event of events) {
      if (event.sender === homeserver.userId && (await isSame(homeserver, row, event))) return event.eventId;
      if (event.eventId === before.after) return null;
    }
    if (next === null) return null;
    from = next;
  }
  return null;
}

async function isSame(homeserver: Homeserver, { mid, wire }: OutboxRow, event: WireEvent): Promise<boolean> {
  // The ciphertext of two encryptions is never the same, not even of the same text.
  if (wire) return event.content['ciphertext'] === wire.content['ciphertext'] && event.content['session_id'] === wire.content['session_id'];
  return event.type === 'm.room.encrypted' && readMessage(await homeserver.decrypt(event))?.envelope?.mid === mid;
}
