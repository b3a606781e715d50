import { openDB, type DBSchema, type IDBPDatabase } from 'idb';

/** What must be remembered of a room to encrypt in it. Opaque ids only: names and words are the core's, and sealed. */
export interface RoomRecord {
  roomId: string;
  /** Joined and invited members. */
  members: Record<string, 'join' | 'invite'>;
  /** Content of `m.room.encryption`; null while the room is not encrypted. */
  encryption: Record<string, unknown> | null;
  historyVisibility: string;
  /** The session we send on, since when (milliseconds), and for which readership: it is changed after a week, and with that. */
  outbound?: { sessionId: string; since: number; readership: string | null };
}

/** What must be remembered of the account on this device. Secrets in account data are encrypted under the secret-storage key. */
export interface AccountRecord {
  since: string | null;
  accountData: Record<string, Record<string, unknown>>;
  /** Set once cross-signing is up. */
  masterKey: string | null;
  /** When this device left the account's dehydrated device on the server, milliseconds. */
  dehydratedAt?: number;
}

interface SyncSchema extends DBSchema {
  account: { key: 'account'; value: AccountRecord };
  rooms: { key: string; value: RoomRecord };
}

/** The sync token and what it stands for, in one database so that both move in one transaction. */
export interface SyncStore {
  readonly account: AccountRecord;
  readonly rooms: Map<string, RoomRecord>;
  /** Writes the account and these rooms; durable when it resolves. */
  save(account: Partial<AccountRecord>, rooms?: Iterable<RoomRecord>): Promise<void>;
  /** Forgets rooms that one has left. */
  forget(roomIds: Iterable<string>): void;
  close(): void;
}

export const syncDatabase = (prefix: string): string => `${prefix}-sync`;

/** Opens it, with everything in memory: a thousand rooms of eight members are a fraction of a megabyte. */
export async function openSyncStore(prefix: string): Promise<SyncStore> {
  const database: IDBPDatabase<SyncSchema> = await openDB<SyncSchema>(syncDatabase(prefix), 1, {
    upgrade(db) {
      db.createObjectStore('account');
      db.createObjectStore('rooms', { keyPath: 'roomId' });
    },
    blocking: (_current, _blocked, event) => (event.target as unknown as IDBDatabase).close(),
  });
  const opening = database.transaction(['account', 'rooms']);
  const [account, rooms] = await Promise.all([opening.objectStore('account').get('account'), opening.objectStore('rooms').getAll()]);
  const state: AccountRecord = account ?? { since: null, accountData: {}, masterKey: null };
  const byId = new Map(rooms.map((room) => [room.roomId, room]));
  const forgotten = new Set<string>();
  return {
    account: state,
    rooms: byId,
    async save(change, changed = []) {
      Object.assign(state, change);
      const writing = database.transaction(['account', 'rooms'], 'readwrite', { durability: 'relaxed' });
      const writes: Promise<unknown>[] = [writing.objectStore('account').put(state, 'account')];
      for (const room of changed) writes.push(writing.objectStore('rooms').put(room));
      for (const roomId of forgotten) writes.push(writing.objectStore('rooms').delete(roomId));
      forgotten.clear();
      writing.commit();
      await Promise.all([...writes, writing.done]);
    },
    forget(roomIds) {
      for (const roomId of roomIds) if (byId.delete(roomId)) forgotten.add(roomId);
    },
    close: () => database.close(),
  };
}
