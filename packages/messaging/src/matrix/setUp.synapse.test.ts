import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../scripts/testing/provided.ts';
import { connectDevice, makeDirectory, type TestDevice, type TestWorld } from './testing/device.ts';
import { provision } from './testing/provision.ts';

const original = globalThis.fetch;
let world: TestWorld;
beforeAll(async () => {
  world = { provisioning: await provision(inject('matrix')), directory: makeDirectory() };
});
afterEach(() => void vi.restoreAllMocks());

/** Drops every request to a path that ends so, as a page that is closed does. */
const dropping = (...endings: string[]) =>
  vi.spyOn(globalThis, 'fetch').mockImplementation((url, init) => {
    if (endings.some((ending) => new URL(String(url)).pathname.includes(ending))) return Promise.reject(new TypeError('dropped'));
    return original(url, init);
  });

/** A first device whose set-up stops where those requests are made, and is closed there. */
async function cutOffAt(...endings: string[]): Promise<TestDevice> {
  const dropped = dropping(...endings);
  const ann = await world.provisioning.user('ann');
  const device = await connectDevice(world, ann, { secretStorageKey: randomBytes(32) });
  await vi.waitFor(() => expect(dropped.mock.calls.some(([url]) => endings.some((ending) => String(url).includes(ending)))).toBe(true), 10_000);
  await new Promise((resolve) => setTimeout(resolve, 100));
  await device.homeserver.stop();
  dropped.mockRestore();
  return device;
}

/** Everybody can see the identity and that it signed this device, and a further device could take over. */
async function isInOrder({ connection, homeserver: { userId, deviceId } }: TestDevice): Promise<void> {
  const { masterKey } = await connection.identified;
  await connection.recoverable;
  const { as } = world.provisioning;
  const keys = await as<{ master_keys: Record<string, { keys: object }>; device_keys: Record<string, Record<string, { signatures: Record<string, object> }>> }>('POST', '/keys/query', { device_keys: { [userId]: [] } }, userId);
  expect(Object.values(keys.master_keys[userId]?.keys ?? {})).toEqual([masterKey]);
  expect(Object.keys(keys.device_keys[userId]?.[deviceId]?.signatures[userId] ?? {})).toHaveLength(2);
  const account = encodeURIComponent(userId);
  for (const secret of ['m.cross_signing.master', 'm.cross_signing.self_signing', 'm.cross_signing.user_signing', 'm.megolm_backup.v1']) {
    expect(await as('GET', `/user/${account}/account_data/${secret}`, undefined, userId)).toHaveProperty('encrypted');
  }
  expect(await as('GET', '/room_keys/version', undefined, userId)).toHaveProperty('version');
}

const stages = [
  ['before anything was published', ['/keys/device_signing/upload']],
  ['before the device was signed', ['/keys/signatures/upload']],
  ['while the secrets were being stored', ['/account_data/m.cross_signing']],
  ['before there was a backup', ['/room_keys/version']],
  ['before the backup’s key was stored', ['/account_data/m.megolm_backup']],
] as const;

describe('a new account’s first device', () => {
  it('names its identity before anybody can see it', async () => {
    const dropped = dropping('/keys/device_signing/upload');
    const ann = await world.provisioning.user('ann');
    const device = await connectDevice(world, ann, { firstDevice: true });
    const { masterKey } = await device.connection.identity;
    const { as } = world.provisioning;
    expect(await as('POST', '/keys/query', { device_keys: { [ann]: [] } }, ann)).toMatchObject({ master_keys: {} });
    dropped.mockRestore();
    expect(await device.connection.identified).toEqual({ masterKey });
    await device.homeserver.stop();
  });

  it('lets its owner write first: the backup comes after that, and everything is in order', async () => {
    const asked = vi.spyOn(globalThis, 'fetch');
    const device = await connectDevice(world, await world.provisioning.user('ann'), { firstDevice: true });
    await device.connection.identified;
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect(asked.mock.calls.map(([url]) => new URL(String(url)).pathname).filter((path) => path.includes('room_keys'))).toEqual([]);
    await isInOrder(device);
    await device.homeserver.stop();
  });
});

describe('a set-up that was cut off', () => {
  it.each(stages)('%s is taken up by the same device', async (_where, endings) => {
    const { options, connection } = await cutOffAt(...endings);
    const { userId, deviceId } = options.login;
    const resumed = await connectDevice(world, userId, { ...options, login: { userId, deviceId, accessToken: connection.accessToken } });
    await isInOrder(resumed);
    await resumed.homeserver.stop();
  });

  it.each(stages)('%s is taken up by another device of the account', async (_where, endings) => {
    const { options } = await cutOffAt(...endings);
    const other = await connectDevice(world, options.login.userId, { secretStorageKey: options.secretStorageKey });
    await isInOrder(other);
    await other.homeserver.stop();
  });
});
