import type { RoomUpdate } from '@baton/messaging';
import { sideOf } from './viewer.ts';

/**
 * Whether a room's part of a sync tells of somebody who came or went, of whom the lists know nothing yet. They knew before the
 * homeserver did: where they have it right they need not be asked for again, and a handover brings hundreds of rooms.
 * @param team Matrix ids of the firm's people in the room as the lists have it; null for a room that they don't have
 */
export function isNews({ state, timeline }: Pick<RoomUpdate, 'state' | 'timeline'>, team: readonly string[] | null, own: string): boolean {
  const members = new Map([...state, ...timeline].flatMap(({ type, stateKey, content }) => (type === 'm.room.member' && stateKey !== undefined ? [[stateKey, content['membership']]] : [])));
  if (team === null) return members.size > 0;
  // Of a room that oneself comes to, everybody is told of, those too who are about to leave.
  if (members.get(own) === 'join') return !team.includes(own);
  return [...members].some(([userId, membership]) => {
    const side = sideOf(userId);
    return side === 'firm' ? team.includes(userId) !== (membership === 'join' || membership === 'invite') : side !== '';
  });
}
