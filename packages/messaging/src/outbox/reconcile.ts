import type { Homeserver, OutboxRow } from '../ports.ts';

/** The server forgets transaction ids after 24 h. */
const trustedFor = 20 * 3_600_000;
const pageSize = 100;
const pages = 30;

/** Whether a resend under the same transaction id may come too late to be recognised. A clock that went back proves nothing. */
export function isStale(row: OutboxRow, now: number): boolean {
  const age = now - (row.wire?.encryptedAt ?? now);
  return age < 0 || age >= trustedFor;
}

/**
 * Looks for a row's own ciphertext in the room, from the end back to the newest event that was known when it was
 * encrypted. Returns the event's id, or null when the server does not have it. Throws HomeserverError.
 */
export async function findSent(homeserver: Homeserver, row: OutboxRow): Promise<string | null> {
  const { wire } = row;
  if (!wire) return null;
  let from: string | null = null;
  for (let page = 0; page < pages; page += 1) {
    const { events, next } = await homeserver.messages(row.roomId, from, pageSize);
    for (const event of events) {
      if (event.sender === homeserver.userId && isSame(event.content, wire.content)) return event.eventId;
      if (event.eventId === wire.after) return null;
    }
    if (next === null) return null;
    from = next;
  }
  return null;
}

/** The ciphertext of two encryptions is never the same, not even of the same text. */
function isSame(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  return a['ciphertext'] === b['ciphertext'] && a['session_id'] === b['session_id'];
}
