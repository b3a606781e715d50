import { makeMemoryDevice } from '@baton/vault/testing';
import { expect, test } from 'vitest';
import { openSayingWhy } from './storageTrouble.ts';

const refuse = (name: string) => async (): Promise<never> => {
  throw new DOMException('', name);
};

test.each([['SecurityError', 'STORAGE_UNAVAILABLE'], ['InvalidStateError', 'STORAGE_UNAVAILABLE'], ['QuotaExceededError', 'STORAGE_FULL']])('a store that does not open for %s: %s', async (name, code) => {
  await expect(openSayingWhy(refuse(name))).rejects.toMatchObject({ code });
});

test('a write for which there is no room, and then one for which there is', async () => {
  const store = await makeMemoryDevice().open();
  let write = refuse('QuotaExceededError') as typeof store.write;
  const opened = await openSayingWhy(async () => ({ ...store, write: (...record) => write(...record) }));
  await expect(opened.write('viewer', new Uint8Array([1]))).rejects.toMatchObject({ code: 'STORAGE_FULL' });
  write = store.write;
  await opened.write('viewer', new Uint8Array([1]));
  expect(await opened.read('viewer')).toEqual(new Uint8Array([1]));
});
