import { BatonError, isBatonError } from '@baton/base';
import type { DeviceStore } from '@baton/vault/device';

/**
 * Opens a device's store so that what the browser refuses says what to do about it. Errors: STORAGE_FULL; STORAGE_UNAVAILABLE
 * where the store can't be opened at all, as in some private windows.
 */
export async function openSayingWhy(open: () => Promise<DeviceStore>): Promise<DeviceStore> {
  const store = await open().catch((error: unknown) => {
    throw isBatonError(error) ? error : (full(error) ?? new BatonError('STORAGE_UNAVAILABLE', {}, { cause: error }));
  });
  return {
    ...store,
    write: (name, plain) =>
      store.write(name, plain).catch((error: unknown) => {
        throw full(error) ?? error;
      }),
  };
}

function full(error: unknown): BatonError | undefined {
  return (error as { name?: string } | null)?.name === 'QuotaExceededError' ? new BatonError('STORAGE_FULL', {}, { cause: error }) : undefined;
}
