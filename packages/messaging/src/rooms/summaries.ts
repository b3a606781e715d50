import type { Context } from '../context.ts';
import { makeReach } from '../receipts/status.ts';
import type { RoomSummary } from '../session.ts';
import { rowStatus } from '../timeline/items.ts';
import type { Room } from './room.ts';

/** A room as the inbox lists it. */
export function summarize(context: Context, room: Room): RoomSummary {
  return {
    roomId: room.id,
    membership: room.record.membership,
    last: lastOf(context, room),
    unreadCount: room.record.unread,
    typing: room.typing,
    draft: room.record.draft === '' ? null : room.record.draft,
    failed: room.rows.some((row) => row.state === 'parked'),
  };
}

/** Newest activity first. */
export function byActivity(a: RoomSummary, b: RoomSummary): number {
  return (b.last?.at ?? 0) - (a.last?.at ?? 0) || (a.roomId < b.roomId ? -1 : 1);
}

function lastOf(context: Context, room: Room): RoomSummary['last'] {
  const row = room.rows.at(-1);
  if (row) return { key: row.mid, sender: context.userId, mine: true, body: row.content.body, at: row.createdAt, status: rowStatus(row) };
  const { last } = room.record;
  if (!last) return null;
  const mine = last.sender === context.userId;
  const status = mine ? makeReach(context, room.record)(last.position).status : null;
  return { key: last.key, sender: last.sender, mine, body: last.body, at: last.at, status };
}
