import 'fake-indexeddb/auto';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import type {} from '../../../../scripts/testing/provided.ts';
import { startTestSynapse, type TestSynapse } from '../../../../scripts/testing/synapse.ts';
import { online } from '../online.ts';
import { makeSession, type OwnedSession } from '../makeSession.ts';
import { connectHomeserver, type HomeserverConnection, type HomeserverOptions } from '../matrix/index.ts';
import { makeDirectory } from '../matrix/testing/device.ts';
import { provision, type Provisioning } from '../matrix/testing/provision.ts';
import type { MessageStore } from '../ports.ts';
import { openIndexedDbStore } from '../stores/indexedDbStore.ts';
import { makeWebCryptoSealer } from '../stores/webCryptoSealer.ts';
import { checkDelivery, outcomes, type DeviceView, type SendRecord } from '../testing/checker.ts';
import { deviceView } from '../testing/deviceView.ts';
import { startLossyProxy, type LossyProxy } from '../testing/lossyProxy.ts';

/** A person's device over several lives of its page: the databases stay. */
interface Device {
  options: HomeserverOptions;
  store: MessageStore;
  session: OwnedSession;
  connection: HomeserverConnection;
}

let synapse: TestSynapse;
let proxy: LossyProxy;
let people: Provisioning;
let loss = 0;
const directory = makeDirectory();
const devices = new Set<Device>();

beforeAll(async () => {
  synapse = await startTestSynapse(inject('runFolder'));
  people = await provision(synapse.matrix);
  proxy = await startLossyProxy(synapse.matrix.url, (method, path) => method === 'PUT' && path.includes('/send/m.room.encrypted/') && Math.random() < loss);
});
afterAll(async () => {
  for (const device of devices) await close(device);
  await proxy.close();
  await synapse.service.stop();
});

