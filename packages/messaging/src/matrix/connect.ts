import { systemClock } from '@baton/base';
import { HomeserverError, type DeviceMessage, type SyncUpdate } from '../ports.ts';
import { makeAccountData } from './crypto/accountData.ts';
import { openMachine, openOlm, type Machine } from './crypto/machine.ts';
import { makeIdentities } from './crypto/identities.ts';
import { logIn } from './http/login.ts';
import { makeTransport } from './http/transport.ts';
import { makeHomeserver } from './homeserver.ts';
import { makeSetUp } from './setUp.ts';
import type { HomeserverConnection, HomeserverOptions } from './options.ts';
import { makeSyncLoop } from './sync/loop.ts';
import { makeSyncProcessing } from './sync/process.ts';
import { openSyncStore } from './sync/store.ts';

/**
 * Connects one device. With an access token it resolves offline too, from what the device remembers, and goes online by
 * itself; with a JWT it needs the homeserver. Throws HomeserverError, refused with `WRONG_ACCOUNT` when the JWT is somebody else’s.
 *
 *   log in, sync db ──────────┐  ┌ sync ───────────► rooms and messages to the core
 *                             ├──┤
 *   wasm ─► open crypto store ┘  └ join identity ──► identified ─► backup ─► recoverable
 */
export async function connectHomeserver(options: HomeserverOptions): Promise<HomeserverConnection> {
  const { userId, deviceId } = options.login;
  const clock = options.clock ?? systemClock;
  const opened = openOlm({ ...options, userId, deviceId });
  opened.catch(() => {});
  // The next attempt opens it again.
  const closeOlm = (): Promise<void> => opened.then((olm) => olm.close(), () => {});
  const [store, accessToken] = await Promise.all([openSyncStore(options.databasePrefix), accessTokenOf(options)]).catch(async (error: unknown) => {
    await closeOlm();
    throw error;
  });
  const isNew = store.account.since === null;
  const handlers = { sync: new Set<(update: SyncUpdate) => Promise<void>>(), device: new Set<(message: DeviceMessage) => void>() };

  const transport = makeTransport({
    baseUrl: options.baseUrl,
    deviceId,
    accessToken,
    relogin: () => options.relogin(),
    onAccessToken: (token) => options.onAccessToken?.(token),
    onEnded: () => loop.end(),
  });
  const opening = Promise.withResolvers<Machine>();
  opening.promise.catch(() => {});
  const process = makeSyncProcessing({ machine: opening.promise, store, handlers, ownUserId: userId, serviceUserId: options.serviceUserId });
  const loop = makeSyncLoop({ transport, since: () => store.account.since, process: (response) => process.process(response) });
  // The first answer travels while the machine is being opened.
  loop.start();

  try {
    const accountData = makeAccountData(store, transport, userId, process.accountDataKnown);
    const machine = await openMachine(await opened, { secretStorageKey: options.secretStorageKey, transport, accountData });
    const identities = makeIdentities(machine, options.directory, () => clock.now());
    opening.resolve(machine);
    const setUp = makeSetUp({ machine, store, identities, loop, secretStorageKey: options.secretStorageKey, firstDevice: options.firstDevice, now: () => clock.now() });
    const homeserver = makeHomeserver({ machine, transport, store, loop, identities, process, setUp, handlers, options, isNew, now: () => clock.now() });
    return { homeserver, accessToken, identity: setUp.identity, identified: setUp.identified, recoverable: setUp.recoverable, synced: loop.firstSync, acquaint: (userIds) => machine.acquaint(userIds) };
  } catch (error) {
    opening.reject(error);
    loop.stop();
    store.close();
    await closeOlm();
    throw error;
  }
}

async function accessTokenOf({ baseUrl, login }: HomeserverOptions): Promise<string> {
  if ('accessToken' in login) return login.accessToken;
  const { accessToken, userId } = await logIn(baseUrl, login);
  if (userId !== login.userId) throw new HomeserverError({ kind: 'refused', status: 403, code: 'WRONG_ACCOUNT' }, `Logged in as ${userId}`);
  return accessToken;
}
