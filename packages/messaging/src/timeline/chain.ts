import type { Context } from '../context.ts';
import type { StoredEvent } from '../ports.ts';
import { readMessage } from '../outbox/envelope.ts';
import { envelopeText } from '../outbox/writeMessage.ts';

/** What a sender's own words say against the server, right before one of their messages. */
export type Break =
  /** So many messages that came before it are not here. */
  | { kind: 'missing'; count: number }
  /** It follows one that stands further down. */
  | { kind: 'reordered' };

/** Hashes of messages by event id, as the next message of their device names them; null where that can't be known. */
export type MessageHashes = ReadonlyMap<string, string | null>;

interface Said {
  event: StoredEvent;
  at: number;
  n: number;
  prev: string | null;
  /** Undefined: not known, or not known yet. */
  hash: string | undefined;
}

/** How far an event may have been moved, in places. */
const nearby = 2;

/**
 * Where each device's messages are not the unbroken chain that it wrote: by event id, of what stands right after the break. Every
 * message counts its device's messages in the room and names the hash of the one before. `events` are stored neighbours, oldest first.
 *
 * Nothing is said of what may only be unknown here: before a device's first message in the window, across a hole that is still
 * being filled (`gaps`: positions that something is missing below), where something of that sender stands that can't be read,
 * which is shown as such, or was taken back, and after a message whose hash is not known. A device that counts from one again
 * has forgotten. What came in clear proves nothing and fills no place.
 */
export function breaksIn(events: readonly StoredEvent[], gaps: readonly number[], hashes: MessageHashes): Map<string, Break> {
  const breaks = new Map<string, Break>();
  const sealed = new Map<string, number[]>();
  const chains = new Map<string, { sender: string; said: Said[] }>();
  for (const [at, event] of events.entries()) {
    const { sender } = event.wire;
    if (event.decryption?.ok === false) sealed.set(sender, [...(sealed.get(sender) ?? []), at]);
    const envelope = wasEncrypted(event) ? readMessage(event.decryption)?.envelope : undefined;
    if (!envelope) continue;
    const from = `${sender} ${envelope.device}`;
    const chain = chains.get(from) ?? { sender, said: [] };
    chain.said.push({ event, at, n: envelope.n, prev: envelope.prev, hash: hashes.get(event.eventId) ?? undefined });
    chains.set(from, chain);
  }
  const isAcross = (before: Said, after: Said): boolean => gaps.some((above) => above > before.event.position && above <= after.event.position);
  for (const { sender, said } of chains.values()) {
    const isShut = (before: Said, after: Said): boolean => sealed.get(sender)?.some((at) => at >= before.at - nearby && at <= after.at + nearby) === true;
    for (const [eventId, found] of breaksOf(said, (before, after) => isAcross(before, after) || isShut(before, after))) breaks.set(eventId, found);
  }
  return breaks;
}

function breaksOf(said: readonly Said[], mayBeUnknown: (before: Said, after: Said) => boolean): [string, Break][] {
  const shown = said.filter(({ event }) => !event.hidden);
  const numbers = new Set(said.map(({ n }) => n));
  const unhashed = new Set(said.flatMap(({ n, hash }) => (hash === undefined ? [n] : [])));
  const placeOf = new Map<string, number>();
  for (const { hash, at } of shown) if (hash !== undefined && !placeOf.has(hash)) placeOf.set(hash, at);

  return shown.flatMap((message, index): [string, Break][] => {
    const { event, at, n, prev } = message;
    if (prev === null) return [];
    const place = placeOf.get(prev);
    if (place !== undefined) return place > at ? [[event.eventId, { kind: 'reordered' }]] : [];
    const before = shown[index - 1];
    if (before === undefined || unhashed.has(n - 1) || mayBeUnknown(before, message)) return [];
    return [[event.eventId, { kind: 'missing', count: Math.max(1, countUnknown(numbers, before.n, n)) }]];
  });
}

/** Numbers between two that nobody has. A counter is its sender's word, and may be any number: nobody counts up to it. */
function countUnknown(known: ReadonlySet<number>, from: number, to: number): number {
  return to - from - 1 - [...known].filter((n) => n > from && n < to).length;
}

/** Works out the hashes of those of these events that `known` does not have yet. */
export async function hashMessages(context: Context, events: readonly StoredEvent[], known: Map<string, string | null>): Promise<void> {
  const fresh = events.filter((event) => !known.has(event.eventId) && readMessage(event.decryption)?.envelope);
  // Named at once, so that nobody works them out beside this.
  for (const { eventId } of fresh) known.set(eventId, null);
  await Promise.all(fresh.map(async ({ eventId, roomId, decryption }) => {
    // One's own words without their ciphertext: they stand in for what was sent, and lack what it named.
    if (decryption?.ok === true && decryption.messageIndex !== null) known.set(eventId, await context.digest(envelopeText(roomId, decryption.content)));
  }));
}

/** Whether there are messages among these whose hash nobody works out yet. */
export function areUnhashed(events: readonly StoredEvent[], known: MessageHashes): boolean {
  return events.some((event) => !known.has(event.eventId) && readMessage(event.decryption)?.envelope);
}

function wasEncrypted({ decryption }: StoredEvent): boolean {
  return decryption?.ok === true && decryption.authenticity !== 'clear';
}
