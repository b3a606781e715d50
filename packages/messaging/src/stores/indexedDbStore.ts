import { BatonError } from '@baton/base';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { fromJsonBytes, toJsonBytes } from '../encoding.ts';
import type { MessageStore, OutboxRow, Sealer, StoreChanges, StoredEvent, StoredRoom } from '../ports.ts';

/** In clear stands only what an index needs: ids and positions, which the server knows as well. */
interface Schema extends DBSchema {
  outbox: { key: string; value: { mid: string; sealed: Uint8Array } };
  rooms: { key: string; value: { roomId: string; sealed: Uint8Array } };
  events: {
    key: [string, string];
    value: EventRecord;
    indexes: { position: [string, number]; mid: [string, string]; ratchet: [string, string]; undecrypted: [string, number] };
  };
}

interface EventRecord {
  roomId: string;
  eventId: string;
  position: number;
  /** Absent, not null: an index leaves such records out. */
  mid?: string;
  ratchet?: string;
  undecrypted?: 1;
  sealed: Uint8Array;
}

export interface IndexedDbStoreOptions {
  /** One a person and device. */
  name: string;
  sealer: Sealer;
  /** Hears of a record that could not be opened; its key, never its content. */
  onCorrupt?: (record: { kind: 'outbox' | 'room' | 'event'; key: string }) => void;
}

