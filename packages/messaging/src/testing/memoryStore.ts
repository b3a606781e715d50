import type { MessageStore, OutboxRow, StoreChanges, StoredEvent, StoredRoom } from '../ports.ts';

/** What a memory store wrote: outlives the session that wrote it, as a disk does. */
export interface MemoryDisk {
  outbox: Map<string, OutboxRow>;
  rooms: Map<string, StoredRoom>;
  events: Map<string, StoredEvent>;
}

export interface MemoryStoreOptions {
  disk?: MemoryDisk;
  /** Awaited before each call takes effect and before it is answered: where a test stops the world. */
  pause?: (point: 'before' | 'after') => Promise<void>;
  /** Throws to refuse a transaction, such as with STORAGE_FULL. */
  admit?: (changes: StoreChanges) => void;
}

export function makeMemoryDisk(): MemoryDisk {
  return { outbox: new Map(), rooms: new Map(), events: new Map() };
}

/** The message store in memory. Values are copied in and out, and calls take effect in their order, as in IndexedDB. */
export function makeMemoryStore(options: MemoryStoreOptions = {}): MessageStore {
  const { disk = makeMemoryDisk(), pause, admit } = options;
  let turn: Promise<unknown> = Promise.resolve();

  const inTurn = <T>(work: () => T): Promise<T> => {
    const run = turn.then(async () => {
      await pause?.('before');
      return work();
    });
    turn = run.catch(() => undefined);
    return run.then(async (result) => {
      await pause?.('after');
      return result;
    });
  };
  const copies = <T>(values: Iterable<T>): T[] => structuredClone([...values]);
  const ofRoom = (roomId: string): StoredEvent[] => [...disk.events.values()].filter((event) => event.roomId === roomId).sort((a, b) => a.position - b.position);

  return {
    outboxRows: () => inTurn(() => copies(disk.outbox.values()).sort((a, b) => a.seq - b.seq)),
    rooms: () => inTurn(() => copies(disk.rooms.values())),
    write: (changes) => {
      const { outbox = [], deleteOutbox = [], events = [], rooms = [] } = structuredClone(changes);
      return inTurn(() => {
        admit?.(changes);
        for (const row of outbox) disk.outbox.set(row.mid, row);
        for (const mid of deleteOutbox) disk.outbox.delete(mid);
        for (const event of events) disk.events.set(`${event.roomId} ${event.eventId}`, event);
        for (const room of rooms) disk.rooms.set(room.roomId, room);
      });
    },
    events: (roomId, before, limit) => inTurn(() => copies(ofRoom(roomId).filter((event) => before === undefined || event.position < before).slice(-limit))),
    find: (roomId, { eventIds = [], mids = [], ratchets = [] }) =>
      inTurn(() =>
        copies(
          ofRoom(roomId).filter(
            (event) => eventIds.includes(event.eventId) || (event.mid !== null && mids.includes(event.mid)) || (event.ratchet !== null && ratchets.includes(event.ratchet)),
          ),
        ),
      ),
    undecrypted: (roomId) => inTurn(() => copies(ofRoom(roomId).filter((event) => event.decryption?.ok === false))),
    clear: () =>
      inTurn(() => {
        for (const kind of [disk.outbox, disk.rooms, disk.events]) kind.clear();
      }),
    close: async () => undefined,
  };
}
