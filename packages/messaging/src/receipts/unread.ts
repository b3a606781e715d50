import type { Context } from '../context.ts';
import { readMessage } from '../outbox/envelope.ts';
import type { StoredEvent, StoredRoom } from '../ports.ts';
import type { Room } from '../rooms/room.ts';

const encryptedType = 'm.room.encrypted';
const page = 100;
/** Beyond this nobody counts. */
const most = 1000;

/**
 * Says of events, asked from the newest back, whether they are unread; `end`: this one and all older ones are not.
 *
 * Unread are messages of others after our own read marker. Who has never read here may have come to a room with a history:
 * of what was said before they came only that is unread which nobody of their side has answered.
 */
export function makeUnreadTest(context: Context, record: StoredRoom): (event: StoredEvent) => 'unread' | 'read' | 'end' {
  const marker = record.readBy[context.userId];
  const read = marker?.position ?? -Infinity;
  const mine = context.sideOf(context.userId);
  let hadCome = true;
  return (event) => {
    const { sender, type, stateKey, content } = event.wire;
    if (event.position <= read) return 'end';
    if (type === 'm.room.member' && stateKey === context.userId && content['membership'] === 'join') hadCome = marker !== undefined;
    if (!hadCome && type === encryptedType && context.sideOf(sender) === mine) return 'end';
    return !event.hidden && sender !== context.userId && readMessage(event.decryption) ? 'unread' : 'read';
  };
}

async function countUnread(context: Context, room: Room): Promise<number> {
  const test = makeUnreadTest(context, room.record);
  let count = 0;
  let before: number | undefined;
  for (;;) {
    const events = await context.store.events(room.id, before, page);
    for (const event of events.toReversed()) {
      const answer = test(event);
      if (answer === 'end') return Math.min(count, most);
      if (answer === 'unread') count += 1;
    }
    if (events.length < page || count >= most) return Math.min(count, most);
    before = events[0]?.position;
  }
}

/** Counts again and keeps the result: after anything but a plain new message. */
export async function recountUnread(context: Context, room: Room): Promise<void> {
  const unread = await countUnread(context, room);
  if (unread === room.record.unread) return;
  room.record = { ...room.record, unread };
  context.changed(room);
  await context.store.write({ rooms: [room.record] });
}
