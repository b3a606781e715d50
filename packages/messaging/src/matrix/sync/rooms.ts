import type { RoomUpdate } from '../../ports.ts';
import type { RoomRecord, SyncStore } from './store.ts';

/** What a sync changed about who is in which room. */
export interface RoomChanges {
  changed: RoomRecord[];
  left: string[];
  /** Rooms that somebody else left or was invited to: the next message goes out under a new session. */
  rotate: string[];
  /** Users seen in a room for the first time. */
  newcomers: string[];
}

/** Folds a sync into the remembered rooms. Caller invariant: updates come in the server's order. */
export function applyRoomUpdates(store: SyncStore, updates: RoomUpdate[], ownUserId: string): RoomChanges {
  const changes: RoomChanges = { changed: [], left: [], rotate: [], newcomers: [] };
  for (const update of updates) {
    if (update.membership === 'invite') continue;
    if (update.membership === 'leave') {
      changes.left.push(update.roomId);
      continue;
    }
    const known = store.rooms.get(update.roomId);
    if (known !== undefined && update.state.length === 0) continue;
    const room: RoomRecord = known === undefined
      ? { roomId: update.roomId, members: {}, encryption: null, historyVisibility: 'shared' }
      : { ...known, members: { ...known.members } };
    for (const event of update.state) {
      if (event.type === 'm.room.encryption') room.encryption = event.content;
      else if (event.type === 'm.room.history_visibility') room.historyVisibility = String(event.content.history_visibility);
      else if (event.type === 'm.room.member' && event.stateKey !== undefined) {
        const membership = event.content.membership;
        if (membership === 'join' || membership === 'invite') {
          if (room.members[event.stateKey] === undefined) changes.newcomers.push(event.stateKey);
          room.members[event.stateKey] = membership;
        } else delete room.members[event.stateKey];
        // Also for an invitation: the SDK does so since history may be shared with whoever is invited.
        if (membership !== 'join' && event.stateKey !== ownUserId && known !== undefined) changes.rotate.push(update.roomId);
      }
    }
    store.rooms.set(room.roomId, room);
    changes.changed.push(room);
  }
  store.forget(changes.left);
  return changes;
}
