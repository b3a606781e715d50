import 'fake-indexeddb/auto';
import { expect, test } from 'vitest';
import { deviceStoreContract } from '../testing/deviceStoreContract.ts';
import { openDevice } from './indexedDbDevice.ts';
import { makeMemoryDevice } from './memoryDevice.ts';

let devices = 0;
deviceStoreContract('IndexedDB', () => {
  const name = `device-${devices++}`;
  return { open: () => openDevice(name) };
});
deviceStoreContract('memory', makeMemoryDevice);

test('the key that IndexedDB holds can not be exported, and records lie there sealed', async () => {
  const store = await openDevice('inspected');
  await store.write('account', new TextEncoder().encode('the seed in clear'));
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('inspected');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const get = <T>(from: string, key: string): Promise<T> =>
    new Promise((resolve) => {
      const request = database.transaction(from).objectStore(from).get(key);
      request.onsuccess = () => resolve(request.result as T);
    });
  const key = await get<CryptoKey>('keys', 'device');
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
  expect(Buffer.from(await get<Uint8Array>('records', 'account')).toString('latin1')).not.toContain('seed');
});
