import { isBatonError } from '@baton/base';
import { assertSecretsStored, joinBackup, joinIdentity } from './crypto/bootstrap.ts';
import { leaveDehydratedDevice } from './crypto/dehydration.ts';
import type { Identities } from './crypto/identities.ts';
import type { Machine } from './crypto/machine.ts';
import type { SyncLoop } from './sync/loop.ts';
import type { SyncStore } from './sync/store.ts';

export interface SetUp {
  /** As `HomeserverConnection.identity`. */
  readonly identity: Promise<{ masterKey: string }>;
  readonly identified: Promise<{ masterKey: string }>;
  /** The backup's key is on this device. */
  readonly backupReady: Promise<void>;
  readonly recoverable: Promise<void>;
  stop(): void;
}

interface Deps {
  machine: Machine;
  store: SyncStore;
  identities: Identities;
  loop: SyncLoop;
  secretStorageKey: Uint8Array;
  firstDevice: boolean | undefined;
  now(): number;
}

/**
 * How long a new account's backup and sleeping device wait, in milliseconds: nobody has written to it yet, and whoever just came in
 * writes first.
 */
const calmMs = 3_000;

/**
 * Brings the account's encryption into order, by itself and again after each failure of the network: a device that once
 * was identified says so at once, offline too, and only checks its backup.
 */
export function makeSetUp({ machine, store, identities, loop, secretStorageKey, firstDevice, now }: Deps): SetUp {
  const made = Promise.withResolvers<{ masterKey: string }>();
  const identified = Promise.withResolvers<{ masterKey: string }>();
  const backupReady = Promise.withResolvers<void>();
  const recoverable = Promise.withResolvers<void>();
  for (const phase of [made, identified, backupReady, recoverable]) phase.promise.catch(() => {});
  const remembered = store.account.masterKey;
  identified.promise.then(made.resolve, made.reject);
  if (remembered !== null) identified.resolve({ masterKey: remembered });

  const identity = async (): Promise<void> => {
    if (store.account.masterKey === null) {
      const masterKey = await joinIdentity(machine, secretStorageKey, { firstDevice, made: (key) => made.resolve({ masterKey: key }) });
      await store.save({ masterKey });
      identified.resolve({ masterKey });
    }
    identities.signPending();
  };
  const backup = async (): Promise<void> => {
    await joinBackup(machine);
    backupReady.resolve();
  };

  const calm = (): Promise<void> | undefined => (firstDevice === true ? new Promise((resolve) => setTimeout(resolve, calmMs)) : undefined);

  const attempt = async (): Promise<void> => {
    // A further device finds the backup's key in secret storage and need not wait; a first one must store into it.
    const further = firstDevice !== true && (await machine.secretStorage.isStored('m.megolm_backup.v1').catch(() => null)) !== null;
    await (further ? Promise.all([identity(), backup()]) : identity().then(calm).then(backup));
    await assertSecretsStored(machine);
    await store.save({});
    await leaveDehydratedDevice(machine, store, now());
    recoverable.resolve();
  };

  let stopped = false;
  const fail = (error: unknown): void => {
    for (const phase of [identified, backupReady, recoverable]) phase.reject(error);
  };
  const run = async (): Promise<void> => {
    for (let failures = 0; ; failures++) {
      try {
        return await attempt();
      } catch (error) {
        if (stopped || loop.connection.current() === 'ended' || isBatonError(error, 'IDENTITY_LOST')) {
          return fail(error);
        }
        await backOnline(loop, Math.min(30_000, 500 * 2 ** failures));
      }
    }
  };
  const stop = (): void => {
    stopped = true;
    // Whoever waits is told now: what this waits for may never come.
    fail(new Error('stopped'));
  };
  void run();
  return { identity: made.promise, identified: identified.promise, backupReady: backupReady.promise, recoverable: recoverable.promise, stop };
}

/** Waits a while, and then for the connection, so that an offline day does not spin. */
async function backOnline(loop: SyncLoop, delayMs: number): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, delayMs));
  if (loop.connection.current() === 'online') return;
  await new Promise<void>((resolve) => {
    const unsubscribe = loop.connection.subscribe((state) => {
      if (state !== 'online' && state !== 'ended') return;
      unsubscribe();
      resolve();
    });
  });
}