/** The device's message store in IndexedDB, every record sealed. */
export async function openIndexedDbStore({ name, sealer, onCorrupt }: IndexedDbStoreOptions): Promise<MessageStore> {
  let database: Promise<IDBPDatabase<Schema>> | null = null;
  const connect = (): Promise<IDBPDatabase<Schema>> =>
    (database ??= openDB<Schema>(name, 1, {
      upgrade,
      // The browser closed it (storage cleared, profile moved): the next call opens it again.
      terminated: () => (database = null),
    }));
  await connect();

  const seal = (value: object): Promise<Uint8Array> => sealer.seal(toJsonBytes(value));
  const open = async <T>(kind: 'outbox' | 'room' | 'event', key: string, sealed: Uint8Array, isMine: (value: T) => boolean): Promise<T[]> => {
    try {
      const value = fromJsonBytes<T>(await sealer.open(sealed));
      if (isMine(value)) return [value];
    } catch {
      // Told below, like a record that was moved to another key.
    }
    onCorrupt?.({ kind, key });
    return [];
  };
  const openEvents = async (records: EventRecord[]): Promise<StoredEvent[]> => {
    const opened = await Promise.all(
      records.map(({ eventId, roomId, sealed }) => open<StoredEvent>('event', eventId, sealed, (event) => event.eventId === eventId && event.roomId === roomId)),
    );
    return opened.flat();
  };

  /** Transactions start in the order of the calls, however long sealing takes; IndexedDB then keeps that order. */
  let turn: Promise<unknown> = Promise.resolve();

  const write = async (changes: StoreChanges): Promise<void> => {
    const sealing = Promise.all([
      Promise.all((changes.outbox ?? []).map(async (row) => ({ mid: row.mid, sealed: await seal(row) }))),
      Promise.all((changes.rooms ?? []).map(async (room) => ({ roomId: room.roomId, sealed: await seal(room) }))),
      Promise.all((changes.events ?? []).map(async (event) => ({ ...clearFields(event), sealed: await seal(event) }))),
    ]);
    const started = turn.then(async () => {
      const [outbox, rooms, events] = await sealing;
      const names = [
        ...(outbox.length > 0 || changes.deleteOutbox?.length ? (['outbox'] as const) : []),
        ...(rooms.length > 0 ? (['rooms'] as const) : []),
        ...(events.length > 0 ? (['events'] as const) : []),
      ];
      if (names.length === 0) return { done: null };
      // Relaxed: safe when the process dies, which is what happens to pages; the disk is not waited for.
      const transaction = (await connect()).transaction(names, 'readwrite', { durability: 'relaxed' });
      const requests: Promise<unknown>[] = [];
      for (const row of outbox) requests.push(transaction.objectStore('outbox').put(row));
      for (const mid of changes.deleteOutbox ?? []) requests.push(transaction.objectStore('outbox').delete(mid));
      for (const room of rooms) requests.push(transaction.objectStore('rooms').put(room));
      for (const event of events) requests.push(transaction.objectStore('events').put(event));
      // At once, not when the last request is answered: that is a way to the database and back less.
      transaction.commit();
      // A commit that fails for want of room aborts the requests under other names: the transaction knows the cause.
      const done = Promise.all([...requests, transaction.done]).catch((error: unknown) => {
        throw transaction.error ?? error;
      });
      return { done };
    });
    turn = started.catch(() => undefined);
    try {
      await (await started).done;
    } catch (error) {
      throw isQuota(error) ? new BatonError('STORAGE_FULL', {}, { cause: error }) : error;
    }
  };

  return {
    write,
    outboxRows: async () => {
      const records = await (await connect()).getAll('outbox');
      const rows = await Promise.all(records.map(({ mid, sealed }) => open<OutboxRow>('outbox', mid, sealed, (row) => row.mid === mid)));
      return rows.flat().sort((a, b) => a.seq - b.seq);
    },
    rooms: async () => {
      const records = await (await connect()).getAll('rooms');
      const rooms = await Promise.all(records.map(({ roomId, sealed }) => open<StoredRoom>('room', roomId, sealed, (room) => room.roomId === roomId)));
      return rooms.flat();
    },
    events: async (roomId, before, limit) => {
      const index = (await connect()).transaction('events').store.index('position');
      const range = IDBKeyRange.bound([roomId, -Infinity], [roomId, before ?? Infinity], false, before !== undefined);
      const records: EventRecord[] = [];
      for (let cursor = await index.openCursor(range, 'prev'); cursor && records.length < limit; cursor = await cursor.continue()) records.push(cursor.value);
      return openEvents(records.reverse());
    },
    find: async (roomId, { eventIds = [], mids = [], ratchets = [] }) => {
      const events = (await connect()).transaction('events').store;
      const found = await Promise.all([
        ...eventIds.map((eventId) => events.getAll(IDBKeyRange.only([roomId, eventId]))),
        ...mids.map((mid) => events.index('mid').getAll(IDBKeyRange.only([roomId, mid]))),
        ...ratchets.map((ratchet) => events.index('ratchet').getAll(IDBKeyRange.only([roomId, ratchet]))),
      ]);
      return openEvents([...new Map(found.flat().map((record) => [record.eventId, record])).values()]);
    },
    undecrypted: async (roomId) => {
      const records = await (await connect()).getAllFromIndex('events', 'undecrypted', IDBKeyRange.only([roomId, 1]));
      return (await openEvents(records)).sort((a, b) => a.position - b.position);
    },
    clear: async () => {
      const transaction = (await connect()).transaction(['outbox', 'rooms', 'events'], 'readwrite');
      await Promise.all([...(['outbox', 'rooms', 'events'] as const).map((store) => transaction.objectStore(store).clear()), transaction.done]);
    },
    close: async () => {
      (await connect()).close();
      database = null;
    },
  };
}

function upgrade(database: IDBPDatabase<Schema>): void {
  database.createObjectStore('outbox', { keyPath: 'mid' });
  database.createObjectStore('rooms', { keyPath: 'roomId' });
  const events = database.createObjectStore('events', { keyPath: ['roomId', 'eventId'] });
  events.createIndex('position', ['roomId', 'position']);
  events.createIndex('mid', ['roomId', 'mid']);
  events.createIndex('ratchet', ['roomId', 'ratchet']);
  events.createIndex('undecrypted', ['roomId', 'undecrypted']);
}

function clearFields({ roomId, eventId, position, mid, ratchet, decryption }: StoredEvent): Omit<EventRecord, 'sealed'> {
  return {
    roomId, eventId, position,
    ...(mid !== null && { mid }),
    ...(ratchet !== null && { ratchet }),
    ...(decryption?.ok === false && { undecrypted: 1 as const }),
  };
}

function isQuota(error: unknown): boolean {
  return (error as { name?: string } | null)?.name === 'QuotaExceededError';
}
