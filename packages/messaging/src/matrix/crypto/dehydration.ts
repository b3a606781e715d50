import { DehydratedDeviceManager } from '../vendor.ts';
import type { Machine } from './machine.ts';
import type { SyncStore } from '../sync/store.ts';

/** A dehydrated device's one-time keys run out and its inbox grows: it is replaced after a week, as MSC3814 advises. */
const replacedAfterMs = 7 * 24 * 3_600_000;

/**
 * Leaves a device of the account on the server, asleep and sealed under secret storage (MSC3814): what others write while
 * no browser of this person is open is encrypted to it as well. A browser that signs in later wakes it, reads the keys that it was
 * given, and leaves a new one. Without it a message would be shut for ever to every browser that was not there.
 */
export async function leaveDehydratedDevice(machine: Machine, store: SyncStore, now: number): Promise<void> {
  const left = store.account.dehydratedAt ?? null;
  if (left !== null && now - left < replacedAfterMs) return;
  const manager = new DehydratedDeviceManager(machine.logger, machine.olm, machine.http, machine.requests, machine.secretStorage);
  try {
    if (!(await manager.isSupported())) return;
    // Only a browser that is new has missed what the sleeping one was given.
    if (left === null) await manager.rehydrateDeviceIfAvailable().catch(() => false);
    await manager.createAndUploadDehydratedDevice();
    await store.save({ dehydratedAt: now });
  } finally {
    manager.stop();
  }
}
