import type { Context } from '../context.ts';
import type { StoredRoom } from '../ports.ts';
import type { MessageStatus } from '../session.ts';
import { audience, isGone } from './sides.ts';

/** Who of the audience has a message of ours, and what its ticks say. */
export interface Reach {
  status: Extract<MessageStatus, 'sent' | 'delivered' | 'read'>;
  delivered: string[];
  read: string[];
}

/** How far one of our own messages got, by the markers known now. */
export function makeReach(context: Context, record: StoredRoom): (position: number) => Reach {
  const groups = audience(context, record, { departed: true }).map((users) =>
    users.map((userId) => {
      const position = record.readBy[userId]?.position ?? -Infinity;
      // Who does not say when they read does not see when others do. Reading implies having.
      return { userId, read: context.reading === 'private' ? -Infinity : position, delivered: Math.max(position, record.deliveredTo[userId]?.position ?? -Infinity) };
    }),
  );
  const people = groups.flat();
  return (position) => {
    const has = (group: typeof people, kind: 'delivered' | 'read'): boolean => group.some((person) => person[kind] >= position);
    const all = (kind: 'delivered' | 'read'): boolean => {
      // Whoever left is waited for no longer.
      const counted = groups.filter((group) => has(group, kind) || group.some(({ userId }) => !isGone(record.members[userId]?.membership)));
      return counted.length > 0 && counted.every((group) => has(group, kind));
    };
    const who = (kind: 'delivered' | 'read'): string[] => people.filter((person) => person[kind] >= position).map((person) => person.userId);
    return { status: all('read') ? 'read' : all('delivered') ? 'delivered' : 'sent', delivered: who('delivered'), read: who('read') };
  };
}
