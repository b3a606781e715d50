import type { Decryption, LogHead, MessageCard, MessageContent, NamedHeads } from '../ports.ts';

/** The type of the event inside the ciphertext. */
export const messageType = 'm.room.message';

/** Where a message's card stands beside its text. */
export const cardField = 'com.baton.card';

export const longestExcerpt = 280;

/** Logs that one message names: those of the firm and the project, and room for more. */
const mostHeads = 4;

/** What rides with each message inside the ciphertext. `prev` is the hash of this device's message before it. */
export interface Envelope {
  v: 1;
  mid: string;
  n: number;
  device: string;
  prev: string | null;
  /** What the sender's device knew of the logs behind the room. */
  heads?: NamedHeads;
  reply?: NonNullable<MessageContent['reply']>;
  noteOn?: string;
}

/** A message as it was read from an event. `envelope` is null where another client wrote it. */
export interface ReadMessage {
  body: string;
  envelope: Envelope | null;
  card?: MessageCard;
}

/** Reads the content of a decrypted event; null when it is no text. Whatever others wrote is checked here, once. */
export function readMessage(decryption: Decryption | null): ReadMessage | null {
  if (decryption?.ok !== true || decryption.type !== messageType) return null;
  const { body, baton, [cardField]: value } = decryption.content;
  if (typeof body !== 'string') return null;
  const card = readCard(value);
  return { body, envelope: readEnvelope(baton), ...(card && { card }) };
}

function readCard(value: unknown): MessageCard | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, data } = value as Record<string, unknown>;
  return typeof kind === 'string' && kind.length <= 64 ? { kind, data } : undefined;
}

function readEnvelope(value: unknown): Envelope | null {
  if (typeof value !== 'object' || value === null) return null;
  const { v, mid, n, device, prev, heads, reply, noteOn } = value as Record<string, unknown>;
  if (v !== 1 || typeof mid !== 'string' || mid.length > 64 || typeof device !== 'string' || !Number.isSafeInteger(n)) return null;
  const quoted = readReply(reply);
  const note = typeof noteOn === 'string' && noteOn.length <= 64 ? { noteOn } : null;
  const named = readHeads(heads);
  return { v, mid, n: n as number, device, prev: typeof prev === 'string' ? prev : null, ...(named && { heads: named }), ...(quoted && { reply: quoted }), ...note };
}

function readHeads(value: unknown): NamedHeads | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const named = Object.entries(value as Record<string, Partial<LogHead> | null>);
  const isHead = ([name, head]: (typeof named)[number]): boolean =>
    name.length <= 64 && Number.isSafeInteger(head?.length) && (head?.length as number) > 0 && typeof head?.head === 'string' && head.head.length <= 64;
  if (named.length > mostHeads || !named.every(isHead)) return undefined;
  return Object.fromEntries(named.map(([name, head]) => [name, { length: head?.length as number, head: head?.head as string }]));
}

function readReply(value: unknown): Envelope['reply'] {
  if (typeof value !== 'object' || value === null) return undefined;
  const { eventId, sender, excerpt } = value as Record<string, unknown>;
  if (typeof eventId !== 'string' || typeof sender !== 'string' || typeof excerpt !== 'string') return undefined;
  return { eventId, sender, excerpt: excerpt.slice(0, longestExcerpt) };
}
