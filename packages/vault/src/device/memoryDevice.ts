import { BatonError } from '@baton/base';
import type { DeviceStore } from './deviceStore.ts';
import { makeDeviceKey, makeSealer } from './sealer.ts';

/** A device whose store lives as long as the process, for tests and headless clients. */
export interface MemoryDevice {
  /** Opens the store as a page would; opened again, the records are still there. */
  open(): Promise<DeviceStore>;
}

/** Makes a device without a disk. */
export function makeMemoryDevice(): MemoryDevice {
  const records = new Map<string, Uint8Array>();
  let current: Promise<CryptoKey> | null = null;
  const open = async (): Promise<DeviceStore> => {
    current ??= makeDeviceKey();
    const mine = current;
    const key = await mine;
    const requireOpen = (): void => {
      if (current !== mine) throw new BatonError('SIGNED_OUT');
    };
    const rows = makeSealer(key, 'rows');
    return {
      sealer: {
        seal: async (plain) => {
          requireOpen();
          return await rows.seal(plain);
        },
        open: async (sealed) => {
          requireOpen();
          return await rows.open(sealed);
        },
      },
      read: async (name) => {
        requireOpen();
        const sealed = records.get(name);
        return sealed === undefined ? null : await makeSealer(key, `record/${name}`).open(sealed);
      },
      write: async (name, plain) => {
        const sealed = await makeSealer(key, `record/${name}`).seal(plain);
        requireOpen();
        records.set(name, sealed);
      },
      remove: async (name) => {
        requireOpen();
        records.delete(name);
      },
      wipe: async () => {
        if (current !== mine) return;
        current = null;
        records.clear();
      },
      close: () => undefined,
    };
  };
  return { open };
}
