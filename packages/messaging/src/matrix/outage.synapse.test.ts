import 'fake-indexeddb/auto';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, beforeEach, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../scripts/testing/provided.ts';
import { startTestSynapse, type TestSynapse } from '../../../../scripts/testing/synapse.ts';
import { connectDevice, makeDirectory, type TestWorld } from './testing/device.ts';
import { provision } from './testing/provision.ts';

let own: TestSynapse;
let world: TestWorld;
beforeAll(async () => {
  own = await startTestSynapse(inject('runFolder'));
  world = { provisioning: await provision(own.matrix), directory: makeDirectory() };
});
// A test that failed may have left it killed.
beforeEach(async () => {
  if (own.service.pid() === null) await own.service.start();
});
afterAll(() => own.service.stop());

it('outlives a killed homeserver: says so, starts without it from what it remembers, and goes on when it is back', async () => {
  const { user, room } = world.provisioning;
  const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
  const roomId = await room([ann, ben]);
  const [a, b] = await Promise.all([connectDevice(world, ann), connectDevice(world, ben)]);
  await Promise.all([a.connection.recoverable, b.connection.recoverable]);
  await a.say(roomId, 'before');
  const { event } = await b.hears('before');
  // The sleeping devices that both have just published come as news: without a homeserver it is too late for their keys.
  await setTimeout(2_000);
  await a.homeserver.prepare(roomId);

  await own.service.kill();
  await vi.waitFor(() => expect(b.homeserver.connection.current()).toBe('offline'), 5_000);
  const { content } = await a.homeserver.encrypt(roomId, 'm.room.message', { msgtype: 'm.text', body: 'during' });
  await expect(a.homeserver.put(roomId, 't1', 'm.room.encrypted', content)).rejects.toMatchObject({ failure: { kind: 'again', outcome: 'unknown' } });

  await b.homeserver.stop();
  const { userId, deviceId } = b.options.login;
  const restarted = await connectDevice(world, ben, { ...b.options, login: { userId, deviceId, accessToken: b.connection.accessToken } });
  expect(await restarted.connection.identified).toEqual(await b.connection.identified);
  expect(restarted.homeserver.members(roomId).map((member) => member.userId)).toEqual(expect.arrayContaining([ann, ben]));
  expect(await restarted.homeserver.decrypt(event)).toMatchObject({ ok: true, authenticity: 'certified', content: { body: 'before' } });
  await vi.waitFor(() => expect(restarted.homeserver.connection.current()).toBe('offline'), 5_000);

  await own.service.start();
  await vi.waitFor(() => expect(a.homeserver.connection.current()).toBe('online'), 35_000);
  const first = await a.homeserver.put(roomId, 't1', 'm.room.encrypted', content);
  expect(await a.homeserver.put(roomId, 't1', 'm.room.encrypted', content)).toBe(first);
  await vi.waitFor(() => expect(restarted.heard.filter(({ event: heard }) => heard.eventId === first)).toHaveLength(1), 35_000);
  expect((await restarted.hears('during')).decryption.authenticity).toBe('certified');
  await Promise.all([a.homeserver.stop(), restarted.homeserver.stop()]);
});

it('hands an answer to the core again when it could not be stored, and moves on only then', async () => {
  const { user, room } = world.provisioning;
  const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
  const roomId = await room([ann, ben]);
  const [a, b] = await Promise.all([connectDevice(world, ann), connectDevice(world, ben)]);
  await Promise.all([a.connection.identified, b.connection.identified]);
  let failures = 2;
  const stored: string[] = [];
  b.homeserver.onSync(async (update) => {
    const ids = update.rooms.flatMap(({ timeline }) => timeline.map(({ eventId }) => eventId));
    if (ids.length > 0 && failures-- > 0) throw new Error('disk full');
    stored.push(...ids);
  });
  const sent = [await a.say(roomId, 'one'), await a.say(roomId, 'two')];
  await vi.waitFor(() => expect(stored).toEqual(expect.arrayContaining(sent)), 10_000);
  expect(stored).toEqual([...new Set(stored)]);
  await Promise.all([a.homeserver.stop(), b.homeserver.stop()]);
});
