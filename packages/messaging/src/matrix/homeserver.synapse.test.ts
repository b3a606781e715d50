import 'fake-indexeddb/auto';
import { afterEach, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../scripts/testing/provided.ts';
import type { DeviceMessage, Proof } from '../ports.ts';
import { firstIndexOf } from './crypto/exportedSessions.ts';
import { wipeHomeserver } from './index.ts';
import { connectDevice, makeDirectory, type TestDevice, type TestWorld } from './testing/device.ts';
import { provision } from './testing/provision.ts';
import { makeRogue } from './testing/rogue.ts';

const original = globalThis.fetch;

let world: TestWorld;
const connected: TestDevice[] = [];
beforeAll(async () => {
  world = { provisioning: await provision(inject('matrix')), directory: makeDirectory() };
});
afterEach(async () => {
  for (const device of connected.splice(0)) await device.homeserver.stop();
});

/** A device that is signed, and stopped after the test. */
async function device(userId: string, options: Parameters<typeof connectDevice>[2] = {}): Promise<TestDevice> {
  const made = await connectDevice(world, userId, options);
  connected.push(made);
  if (options.certify !== false) await made.connection.identified;
  return made;
}

/** Two people in a room, each with a first device. */
async function couple() {
  const { user, room } = world.provisioning;
  const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
  const roomId = await room([ann, ben]);
  const [a, b] = await Promise.all([device(ann), device(ben)]);
  return { ann, ben, roomId, a, b };
}

/** Waits until the account's backup has this many sessions. */
const backedUp = (userId: string, sessions: number): Promise<void> =>
  vi.waitFor(async () => expect((await world.provisioning.as<{ count: number }>('GET', '/room_keys/version', undefined, userId)).count).toBe(sessions), 10_000);

/** The same account on another device. */
const again = (first: TestDevice): Promise<TestDevice> => device(first.homeserver.userId, { secretStorageKey: first.options.secretStorageKey });

describe('two people', () => {
  it('talk, each certain who wrote', async () => {
    const { roomId, a, b } = await couple();
    await a.say(roomId, 'hello');
    expect((await b.hears('hello')).decryption).toMatchObject({ type: 'm.room.message', authenticity: 'certified', messageIndex: 0 });
    await b.say(roomId, 'hello yourself');
    expect((await a.hears('hello yourself')).decryption.authenticity).toBe('certified');
    await a.say(roomId, 'so');
    expect((await b.hears('so')).decryption.messageIndex).toBe(1);
  });

  it('see each other read and type, and keep a setting of the room', async () => {
    const { ann, roomId, a, b } = await couple();
    const eventId = await b.say(roomId, 'read me');
    await a.hears('read me');
    await a.homeserver.sendReadReceipt(roomId, eventId, 'all');
    await a.homeserver.sendTyping(roomId, true);
    await a.homeserver.setRoomAccountData(roomId, 'org.baton.test', { sealed: 'x' });
    const inRooms = <T>(device: TestDevice, look: (room: TestDevice['updates'][number]['rooms'][number]) => T | undefined) => () =>
      device.updates.flatMap(({ rooms }) => rooms).map(look).find((found) => found !== undefined);
    expect(await b.finds('the receipt', inRooms(b, (room) => room.readReceipts.find((receipt) => receipt.userId === ann)))).toMatchObject({ eventId });
    expect(await b.finds('typing', inRooms(b, (room) => room.typing?.find((who) => who === ann)))).toBe(ann);
    expect(await a.finds('the setting', inRooms(a, (room) => room.accountData['org.baton.test']))).toEqual({ sealed: 'x' });
  });

  it('read without the other hearing of it, and keep a setting of the account: their own devices hear both', async () => {
    const { ann, roomId, a, b } = await couple();
    const eventId = await b.say(roomId, 'read me');
    await a.hears('read me');
    const further = await again(a);
    await a.homeserver.sendReadReceipt(roomId, eventId, 'own devices');
    await a.homeserver.setAccountData('org.baton.test', { sealed: 'x' });
    const receipt = (device: TestDevice) => device.updates.flatMap(({ rooms }) => rooms).flatMap(({ readReceipts }) => readReceipts).find(({ userId }) => userId === ann);
    expect(await further.finds('the receipt', () => receipt(further))).toMatchObject({ eventId });
    expect(await further.finds('the setting', () => further.updates.map(({ accountData }) => accountData['org.baton.test']).find(Boolean))).toEqual({ sealed: 'x' });
    await a.say(roomId, 'afterwards');
    await b.hears('afterwards');
    expect(receipt(b)).toBeUndefined();
  });

  it('tell each other’s devices things that the server can’t read, and hear nothing that came in clear', async () => {
    const { ben, a, b } = await couple();
    const told: DeviceMessage[] = [];
    b.homeserver.onDeviceMessage((message) => told.push(message));
    await world.provisioning.as('PUT', '/sendToDevice/org.baton.delivered/forged', { messages: { [ben]: { '*': { upTo: '$forged' } } } }, a.homeserver.userId);
    await a.homeserver.sendToDevices([ben], 'org.baton.delivered', { upTo: '$1' });
    await vi.waitFor(() => expect(told).toHaveLength(1), 5_000);
    expect(told[0]).toMatchObject({ sender: a.homeserver.userId, senderDevice: a.homeserver.deviceId, type: 'org.baton.delivered', content: { upTo: '$1' } });
  });
});

describe('somebody who writes before there is a certificate of theirs', () => {
  it('is told of when there is one, and what they wrote is proven then', async () => {
    const { user, room } = world.provisioning;
    const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
    const roomId = await room([ann, ben]);
    const b = await device(ben);
    const a = await device(ann, { certify: false });
    const { masterKey } = await a.connection.identified;
    const proven: Proof[] = [];
    b.homeserver.onProof((proof) => proven.push(proof));
    await a.say(roomId, 'hello');
    const { event, decryption } = await b.hears('hello');
    expect(decryption.authenticity).toBe('unverified');
    world.directory.keys.set(ann, masterKey);
    await vi.waitFor(() => expect(proven).toEqual([{ sender: ann }]), 10_000);
    expect(await b.homeserver.decrypt(event)).toMatchObject({ authenticity: 'certified' });
  });
});

describe('a further device', () => {
  it('reads by the key backup what was said before it came, and does not vouch for it', async () => {
    const { ann, roomId, a, b } = await couple();
    // Before a sleeping device is there, to which the keys would go as well.
    await a.say(roomId, 'from a');
    await b.say(roomId, 'from b');
    await a.hears('from b');
    await a.connection.recoverable;
    await backedUp(ann, 2);
    await a.homeserver.stop();
    connected.splice(connected.indexOf(a), 1);
    const second = await again(a);
    await second.connection.synced;
    const events = second.heard.map(({ event }) => event).filter(({ type }) => type === 'm.room.encrypted');
    expect(events).toHaveLength(2);
    expect(await second.homeserver.decrypt(events[0]!)).toMatchObject({ ok: false, reason: 'missing-key' });
    await second.homeserver.fetchBackedUpKeys([roomId]);
    for (const event of events) expect(await second.homeserver.decrypt(event)).toMatchObject({ ok: true, authenticity: 'unverified' });
    await second.connection.recoverable;
    await second.say(roomId, 'from here');
    expect((await b.hears('from here')).decryption.authenticity).toBe('certified');
  });

  it('reads thirty rooms by one fetch, though each asks for itself', async () => {
    const { user, room } = world.provisioning;
    const ann = await user('ann');
    const a = await device(ann);
    await a.connection.recoverable;
    const rooms = await Promise.all(Array.from({ length: 30 }, () => room([ann])));
    await vi.waitFor(() => expect(rooms.every((roomId) => a.homeserver.members(roomId).length > 0)).toBe(true), 10_000);
    for (const roomId of rooms) for (const n of [1, 2, 3]) await a.say(roomId, `${roomId} ${n}`);
    await backedUp(ann, rooms.length);
    const second = await again(a);
    await second.connection.synced;
    const fetched = vi.spyOn(globalThis, 'fetch');
    await Promise.all(rooms.map((roomId) => second.homeserver.fetchBackedUpKeys([roomId])));
    expect(fetched.mock.calls.filter(([url]) => String(url).includes('/room_keys/keys'))).toHaveLength(1);
    fetched.mockRestore();
    const events = second.heard.map(({ event }) => event).filter(({ type }) => type === 'm.room.encrypted');
    const read = await Promise.all(events.map((event) => second.homeserver.decrypt(event)));
    expect(read).toHaveLength(90);
    expect(read.every(({ ok }) => ok)).toBe(true);
  });

  it('with another account’s secret-storage key says that the identity is lost', async () => {
    const { ann, a } = await couple();
    await a.connection.recoverable;
    const stranger = await device(ann, { certify: false });
    await expect(stranger.connection.identified).rejects.toMatchObject({ code: 'IDENTITY_LOST' });
  });
});

describe('somebody who is about to come into a room', () => {
  it('has the keys of those in it beforehand: the first message asks for none', async () => {
    const { user, room, join } = world.provisioning;
    const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
    const b = await device(ben);
    await b.connection.recoverable;
    const a = await device(ann, { firstDevice: true });
    const roomId = await room([ben]);
    const asked = vi.spyOn(globalThis, 'fetch');
    const claims = () => asked.mock.calls.filter(([url]) => String(url).endsWith('/keys/claim')).length;
    await a.connection.acquaint([ben]);
    expect(claims()).toBe(1);
    await join(roomId, ann);
    await a.say(roomId, 'hello');
    await b.hears('hello');
    expect(claims()).toBe(1);
    asked.mockRestore();
  });
});

describe('who gets keys', () => {
  it('nobody, as long as the room holds somebody without a certificate', async () => {
    const { user, room } = world.provisioning;
    const [ann, ben] = await Promise.all([user('ann'), user('ben')]);
    const roomId = await room([ann, ben]);
    const a = await device(ann);
    const b = await device(ben, { certify: false });
    const { masterKey } = await b.connection.identified;
    await expect(a.homeserver.encrypt(roomId, 'm.room.message', { body: 'secret' })).rejects.toMatchObject({ code: 'UNCERTIFIED_MEMBER', details: { userId: ben } });
    world.directory.keys.set(ben, 'AnotherKey');
    await expect(a.homeserver.prepare(roomId)).rejects.toMatchObject({ code: 'UNCERTIFIED_MEMBER' });
    world.directory.keys.set(ben, masterKey);
    await a.say(roomId, 'secret');
    expect((await b.hears('secret')).decryption.authenticity).toBe('certified');
  });

  it('not somebody who is only invited and unknown', async () => {
    const { roomId, a } = await couple();
    await a.say(roomId, 'before');
    const eve = await world.provisioning.user('eve');
    await world.provisioning.invite(roomId, eve);
    await vi.waitFor(() => expect(a.homeserver.members(roomId)).toContainEqual({ userId: eve, membership: 'invite' }));
    await expect(a.homeserver.encrypt(roomId, 'm.room.message', { body: 'after' })).rejects.toMatchObject({ code: 'UNCERTIFIED_MEMBER', details: { userId: eve } });
  });

  it('not a device that its owner has not signed, and its messages count for nothing', async () => {
    const { ann, ben, roomId, a, b } = await couple();
    const rogue = await makeRogue(world, ben);
    const shared: string[] = [];
    const spy = vi.spyOn(globalThis, 'fetch').mockImplementation((...call) => (shared.push(`${String(call[0])} ${String(call[1]?.body)}`), original(...call)));
    await a.say(roomId, 'for signed devices');
    spy.mockRestore();
    await b.hears('for signed devices');
    expect(shared.some((request) => request.includes('/sendToDevice/m.room.encrypted/') && request.includes(b.homeserver.deviceId))).toBe(true);
    expect(shared.some((request) => request.includes('/sendToDevice/m.room.encrypted/') && request.includes(rogue.deviceId))).toBe(false);

    const eventId = await rogue.say(roomId, [ann, ben], 'I am Ben');
    const refused = await a.finds('the message', () => a.heard.find(({ event }) => event.eventId === eventId));
    expect(refused.decryption).toMatchObject({ ok: false, reason: 'damaged' });
  });

  it('not an identity that the server put in the place of a certified one', async () => {
    const { ben, roomId, a, b } = await couple();
    await a.say(roomId, 'to the real one');
    await b.hears('to the real one');
    await (await makeRogue(world, ben)).replaceIdentity();
    await vi.waitFor(() => expect(a.homeserver.encrypt(roomId, 'm.room.message', { body: 'to the forged one' })).rejects.toMatchObject({ code: 'UNCERTIFIED_MEMBER', details: { userId: ben } }), 5_000);
  });

  it('a new session after somebody left', async () => {
    const { roomId, a } = await couple();
    const carl = await device(await world.provisioning.user('carl'));
    await world.provisioning.join(roomId, carl.homeserver.userId);
    await vi.waitFor(() => expect(a.homeserver.members(roomId).map(({ userId }) => userId)).toContain(carl.homeserver.userId));
    const before = await a.homeserver.encrypt(roomId, 'm.room.message', { body: '1' });
    expect((await a.homeserver.encrypt(roomId, 'm.room.message', { body: '2' })).sessionId).toBe(before.sessionId);
    await world.provisioning.kick(roomId, carl.homeserver.userId);
    await vi.waitFor(() => expect(a.homeserver.members(roomId).map(({ userId }) => userId)).not.toContain(carl.homeserver.userId));
    expect((await a.homeserver.encrypt(roomId, 'm.room.message', { body: '3' })).sessionId).not.toBe(before.sessionId);
  });

  it('a new session when it is kept under another key than it was begun, after a restart too', async () => {
    let readership: string | null = null;
    const directory = { ...world.directory, requireReaders: async () => readership };
    const [ann, ben] = await Promise.all([world.provisioning.user('ann'), world.provisioning.user('ben')]);
    const roomId = await world.provisioning.room([ann, ben]);
    const [c] = await Promise.all([device(ann, { directory }), device(ben)]);
    await c.connection.recoverable;
    const sessionOf = async (writer = c) => (await writer.homeserver.encrypt(roomId, 'm.room.message', { body: 'words' })).sessionId;
    const first = await sessionOf();
    readership = 'one';
    expect(await sessionOf()).toBe(first);
    readership = 'two';
    const second = await sessionOf();
    expect(second).not.toBe(first);
    expect(await sessionOf()).toBe(second);
    readership = 'three';
    await c.homeserver.stop();
    connected.splice(connected.indexOf(c), 1);
    const { userId, deviceId } = c.homeserver;
    const restarted = await device(ann, { ...c.options, login: { userId, deviceId, accessToken: c.connection.accessToken } });
    const third = await sessionOf(restarted);
    expect(third).not.toBe(second);
    expect(await sessionOf(restarted)).toBe(third);
  });

  it('a new session after a hundred messages, and each of them can be read', async () => {
    const { roomId, a, b } = await couple();
    const sessions = new Set<string>();
    for (let n = 0; n < 102; n++) sessions.add((await a.homeserver.encrypt(roomId, 'm.room.message', { body: String(n) })).sessionId);
    expect(sessions.size).toBe(2);
    await a.say(roomId, 'last');
    expect((await b.hears('last')).decryption.messageIndex).toBe(2);
  });
});

describe('keys handed over', () => {
  it('let somebody read who was invited long after, both authors gone', async () => {
    const { roomId, a, b } = await couple();
    for (let n = 0; n < 3; n++) {
      await a.say(roomId, `a${n}`);
      await b.say(roomId, `b${n}`);
    }
    await b.hears('b2');
    const sessions = await Promise.all([a, b].map(async (writer) => {
      const { sessionId } = await writer.homeserver.encrypt(roomId, 'm.room.message', { body: '' });
      return writer.homeserver.exportSession(roomId, sessionId);
    }));
    for (const writer of connected.splice(0)) await writer.homeserver.stop();

    const successor = await device(await world.provisioning.user('successor'));
    await world.provisioning.join(roomId, successor.homeserver.userId);
    const events = await successor.finds('the history', () => {
      const found = successor.heard.filter(({ decryption }) => decryption !== null);
      return found.length >= 6 ? found : undefined;
    });
    expect(events.every(({ decryption }) => decryption?.ok === false)).toBe(true);
    // Tried first, apart from what is kept: each opens its own writer's events and no other, a damaged one none.
    const event = events[0]!.event;
    const opens = await Promise.all(sessions.map((exported) => successor.homeserver.opensEvent(exported, event)));
    expect(opens.filter(Boolean)).toHaveLength(1);
    expect(sessions.map(firstIndexOf)).toEqual([0, 0]);
    const right = JSON.parse(sessions[opens.indexOf(true)]!) as { session_key: string };
    const damaged = JSON.stringify({ ...right, session_key: right.session_key.replace(/^(.{40})./, (_, head: string) => `${head}${right.session_key[40] === 'A' ? 'B' : 'A'}`) });
    expect(await successor.homeserver.opensEvent(damaged, event)).toBe(false);
    expect((await successor.homeserver.decrypt(event)).ok).toBe(false);
    const learnt: { roomId: string; sessionId: string }[] = [];
    successor.homeserver.onKeys((keys) => learnt.push(...keys));
    await successor.homeserver.importSessions(sessions);
    await vi.waitFor(() => expect(learnt).toHaveLength(2));
    expect(learnt.every((key) => key.roomId === roomId)).toBe(true);
    const read = await Promise.all(events.map(({ event }) => successor.homeserver.decrypt(event)));
    expect(read.map((decryption) => decryption.ok && [decryption.content.body, decryption.authenticity]).toSorted()).toEqual(['a0', 'a1', 'a2', 'b0', 'b1', 'b2'].map((body) => [body, 'unverified']));
  });
});

describe('history', () => {
  it('is asked for backwards from where a sync began, to the room’s beginning', async () => {
    const { roomId, a } = await couple();
    for (let n = 0; n < 40; n++) await a.say(roomId, `n${n}`);
    await a.hears('n39');
    await a.connection.recoverable;
    const second = await again(a);
    await second.connection.synced;
    const room = second.updates[0]!.rooms.find((update) => update.roomId === roomId)!;
    expect(room.limited).toBe(true);
    const older: string[] = [];
    for (let from: string | null = room.prevBatch; from !== null;) {
      const page = await second.homeserver.messages(roomId, from, 20);
      older.push(...page.events.filter(({ type }) => type === 'm.room.encrypted').map(({ eventId }) => eventId));
      from = page.next;
    }
    const newest = room.timeline.filter(({ type }) => type === 'm.room.encrypted').map(({ eventId }) => eventId);
    expect(new Set([...older, ...newest]).size).toBe(40);
    expect(older.length + newest.length).toBe(40);
  });
});

describe('signing out', () => {
  it('from afar ends the connection', async () => {
    const { ann, a } = await couple();
    await a.connection.recoverable;
    await world.provisioning.as('DELETE', `/devices/${a.homeserver.deviceId}`, {}, ann);
    await vi.waitFor(() => expect(a.homeserver.connection.current()).toBe('ended'), 5_000);
  });

  it('leaves no database behind', async () => {
    const { a } = await couple();
    const prefix = a.options.databasePrefix;
    const names = async () => (await indexedDB.databases()).map(({ name }) => name).filter((name) => name?.startsWith(prefix));
    expect(await names()).not.toEqual([]);
    await a.homeserver.stop();
    connected.splice(connected.indexOf(a), 1);
    await wipeHomeserver(prefix);
    expect(await names()).toEqual([]);
  });
});
