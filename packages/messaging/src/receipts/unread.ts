import type { Context } from '../context.ts';
import { readMessage } from '../outbox/envelope.ts';
import type { Room } from '../rooms/room.ts';

const page = 100;
/** Beyond this nobody counts. */
const most = 1000;

/** Messages of others after our own read marker, as far as they are stored here. */
async function countUnread(context: Context, room: Room): Promise<number> {
  const read = room.record.readBy[context.userId]?.position ?? -Infinity;
  let count = 0;
  let before: number | undefined;
  for (;;) {
    const events = await context.store.events(room.id, before, page);
    const unread = events.filter((event) => event.position > read);
    count += unread.filter((event) => !event.hidden && event.wire.sender !== context.userId && readMessage(event.decryption)).length;
    if (unread.length < page || count >= most) return Math.min(count, most);
    before = unread[0]?.position;
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
