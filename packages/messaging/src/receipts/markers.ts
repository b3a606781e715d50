import type { Context } from '../context.ts';
import type { Marker, StoredEvent } from '../ports.ts';
import type { Room } from '../rooms/room.ts';

export type MarkerKind = 'read' | 'delivered';
const field = { read: 'readBy', delivered: 'deliveredTo' } as const;

/**
 * Notes how far somebody got. Only forward: an older marker is dropped. A marker whose event is not stored here yet
 * waits for it. Returns whether the record changed.
 */
export async function noteMarker(context: Context, room: Room, kind: MarkerKind, userId: string, marker: Marker): Promise<boolean> {
  const { record } = room;
  if (record[field[kind]][userId]?.eventId === marker.eventId) return false;
  if (record.awaited.some((other) => other.kind === kind && other.userId === userId && other.eventId === marker.eventId)) return false;
  const [event] = await context.store.find(room.id, { eventIds: [marker.eventId] });
  if (event) return advance(room, kind, userId, marker, event.position);
  room.record = { ...room.record, awaited: [...room.record.awaited.slice(-99), { kind, userId, eventId: marker.eventId, at: marker.at }] };
  return true;
}

/** Gives a place to markers that waited for one of these events. Returns whether one of our own read markers was among them. */
export function resolveMarkers(context: Context, room: Room, events: StoredEvent[]): boolean {
  if (room.record.awaited.length === 0) return false;
  const positions = new Map(events.map((event) => [event.eventId, event.position]));
  const found = room.record.awaited.filter((waiting) => positions.has(waiting.eventId));
  if (found.length === 0) return false;
  room.record = { ...room.record, awaited: room.record.awaited.filter((waiting) => !positions.has(waiting.eventId)) };
  let own = false;
  for (const { kind, userId, eventId, at } of found) {
    const moved = advance(room, kind, userId, { eventId, at }, positions.get(eventId) as number);
    own ||= moved && kind === 'read' && userId === context.userId;
  }
  return own;
}

function advance(room: Room, kind: MarkerKind, userId: string, marker: Marker, position: number): boolean {
  const markers = room.record[field[kind]];
  if ((markers[userId]?.position ?? -Infinity) >= position) return false;
  room.record = { ...room.record, [field[kind]]: { ...markers, [userId]: { eventId: marker.eventId, at: marker.at, position } } };
  return true;
}
