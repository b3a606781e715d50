import type { Context } from '../context.ts';
import type { Decryption, Homeserver, OutboxRow, OutboxWire, StoredEvent, WireEvent } from '../ports.ts';
import { messageType, readMessage } from '../outbox/envelope.ts';
import { writeMessage } from '../outbox/writeMessage.ts';
import type { Room } from '../rooms/room.ts';
import { handoverType } from './items.ts';

const encrypted = 'm.room.encrypted';
const membership = 'm.room.member';

/** Whether an event belongs into a timeline. */
export function isKept(event: WireEvent): boolean {
  return event.type === membership || event.type === handoverType ? event.stateKey !== undefined : event.stateKey === undefined && (event.type === encrypted || event.type === messageType);
}

/** Decrypts the events of one room, in order, and gives them a place. `places` has one position an event. */
export async function openEvents(context: Context, homeserver: Homeserver, room: Room, events: WireEvent[], places: (index: number) => number): Promise<StoredEvent[]> {
  const opened: StoredEvent[] = [];
  for (const [index, wire] of events.entries()) {
    const early = room.early.find((event) => event.eventId === wire.eventId && event.wire.sender === wire.sender && isSame(event.wire.content, wire.content));
    const decryption = early ? early.decryption : await decryptionOf(homeserver, room, wire, context.userId);
    opened.push({ roomId: room.id, eventId: wire.eventId, position: places(index), wire, ...read(decryption) });
  }
  return opened;
}

/** The fields of a stored event that follow from its decryption. */
export function read(decryption: Decryption | null): Pick<StoredEvent, 'decryption' | 'mid' | 'ratchet'> {
  const ratchet = decryption?.ok === true && decryption.messageIndex !== null ? `${decryption.sessionId} ${decryption.messageIndex}` : null;
  return { decryption, mid: readMessage(decryption)?.envelope?.mid ?? null, ratchet };
}

/** Whether an event waits for its key. */
export function isUndecrypted(event: StoredEvent): boolean {
  return event.decryption?.ok === false;
}

/** A row whose ciphertext is made. */
type EncryptedRow = OutboxRow & { wire: OutboxWire };

/** The row of the outbox that an event is the echo of. */
export function rowOf(room: Room, wire: WireEvent, userId: string): EncryptedRow | undefined {
  if (wire.sender !== userId) return undefined;
  return room.rows.find(
    (row): row is EncryptedRow => row.wire !== undefined && (row.eventId === wire.eventId || row.wire.transactionId === wire.transactionId ||
      (wire.content['ciphertext'] !== undefined && row.wire.content['ciphertext'] === wire.content['ciphertext'])),
  );
}

async function decryptionOf(homeserver: Homeserver, room: Room, wire: WireEvent, userId: string): Promise<Decryption | null> {
  if (wire.type === membership || wire.type === handoverType) return null;
  if (wire.type !== encrypted) {
    return { ok: true, type: wire.type, content: wire.content, authenticity: 'clear', sessionId: '', messageIndex: null };
  }
  const row = rowOf(room, wire, userId);
  const sent = row && isSame(row.wire.content, wire.content) ? room.sent.get(row.mid) : undefined;
  // The very bytes that were made here, from these words: in the moments in which the others decrypt it, that need not be done here as well.
  if (row && sent) return { ok: true, type: messageType, content: sent.plain, authenticity: 'certified', sessionId: row.wire.sessionId, messageIndex: sent.messageIndex };
  const decryption = await homeserver.decrypt(wire);
  if (decryption.ok || !row) return decryption;
  // Our own words, even if the crypto store has lost the key since.
  const content = writeMessage(row.content, { mid: row.mid, n: row.wire.n, device: row.wire.device, prev: null });
  return { ok: true, type: messageType, content, authenticity: 'certified', sessionId: row.wire.sessionId, messageIndex: null };
}

/** Whether two encrypted contents are the same message of the same session. */
function isSame(a: Record<string, unknown>, b: Record<string, unknown>): boolean {
  return a['ciphertext'] !== undefined && a['ciphertext'] === b['ciphertext'] && a['session_id'] === b['session_id'];
}
