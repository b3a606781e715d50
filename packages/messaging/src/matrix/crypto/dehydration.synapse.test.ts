import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../../scripts/testing/provided.ts';
import { connectDevice, makeDirectory, type TestDevice, type TestWorld } from '../testing/device.ts';
import { provision } from '../testing/provision.ts';

let world: TestWorld;
const connected: TestDevice[] = [];
beforeAll(async () => {
  world = { provisioning: await provision(inject('matrix')), directory: makeDirectory() };
});
afterEach(async () => {
  for (const device of connected.splice(0)) await device.homeserver.stop();
});

async function device(userId: string, secretStorageKey: Uint8Array = randomBytes(32)): Promise<TestDevice> {
  const made = await connectDevice(world, userId, { secretStorageKey });
  connected.push(made);
  await made.connection.recoverable;
  return made;
}

/** What a device could read of a text that stands in the room's history, once the keys it is owed have arrived. */
const reads = (reader: TestDevice, roomId: string) =>
  vi.waitFor(async () => {
    const { events } = await reader.homeserver.messages(roomId, null, 5);
    const decryptions = await Promise.all(events.filter(({ type }) => type === 'm.room.encrypted').map((event) => reader.homeserver.decrypt(event)));
    expect(decryptions.every(({ ok }) => ok)).toBe(true);
    return decryptions.map((decryption) => (decryption.ok ? { body: decryption.content.body, authenticity: decryption.authenticity } : null));
  }, 10_000);

it('a browser reads what was written while none of the person’s browsers was open, and knows who wrote it', async () => {
  const { user, room } = world.provisioning;
  const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
  const roomId = await room([ann, ben]);
  const laptop = await device(ann);
  const candidate = await device(ben);
  connected.splice(connected.indexOf(laptop), 1);
  await laptop.homeserver.stop();
  await candidate.say(roomId, 'while your laptop was shut for ever');
  const another = await device(ann, laptop.options.secretStorageKey);
  expect(await reads(another, roomId)).toEqual([{ body: 'while your laptop was shut for ever', authenticity: 'certified' }]);
});

it('what is said between devices goes to browsers that are there, never to the sleeping one', async () => {
  const { user, room, as } = world.provisioning;
  const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
  await room([ann, ben]);
  const [a, b] = [await device(ann), await device(ben)];
  const sent = vi.spyOn(globalThis, 'fetch');
  await vi.waitFor(async () => {
    await b.homeserver.sendToDevices([ann], 'com.baton.delivered', { roomId: '!r', eventId: '$1' });
    expect(sent.mock.calls.some(([url]) => String(url).includes('/sendToDevice/'))).toBe(true);
  }, 10_000);
  const { device_id: asleep } = await as<{ device_id: string }>('GET', '/../unstable/org.matrix.msc3814.v1/dehydrated_device', undefined, ann);
  const bodies = sent.mock.calls.filter(([url]) => String(url).includes('/sendToDevice/')).map(([, init]) => String((init as RequestInit).body));
  sent.mockRestore();
  expect(bodies.join()).toContain(a.homeserver.deviceId);
  expect(bodies.join()).not.toContain(asleep);
});
