import { makeSubject, type Subscribable } from '@baton/base';
import type { Context } from '../context.ts';
import type { StoredRoom } from '../ports.ts';
import type { RoomSummary } from '../session.ts';
import { showTimeline } from '../timeline/views.ts';
import { emptyRecord, makeRoom, type Room } from './room.ts';
import { byActivity, summarize } from './summaries.ts';

/** All rooms in memory, and what views see of them. */
export interface Registry {
  readonly summaries: Subscribable<readonly RoomSummary[]>;
  readonly rooms: Map<string, Room>;
  /** By id, or by the name of a placeholder that became a room. */
  room(roomId: string): Room;
  /** Tells the views at the end of this turn, once for all changes in it. */
  changed(context: Context, room: Room): void;
}

export function makeRegistry(records: readonly StoredRoom[]): Registry {
  const rooms = new Map(records.map((record) => [record.roomId, makeRoom(record)]));
  const summaries = makeSubject<readonly RoomSummary[]>([]);
  const byRoom = new Map<Room, RoomSummary>();
  const dirty = new Set<Room>();

  const show = (context: Context): void => {
    for (const room of dirty) {
      showTimeline(context, room);
      if (!isListed(room)) byRoom.delete(room);
      else {
        const summary = summarize(context, room);
        if (JSON.stringify(summary) !== JSON.stringify(byRoom.get(room))) byRoom.set(room, summary);
      }
    }
    dirty.clear();
    const next = [...byRoom.values()].sort(byActivity);
    const before = summaries.current();
    // History that comes in by the thousand changes few of them: pages are told of no more than that.
    if (next.length !== before.length || next.some((summary, index) => summary !== before[index])) summaries.set(next);
  };

  return {
    summaries,
    rooms,
    room: (roomId) => {
      const known = rooms.get(roomId);
      const adopted = known?.record.adoptedBy === undefined ? known : rooms.get(known.record.adoptedBy);
      if (adopted) return adopted;
      const room = makeRoom(emptyRecord(known?.record.adoptedBy ?? roomId));
      rooms.set(room.id, room);
      return room;
    },
    changed: (context, room) => {
      if (dirty.size === 0) queueMicrotask(() => show(context));
      dirty.add(room);
    },
  };
}

/** A room that was only asked about is not in the list. */
function isListed({ record, rows }: Room): boolean {
  return record.adoptedBy === undefined && (record.membership !== 'invite' || record.newestEventId !== null || rows.length > 0 || record.draft !== '');
}
