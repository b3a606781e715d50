import type { Context } from '../context.ts';
import type { OutboxRow, StoredEvent } from '../ports.ts';
import { readMessage, type ReadMessage } from '../outbox/envelope.ts';
import { makeReach, type Reach } from '../receipts/status.ts';
import type { ItemCache, Room } from '../rooms/room.ts';
import type { HandoverItem, MembershipItem, MessageItem, MissingItem, ReorderedItem, SealedItem, TimelineItem } from '../session.ts';
import { breaksIn, type Break, type MessageHashes } from './chain.ts';

/** Type of the state event that the service account leaves where a project is handed over. */
export const handoverType = 'com.baton.handover';

/** The items of a room's window, oldest first, with what has not gone out at the end. */
export function timelineItems(context: Context, room: Room, events: readonly StoredEvent[], cache: ItemCache, hashes: MessageHashes): TimelineItem[] {
  const reach = makeReach(context, room.record);
  const keys = new Map(events.map((event) => [event.eventId, keyOf(context, event)]));
  const present = new Map<string, string>();
  const items: TimelineItem[] = [];
  const breaks = room.looking ? new Map<string, Break>() : breaksIn(events, room.record.gaps.map(({ above }) => above), hashes);
  for (const event of events) {
    if (event.hidden) continue;
    const found = breaks.get(event.eventId);
    if (found) items.push(reuse(cache, event.wire, JSON.stringify(found), () => breakItem(event, found)));
    if (event.wire.type === 'm.room.member') {
      const item = membershipItem(context, event, present);
      if (item) items.push(reuse(cache, event, '', () => item));
      continue;
    }
    if (event.wire.type === handoverType) {
      const { seq } = event.wire.content;
      if (Number.isSafeInteger(seq) && context.sideOf(event.wire.sender) === '') items.push(reuse(cache, event, '', () => handoverItem(event, seq as number)));
      continue;
    }
    const message = readMessage(event.decryption);
    if (!message) {
      // Nothing is shown as unreadable before the backup was asked for its key.
      if (event.decryption?.ok === false && room.asked.has(event.eventId)) items.push(reuse(cache, event, 'sealed', () => sealedItem(event)));
      continue;
    }
    const mine = event.wire.sender === context.userId;
    const reached = mine ? reach(event.position) : null;
    const quoted = message.envelope?.reply;
    const reply = quoted ? { key: keys.get(quoted.eventId) ?? null, ...quoted } : null;
    const signature = `${reached?.status} ${reached?.delivered} ${reached?.read} ${reply?.key}`;
    items.push(reuse(cache, event, signature, () => messageItem(event, keyOf(context, event), mine, message, reply, reached)));
  }
  for (const [index, row] of room.rows.entries()) {
    const waitsFor = index === room.rows.findIndex((other) => other.state !== 'accepted') ? room.waitsFor : null;
    const replyKey = row.content.reply ? (keys.get(row.content.reply.eventId) ?? null) : null;
    items.push(reuse(cache, row, `${waitsFor?.code} ${replyKey} ${context.userId}`, () => rowItem(context, row, waitsFor, replyKey)));
  }
  return items;
}

/** Of one's own the client's id, of others the event's: neither changes while it is on the screen. */
export function keyOf(context: Context, event: StoredEvent): string {
  return event.wire.sender === context.userId && event.mid !== null ? event.mid : event.eventId;
}

/** What a row's state is to a person. */
export function rowStatus(row: OutboxRow): 'queued' | 'sent' | 'failed' {
  return row.state === 'parked' ? 'failed' : row.state === 'accepted' ? 'sent' : 'queued';
}

function reuse<Item extends TimelineItem>(cache: ItemCache, source: object, signature: string, make: () => Item): TimelineItem {
  const known = cache.get(source);
  if (known?.signature === signature) return known.item;
  const item = make();
  cache.set(source, { signature, item });
  return item;
}

function messageItem(event: StoredEvent, key: string, mine: boolean, { body, envelope, card }: ReadMessage, reply: MessageItem['reply'], reached: Reach | null): MessageItem {
  return {
    kind: 'message', key, eventId: event.eventId, sender: event.wire.sender, mine, body, at: event.wire.originServerTs, reply,
    ...(envelope?.noteOn !== undefined && { noteOn: envelope.noteOn }), ...(card && { card }),
    authenticity: event.decryption?.ok ? event.decryption.authenticity : 'unverified',
    status: reached?.status ?? null, failure: null, reached: { delivered: reached?.delivered ?? [], read: reached?.read ?? [] },
  };
}

function rowItem(context: Context, row: OutboxRow, waitsFor: { code: string } | null, replyKey: string | null): MessageItem {
  return {
    kind: 'message', key: row.mid, eventId: row.eventId ?? null, sender: context.userId, mine: true, body: row.content.body,
    at: row.createdAt, reply: row.content.reply ? { key: replyKey, ...row.content.reply } : null, authenticity: 'certified',
    ...(row.content.noteOn !== undefined && { noteOn: row.content.noteOn }), ...(row.content.card && { card: row.content.card }),
    status: rowStatus(row), failure: row.failure ?? waitsFor, reached: { delivered: [], read: [] },
  };
}

function handoverItem(event: StoredEvent, seq: number): HandoverItem {
  return { kind: 'handover', key: event.eventId, seq, at: event.wire.originServerTs };
}

function breakItem({ eventId, wire }: StoredEvent, found: Break): MissingItem | ReorderedItem {
  return { ...found, key: `before ${eventId}`, sender: wire.sender, at: wire.originServerTs };
}

function sealedItem(event: StoredEvent): SealedItem {
  return { kind: 'sealed', key: event.eventId, sender: event.wire.sender, at: event.wire.originServerTs };
}

/** Comings and goings; `present` remembers the membership that was shown last, because a changed name is an event as well. */
function membershipItem(context: Context, event: StoredEvent, present: Map<string, string>): MembershipItem | null {
  const userId = event.wire.stateKey ?? '';
  const now = event.wire.content['membership'];
  const before = present.get(userId);
  if (typeof now !== 'string' || context.sideOf(userId) === '') return null;
  present.set(userId, now);
  const left = now === 'leave' || now === 'ban';
  if (now === before || (!left && now !== 'join') || (left && before === 'invite')) return null;
  const change = !left ? 'joined' : event.wire.sender === userId ? 'left' : 'removed';
  return { kind: 'membership', key: event.eventId, change, userId, at: event.wire.originServerTs };
}
