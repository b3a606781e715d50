import type { MessageContent } from '../ports.ts';
import { cardField, longestExcerpt, type Envelope } from './envelope.ts';

/** The content of the event that gets encrypted. */
export function writeMessage(content: MessageContent, envelope: Omit<Envelope, 'v' | 'reply' | 'noteOn'>): Record<string, unknown> {
  const reply = content.reply && { reply: { ...content.reply, excerpt: content.reply.excerpt.slice(0, longestExcerpt) } };
  const note = content.noteOn !== undefined && { noteOn: content.noteOn };
  const { heads, ...rest } = envelope;
  const named = heads !== undefined && Object.keys(heads).length > 0 && { heads };
  const card = content.card !== undefined && { [cardField]: content.card };
  return { msgtype: 'm.text', body: content.body, ...card, baton: { v: 1, ...rest, ...named, ...reply, ...note } };
}

/** What the next message of the device names as `prev`: it commits to this message and through it to all before. */
export function envelopeText(roomId: string, content: Record<string, unknown>): string {
  const { mid, n, device, prev } = content['baton'] as Envelope;
  return JSON.stringify([roomId, device, n, mid, prev, content['body']]);
}
