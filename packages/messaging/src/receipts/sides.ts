import type { Context } from '../context.ts';
import type { StoredRoom } from '../ports.ts';

/**
 * Who a message of one's own has to reach, grouped: of each other side anybody will do; where everybody is on one side,
 * everybody; nobody as long as the other side is still to come. Members on side '' (the service account) do not count;
 * `departed` counts those who have left, too: what they had they had.
 */
export function audience(context: Context, record: StoredRoom, { departed = false } = {}): string[][] {
  const mine = context.sideOf(context.userId);
  const bySide = new Map<string, string[]>();
  for (const [userId, { membership }] of Object.entries(record.members)) {
    const side = context.sideOf(userId);
    if (userId === context.userId || side === '' || (!departed && isGone(membership))) continue;
    bySide.set(side, [...(bySide.get(side) ?? []), userId]);
  }
  const others = [...bySide].filter(([side]) => side !== mine).map(([, users]) => users);
  if (others.length === 0 && context.awaitsOtherSide(record.roomId)) return [];
  return others.length > 0 ? others : (bySide.get(mine) ?? []).map((userId) => [userId]);
}

/** Whether somebody of this membership was in the room, and is not any more. */
export const isGone = (membership: string | undefined): boolean => membership === 'leave' || membership === 'ban';

/** Whether `sender` is told that we have their message: the other side, or everybody in a room of one side. */
export function countsForDelivery(context: Context, record: StoredRoom, sender: string): boolean {
  if (sender === context.userId) return false;
  return audience(context, record).some((users) => users.includes(sender));
}