const sealer = async () => makeWebCryptoSealer(await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']));

async function open(options: HomeserverOptions, store: MessageStore): Promise<Device> {
  const session = await makeSession({
    store,
    depositor: { deposit: async ({ exportSession }) => void (await exportSession()) },
    accountDataSealer: { seal: async (bytes) => bytes, open: async (bytes) => bytes },
    sideOf: (userId) => (userId.includes('recruiter') ? 'firm' : userId.includes('candidate') ? 'candidate' : ''),
    userId: options.login.userId,
    report: (problem) => console.error(problem),
  });
  const connection = await connectHomeserver(options);
  void connection.identified.then(({ masterKey }) => directory.keys.set(options.login.userId, masterKey), () => undefined);
  session.attach(connection.homeserver, online);
  const device = { options, store, session, connection };
  devices.add(device);
  return device;
}

/** A device's first page. `secretStorageKey` is the account's, where it has another device. */
async function signIn(userId: string, secretStorageKey: Uint8Array = randomBytes(32)): Promise<Device> {
  const deviceId = `D${randomBytes(5).toString('hex').toUpperCase()}`;
  const options: HomeserverOptions = {
    baseUrl: proxy.url,
    login: { userId, deviceId, token: people.token(userId) },
    databasePrefix: `outbox-${deviceId}`,
    storageKey: randomBytes(32),
    secretStorageKey,
    directory,
    serviceUserId: people.serviceUserId,
    relogin: async () => people.token(userId),
  };
  const store = await openIndexedDbStore({ name: `messages-${deviceId}`, sealer: await sealer() });
  const device = await open(options, store);
  await device.connection.recoverable;
  return device;
}

async function close(device: Device): Promise<void> {
  devices.delete(device);
  device.session.stop();
  await device.connection.homeserver.stop();
}

/** The page is killed, and the same device opens another. */
async function reload(device: Device): Promise<Device> {
  await close(device);
  const { userId, deviceId } = device.options.login;
  return open({ ...device.options, login: { userId, deviceId, accessToken: device.connection.accessToken } }, device.store);
}

/** Sends, and writes down how that went: stored on the device is what is promised. */
function say(device: Device, roomId: string, mid: string, sends: SendRecord[]): void {
  const record = (kind: SendRecord['kind']): void => void sends.push({ kind, device: device.options.login.deviceId, mid, body: `body of ${mid}` });
  record('invoke');
  device.session.send(roomId, { body: `body of ${mid}` }, mid).then(() => record('ok'), () => record('info'));
}

/** Everything that was to be sent has come back from the homeserver. */
async function settle(sends: SendRecord[], ...involved: Device[]): Promise<void> {
  const open = (): string[] => [...outcomes(sends)].filter(([, kind]) => kind === 'invoke').map(([mid]) => mid);
  await vi.waitFor(() => expect(open()).toEqual([]), 10_000);
  for (const { store } of involved) await vi.waitFor(async () => expect((await store.outboxRows()).map(({ mid, state }) => `${mid} ${state}`)).toEqual([]), { timeout: 60_000, interval: 100 });
}

async function viewOf(device: Device, roomId: string, atLeast: number): Promise<DeviceView> {
  const timeline = device.session.openTimeline(roomId);
  const count = (): number => timeline.state.current().items.filter((item) => item.kind === 'message').length;
  await vi.waitFor(
    async () => {
      await device.session.loadEarlier(roomId);
      expect(timeline.state.current().hasEarlier).toBe(false);
      const shut = (await device.store.undecrypted(roomId)).map(({ wire, decryption }) => `${wire.sender} ${JSON.stringify(decryption)}`);
      expect(count(), `shown by ${device.options.login.deviceId}, which can't read ${shut}`).toBeGreaterThanOrEqual(atLeast);
    },
    { timeout: 30_000, interval: 100 },
  );
  const state = timeline.state.current();
  timeline.close();
  return deviceView(device.options.login.deviceId, state, async (eventId) => (await device.store.find(roomId, { eventIds: [eventId] }))[0]);
}

/** Two people who certify each other, in a room that both know of. */
async function couple(): Promise<{ recruiter: Device; candidate: Device; roomId: string }> {
  const [recruiterId, candidateId] = await Promise.all([people.user('recruiter'), people.user('candidate')]);
  const [recruiter, candidate] = await Promise.all([signIn(recruiterId), signIn(candidateId)]);
  const roomId = await people.room([recruiterId, candidateId]);
  for (const device of [recruiter, candidate]) {
    await vi.waitFor(() => expect(device.session.rooms.current().map((room) => room.roomId)).toContain(roomId), 10_000);
  }
  return { recruiter, candidate, roomId };
}

it('delivers once and in order though the homeserver is killed in mid-send, answers get lost and a page dies', async () => {
  const { roomId, ...pair } = await couple();
  let { recruiter, candidate } = pair;
  const sends: SendRecord[] = [];
  const mids = (prefix: string, from: number, to: number): string[] => Array.from({ length: to - from }, (_, n) => `${prefix}${from + n}`);
  loss = 0.3;
  for (const mid of mids('r', 0, 10)) say(recruiter, roomId, mid, sends);
  for (const mid of mids('c', 0, 10)) say(candidate, roomId, mid, sends);
  await sleep(400);

  await synapse.service.kill();
  for (const mid of mids('r', 10, 20)) say(recruiter, roomId, mid, sends);
  await sleep(300);
  recruiter = await reload(recruiter);
  for (const mid of mids('c', 10, 20)) say(candidate, roomId, mid, sends);
  await synapse.service.start();
  for (const mid of mids('r', 20, 30)) say(recruiter, roomId, mid, sends);
  await sleep(500);
  candidate = await reload(candidate);
  await settle(sends, recruiter, candidate);
  expect(proxy.lost()).toBeGreaterThan(0);

  loss = 0;
  const fresh = await signIn(recruiter.options.login.userId, recruiter.options.secretStorageKey);
  const views = await Promise.all([recruiter, candidate, fresh].map((device) => viewOf(device, roomId, 50)));
  expect(checkDelivery({ sends, views })).toEqual([]);
  expect(views.map(({ messages }) => messages.length)).toEqual([50, 50, 50]);
}, 150_000);

it('is not deceived by an answer that got lost each time: the homeserver holds the message once', async () => {
  const { recruiter, candidate, roomId } = await couple();
  loss = 1;
  const before = proxy.lost();
  const sends: SendRecord[] = [];
  say(recruiter, roomId, 'm1', sends);
  await vi.waitFor(() => expect(proxy.lost()).toBeGreaterThan(before), 10_000);
  // The echo says what no answer could.
  await settle(sends, recruiter);
  loss = 0;
  say(recruiter, roomId, 'm2', sends);
  await settle(sends, recruiter);
  const views = await Promise.all([recruiter, candidate].map((device) => viewOf(device, roomId, 2)));
  expect(checkDelivery({ sends, views })).toEqual([]);
  const { events } = await recruiter.connection.homeserver.messages(roomId, null, 100);
  expect(events.filter(({ type }) => type === 'm.room.encrypted')).toHaveLength(2);
}, 60_000);

it('shows both people the same ticks: delivered when it is decrypted and stored there, read when it was read', async () => {
  const { recruiter, candidate, roomId } = await couple();
  const timeline = recruiter.session.openTimeline(roomId);
  const last = (): unknown => timeline.state.current().items.at(-1);
  await recruiter.session.send(roomId, { body: 'hello' }, 'hello');
  await vi.waitFor(() => expect(last()).toMatchObject({ key: 'hello', status: 'delivered' }), 10_000);
  const key = candidate.session.rooms.current().find((room) => room.roomId === roomId)?.last?.key as string;
  await candidate.session.markRead(roomId, key);
  await vi.waitFor(() => expect(last()).toMatchObject({ key: 'hello', status: 'read', reached: { read: [candidate.options.login.userId] } }), 10_000);
  timeline.close();
}, 30_000);
