import { describe, expect, test } from 'vitest';
import type { DeviceStore } from '../device/deviceStore.ts';

/** What every DeviceStore keeps to. `makeDevice` starts on an empty device; `open` opens its store as one page would. */
export function deviceStoreContract(name: string, makeDevice: () => { open(): Promise<DeviceStore> }): void {
  const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

  describe(name, () => {
    test('gives back what was written, also to a page that opens it later', async () => {
      const device = makeDevice();
      const store = await device.open();
      expect(await store.read('account')).toBeNull();
      await store.write('account', bytes('seed'));
      await store.write('account', bytes('newer seed'));
      expect(await store.read('account')).toEqual(bytes('newer seed'));
      store.close();
      expect(await (await device.open()).read('account')).toEqual(bytes('newer seed'));
    });

    test('removes one record and keeps the others', async () => {
      const store = await makeDevice().open();
      await store.write('a', bytes('1'));
      await store.write('b', bytes('2'));
      await store.remove('a');
      expect(await store.read('a')).toBeNull();
      expect(await store.read('b')).toEqual(bytes('2'));
    });

    test('gives two pages that open it at once the same key', async () => {
      const device = makeDevice();
      const [one, other] = await Promise.all([device.open(), device.open()]);
      expect(await other.sealer.open(await one.sealer.seal(bytes('row')))).toEqual(bytes('row'));
    });

    test('seals so that the same bytes never look the same, and shows none of them', async () => {
      const { sealer } = await makeDevice().open();
      const secret = bytes('a sentence that must not be found on the disk');
      const first = await sealer.seal(secret);
      expect(first).not.toEqual(await sealer.seal(secret));
      expect(Buffer.from(first).includes(Buffer.from(secret))).toBe(false);
    });

    test.each([0, 5, 20, -1])('refuses bytes that were changed (at %i)', async (at) => {
      const { sealer } = await makeDevice().open();
      const sealed = await sealer.seal(bytes('row'));
      const index = at < 0 ? sealed.length + at : at;
      sealed[index] = (sealed[index] ?? 0) ^ 1;
      await expect(sealer.open(sealed)).rejects.toMatchObject({ code: 'DEVICE_SEAL_BROKEN' });
    });

    test('refuses what another device sealed, and what is too short to be anything', async () => {
      const { sealer } = await makeDevice().open();
      const foreign = await (await makeDevice().open()).sealer.seal(bytes('row'));
      await expect(sealer.open(foreign)).rejects.toMatchObject({ code: 'DEVICE_SEAL_BROKEN' });
      await expect(sealer.open(new Uint8Array(0))).rejects.toMatchObject({ code: 'DEVICE_SEAL_BROKEN' });
    });

    test('after a wipe nothing is left, and what was sealed before stays shut', async () => {
      const device = makeDevice();
      const store = await device.open();
      await store.write('account', bytes('seed'));
      const row = await store.sealer.seal(bytes('row'));
      await store.wipe();
      const next = await device.open();
      expect(await next.read('account')).toBeNull();
      await expect(next.sealer.open(row)).rejects.toMatchObject({ code: 'DEVICE_SEAL_BROKEN' });
      await expect(store.read('account')).rejects.toMatchObject({ code: 'SIGNED_OUT' });
      await expect(store.sealer.open(row)).rejects.toMatchObject({ code: 'SIGNED_OUT' });
    });

    test('a page that has not heard of the wipe can not bring a record back', async () => {
      const device = makeDevice();
      const [one, other] = [await device.open(), await device.open()];
      await one.wipe();
      await expect(other.write('account', bytes('seed'))).rejects.toMatchObject({ code: 'SIGNED_OUT' });
      expect(await (await device.open()).read('account')).toBeNull();
    });
  });
}
