import { randomBytes } from 'node:crypto';
import type { Decryption, Homeserver, IdentityDirectory, SyncUpdate, WireEvent } from '../../ports.ts';
import { connectHomeserver, type HomeserverConnection, type HomeserverOptions } from '../index.ts';
import type { Provisioning } from './provision.ts';

/** Certificates, for tests: a map that the test fills. */
export function makeDirectory(): IdentityDirectory & { readonly keys: Map<string, string> } {
  const keys = new Map<string, string>();
  return { keys, certifiedMasterKeys: async (userIds) => new Map(userIds.flatMap((userId) => (keys.has(userId) ? [[userId, keys.get(userId) ?? '']] : []))) };
}

/** One account's secrets and one device of it, with everything it has heard. */
export interface TestDevice {
  connection: HomeserverConnection;
  homeserver: Homeserver;
  options: HomeserverOptions;
  /** Timeline events as they came, with what they decrypted to on arrival. */
  heard: { event: WireEvent; decryption: Decryption | null }[];
  updates: SyncUpdate[];
  /** Encrypts and sends a text; returns the event's id. */
  say(roomId: string, body: string): Promise<string>;
  /** Waits for `look` to find something in what was heard; rejects after five seconds. */
  finds<T>(what: string, look: () => T | undefined): Promise<T>;
  /** Resolves with the first decrypted text that equals `body`; rejects after five seconds. */
  hears(body: string): Promise<{ event: WireEvent; decryption: Decryption & { ok: true } }>;
}

/** A homeserver with its API, and who is certified there. */
export interface TestWorld {
  provisioning: Provisioning;
  directory: ReturnType<typeof makeDirectory>;
}

/** Connects a device of this user, a first one with secrets of its own unless `options` names those of an earlier one. */
export async function connectDevice(
  world: TestWorld,
  userId: string,
  options: Partial<HomeserverOptions> & { certify?: boolean } = {},
): Promise<TestDevice> {
  const deviceId = options.login?.deviceId ?? `D${randomBytes(5).toString('hex').toUpperCase()}`;
  const complete: HomeserverOptions = {
    baseUrl: world.provisioning.matrix.url,
    login: { userId, deviceId, token: world.provisioning.token(userId) },
    databasePrefix: `test-${deviceId}`,
    storageKey: randomBytes(32),
    secretStorageKey: randomBytes(32),
    directory: world.directory,
    serviceUserId: world.provisioning.serviceUserId,
    relogin: async () => world.provisioning.token(userId),
    ...options,
  };
  const connection = await connectHomeserver(complete);
  const { homeserver } = connection;
  const heard: TestDevice['heard'] = [];
  const updates: SyncUpdate[] = [];
  const listeners = new Set<() => void>();
  homeserver.onSync(async (update) => {
    updates.push(update);
    for (const event of update.rooms.flatMap((room) => room.timeline)) {
      heard.push({ event, decryption: event.type === 'm.room.encrypted' ? await homeserver.decrypt(event) : null });
    }
    for (const listener of listeners) listener();
  });
  if (options.certify !== false) void connection.identified.then(({ masterKey }) => world.directory.keys.set(userId, masterKey), () => {});
  const finds = <T>(what: string, look: () => T | undefined): Promise<T> =>
    new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        listeners.delete(attempt);
        reject(new Error(`${userId} did not find ${what} in ${JSON.stringify(heard.slice(-3))}`));
      }, 5_000);
      const attempt = (): void => {
        const found = look();
        if (found === undefined) return;
        listeners.delete(attempt);
        clearTimeout(timer);
        resolve(found);
      };
      listeners.add(attempt);
      attempt();
    });
  return {
    connection, homeserver, heard, updates, options: complete,
    async say(roomId, body) {
      const { content } = await homeserver.encrypt(roomId, 'm.room.message', { msgtype: 'm.text', body });
      return homeserver.put(roomId, crypto.randomUUID(), 'm.room.encrypted', content);
    },
    finds,
    hears: (body) =>
      finds(body, () => {
        const found = heard.find(({ decryption }) => decryption?.ok === true && decryption.content.body === body);
        return found?.decryption?.ok === true ? { event: found.event, decryption: found.decryption } : undefined;
      }),
  };
}
