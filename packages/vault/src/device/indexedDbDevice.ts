import { BatonError } from '@baton/base';
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import type { DeviceStore } from './deviceStore.ts';
import { makeDeviceKey, makeSealer, type Sealer } from './sealer.ts';

interface Schema extends DBSchema {
  keys: { key: 'device'; value: CryptoKey };
  records: { key: string; value: Uint8Array };
}

/**
 * Opens this device's store in IndexedDB, and makes its key the first time. WebCrypto only: it may be opened before
 * libsodium is loaded. Several tabs may open it at once; they get the same key.
 */
export async function openDevice(name = 'baton-device'): Promise<DeviceStore> {
  const database = await openDB<Schema>(name, 1, {
    upgrade: (db) => {
      db.createObjectStore('keys');
      db.createObjectStore('records');
    },
    // A newer version of the application in another tab must not wait for this one.
    blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
  });
  return makeStore(database, await deviceKey(database));
}

async function deviceKey(database: IDBPDatabase<Schema>): Promise<CryptoKey> {
  const stored = await database.get('keys', 'device');
  if (stored !== undefined) return stored;
  const fresh = await makeDeviceKey();
  // Making a key outlives a transaction, so another tab may have been faster: the first one stored is everybody's.
  const transaction = database.transaction('keys', 'readwrite', { durability: 'strict' });
  const first = await transaction.store.get('device');
  if (first === undefined) await transaction.store.put(fresh, 'device');
  await transaction.done;
  return first ?? fresh;
}

function makeStore(database: IDBPDatabase<Schema>, key: CryptoKey): DeviceStore {
  let wiped = false;
  const requireOpen = (): void => {
    if (wiped) throw new BatonError('SIGNED_OUT');
  };
  const guarded = (sealer: Sealer): Sealer => ({
    seal: async (plain) => {
      requireOpen();
      return await sealer.seal(plain);
    },
    open: async (sealed) => {
      requireOpen();
      return await sealer.open(sealed);
    },
  });
  // Each record is sealed under its name, so that the database can't swap two of them.
  const recordSealer = (name: string): Sealer => makeSealer(key, `record/${name}`);
  /** A write of a tab that has not heard of the sign-out must not bring a record back under a key that is gone. */
  const write = async (name: string, plain: Uint8Array): Promise<void> => {
    requireOpen();
    const sealed = await recordSealer(name).seal(plain);
    const transaction = database.transaction(['keys', 'records'], 'readwrite', { durability: 'strict' });
    const signedIn = (await transaction.objectStore('keys').getKey('device')) !== undefined;
    if (signedIn) await transaction.objectStore('records').put(sealed, name);
    await transaction.done;
    if (!signedIn) throw new BatonError('SIGNED_OUT');
  };
  return {
    sealer: guarded(makeSealer(key, 'rows')),
    read: async (name) => {
      requireOpen();
      const sealed = await database.get('records', name);
      return sealed === undefined ? null : await recordSealer(name).open(sealed);
    },
    write,
    remove: async (name) => {
      requireOpen();
      await database.delete('records', name);
    },
    wipe: async () => {
      wiped = true;
      const transaction = database.transaction(['keys', 'records'], 'readwrite', { durability: 'strict' });
      await Promise.all([transaction.objectStore('keys').clear(), transaction.objectStore('records').clear(), transaction.done]);
    },
    close: () => database.close(),
  };
}
