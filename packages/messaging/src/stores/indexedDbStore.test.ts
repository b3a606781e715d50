import 'fake-indexeddb/auto';
import { isBatonError } from '@baton/base';
import { deleteDB, openDB } from 'idb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { emptyRecord } from '../rooms/room.ts';
import { describeMessageStore } from '../testing/messageStoreContract.ts';
import type { MessageStore } from '../ports.ts';
import { openIndexedDbStore, type IndexedDbStoreOptions } from './indexedDbStore.ts';
import { makeWebCryptoSealer } from './webCryptoSealer.ts';

const makeKey = (): Promise<CryptoKey> => crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
let names = 0;

describeMessageStore('The IndexedDB store', async () => {
  const options = { name: `contract-${(names += 1)}`, sealer: makeWebCryptoSealer(await makeKey()) };
  let store = await openIndexedDbStore(options);
  return {
    store,
    reopen: async () => {
      await store.close();
      return (store = await openIndexedDbStore(options));
    },
    dispose: async () => {
      await store.close();
      await deleteDB(options.name);
    },
  };
});

describe('The IndexedDB store', () => {
  let options: IndexedDbStoreOptions;
  let store: MessageStore;
  const onCorrupt = vi.fn();
  const queued = { mid: 'm1', roomId: '!a', seq: 1, createdAt: 1, state: 'queued' as const, content: { body: 'canary-sentence' } };

  beforeEach(async () => {
    onCorrupt.mockReset();
    options = { name: `own-${(names += 1)}`, sealer: makeWebCryptoSealer(await makeKey()), onCorrupt };
    store = await openIndexedDbStore(options);
  });
  afterEach(async () => {
    vi.restoreAllMocks();
    await store.close();
    await deleteDB(options.name);
  });

  it('holds nothing that people wrote in clear', async () => {
    await store.write({ outbox: [queued], rooms: [{ ...emptyRecord('!a'), draft: 'canary-sentence' }] });
    const raw = await openDB(options.name);
    const records = [...(await raw.getAll('outbox')), ...(await raw.getAll('rooms'))] as { sealed: Uint8Array }[];
    raw.close();
    expect(records).toHaveLength(2);
    for (const { sealed } of records) expect(new TextDecoder().decode(sealed)).not.toContain('canary');
    expect(JSON.stringify(records.map((record) => ({ ...record, sealed: null })))).not.toContain('canary');
  });

  it('skips a damaged record and reports it', async () => {
    await store.write({ outbox: [queued, { ...queued, mid: 'm2', seq: 2 }] });
    const raw = await openDB(options.name);
    const record = (await raw.get('outbox', 'm1')) as { sealed: Uint8Array };
    record.sealed[20] = (record.sealed[20] ?? 0) ^ 1;
    await raw.put('outbox', record);
    raw.close();
    expect((await store.outboxRows()).map(({ mid }) => mid)).toEqual(['m2']);
    expect(onCorrupt).toHaveBeenCalledWith({ kind: 'outbox', key: 'm1' });
  });

  it('does not take a record that was moved to another key', async () => {
    await store.write({ outbox: [queued] });
    const raw = await openDB(options.name);
    await raw.put('outbox', { ...((await raw.get('outbox', 'm1')) as object), mid: 'm9' });
    raw.close();
    expect((await store.outboxRows()).map(({ mid }) => mid)).toEqual(['m1']);
    expect(onCorrupt).toHaveBeenCalledWith({ kind: 'outbox', key: 'm9' });
  });

  it('says STORAGE_FULL when the browser has no room left, and goes on afterwards', async () => {
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(() => {
      throw new DOMException('full', 'QuotaExceededError');
    });
    const error = await store.write({ outbox: [queued] }).catch((thrown: unknown) => thrown);
    expect(isBatonError(error, 'STORAGE_FULL')).toBe(true);
    put.mockRestore();
    await store.write({ outbox: [queued] });
    expect(await store.outboxRows()).toEqual([queued]);
  });

  it('opens again when the browser closed it', async () => {
    await store.close();
    await store.write({ outbox: [queued] });
    expect(await store.outboxRows()).toEqual([queued]);
  });
});
