import { newId } from '@baton/base';
import { beforeAll, describe, expect, inject, test } from 'vitest';
import { makeSynapseAdmin } from './synapseAdmin.ts';

const matrix = inject('matrix');
const admin = makeSynapseAdmin(matrix);

/** What a browser does with its log-in token. */
async function logIn(mxid: string, deviceId: string): Promise<{ status: number; accessToken: string; deviceId: string }> {
  const { token } = await admin.mintLogin(mxid, deviceId);
  const response = await fetch(`${matrix.url}/_matrix/client/v3/login`, {
    method: 'POST', body: JSON.stringify({ type: 'org.matrix.login.jwt', token, device_id: deviceId }),
  });
  const body = (await response.json()) as { access_token: string; device_id: string };
  return { status: response.status, accessToken: body.access_token, deviceId: body.device_id };
}

const call = (accessToken: string, method: string, path: string, body?: object, signal?: AbortSignal) =>
  fetch(`${matrix.url}/_matrix/client/v3/${path}`, {
    method, headers: { authorization: `Bearer ${accessToken}` }, ...(body && { body: JSON.stringify(body) }), ...(signal && { signal }),
  });

async function newUser(name: string): Promise<string> {
  const mxid = admin.mxidOf(newId('account'), 'MEMBER');
  await admin.registerUser(mxid, name);
  return mxid;
}

beforeAll(() => admin.ensureReady());

test('the service account is made once, however often it is asked for', async () => {
  await admin.ensureReady();
  await expect(admin.devices(`@svc:${matrix.serverName}`)).resolves.toEqual([]);
});

describe('a user', () => {
  test('is registered twice without harm, and shows the name', async () => {
    const mxid = await newUser('林悦');
    await admin.registerUser(mxid, '林悦 Yue');
    const { accessToken } = await logIn(mxid, 'BROWSER1');
    const profile = await call(accessToken, 'GET', `profile/${encodeURIComponent(mxid)}/displayname`);
    expect(await profile.json()).toEqual({ displayname: '林悦 Yue' });
  });

  test('logs in on the device that the API chose, and a deleted device ends its long poll', async () => {
    const mxid = await newUser('A');
    const { status, accessToken, deviceId } = await logIn(mxid, 'BROWSER2');
    expect([status, deviceId]).toEqual([200, 'BROWSER2']);
    expect(await admin.devices(mxid)).toEqual(['BROWSER2']);
    const first = (await (await call(accessToken, 'GET', 'sync')).json()) as { next_batch: string };
    const poll = call(accessToken, 'GET', `sync?timeout=30000&since=${first.next_batch}`);
    const started = Date.now();
    await admin.deleteDevices(mxid, ['BROWSER2', 'NEVER-SEEN']);
    await poll;
    expect(Date.now() - started).toBeLessThan(20_000);
    expect((await call(accessToken, 'GET', 'account/whoami')).status).toBe(401);
    expect(await admin.devices(mxid)).toEqual([]);
  });

  test('is refused with a forged token', async () => {
    const mxid = await newUser('A');
    const forged = await makeSynapseAdmin({ ...matrix, jwtSecret: 'a secret that is not the server\'s' }).mintLogin(mxid, 'X');
    const response = await call('', 'POST', 'login', { type: 'org.matrix.login.jwt', token: forged.token });
    expect(response.status).toBe(403);
  });
});

describe('a room', () => {
  test('is the same for the same key, encrypted, of version 12, and takes no invitation from its members', async () => {
    const key = newId('conversation');
    const roomId = await admin.createRoom(key);
    expect(await admin.createRoom(key)).toBe(roomId);
    const [recruiter, outsider] = [await newUser('R'), await newUser('O')];
    await admin.join(roomId, recruiter);
    await admin.join(roomId, recruiter);
    expect(await admin.joinedMembers(roomId)).toEqual([recruiter]);

    const { accessToken } = await logIn(recruiter, 'ROOM1');
    const state = (await (await call(accessToken, 'GET', `rooms/${encodeURIComponent(roomId)}/state`)).json()) as { type: string; content: Record<string, unknown> }[];
    const content = (type: string) => state.find((event) => event.type === type)?.content;
    expect(content('m.room.create')).toMatchObject({ room_version: '12', 'm.federate': false });
    expect(content('m.room.encryption')).toMatchObject({ algorithm: 'm.megolm.v1.aes-sha2' });
    expect(content('m.room.history_visibility')).toEqual({ history_visibility: 'shared' });
    expect(content('m.room.guest_access')).toEqual({ guest_access: 'forbidden' });

    const room = encodeURIComponent(roomId);
    expect((await call(accessToken, 'POST', `rooms/${room}/invite`, { user_id: outsider })).status).toBe(403);
    expect((await call(accessToken, 'POST', `rooms/${room}/kick`, { user_id: `@svc:${matrix.serverName}` })).status).toBe(403);
    expect((await call(accessToken, 'PUT', `rooms/${room}/state/m.room.name/`, { name: 'mine' })).status).toBe(403);
    expect((await call(accessToken, 'PUT', `rooms/${room}/send/m.room.encrypted/t1`, { algorithm: 'x', ciphertext: 'y' })).status).toBe(200);
  });

  test('is out of reach for whoever was removed, what came before included', async () => {
    const roomId = await admin.createRoom(newId('conversation'));
    const [stays, goes] = [await newUser('S'), await newUser('G')];
    for (const mxid of [stays, goes]) await admin.join(roomId, mxid);
    const { accessToken } = await logIn(goes, 'GONE1');
    const history = `rooms/${encodeURIComponent(roomId)}/messages?dir=b`;
    expect((await call(accessToken, 'GET', history)).status).toBe(200);
    await admin.remove(roomId, goes, 'left');
    await admin.remove(roomId, goes, 'left');
    expect(await admin.joinedMembers(roomId)).toEqual([stays]);
    expect((await call(accessToken, 'GET', history)).status).toBe(403);
    await admin.join(roomId, goes);
    expect((await admin.joinedMembers(roomId)).sort()).toEqual([stays, goes].sort());
  });

  test('takes state from the service account, and makes one event of the same state', async () => {
    const roomId = await admin.createRoom(newId('conversation'));
    const member = await newUser('T');
    await admin.join(roomId, member);
    const state = { type: 'com.baton.handover', key: '1', content: { seq: 1 } };
    for (let i = 0; i < 2; i += 1) await admin.setState(roomId, state);
    await admin.setState(roomId, { ...state, key: '2', content: { seq: 2 } });
    const { accessToken } = await logIn(member, 'STATE1');
    const { chunk } = (await (await call(accessToken, 'GET', `rooms/${encodeURIComponent(roomId)}/messages?dir=f&limit=100`)).json()) as { chunk: { type: string; sender: string; content: object }[] };
    const told = chunk.filter((event) => event.type === state.type);
    expect(told.map((event) => [event.sender, event.content])).toEqual([[`@svc:${matrix.serverName}`, { seq: 1 }], [`@svc:${matrix.serverName}`, { seq: 2 }]]);
  });

  test('tells under which sessions it was written, from where one has it', async () => {
    const roomId = await admin.createRoom(newId('conversation'));
    const [one, other] = [await newUser('O'), await newUser('P')];
    for (const mxid of [one, other]) await admin.join(roomId, mxid);
    const tokens = [(await logIn(one, 'ENC1')).accessToken, (await logIn(other, 'ENC2')).accessToken];
    let sent = 0;
    const write = async (who: 0 | 1, type: string, content: object) =>
      (await (await call(tokens[who]!, 'PUT', `rooms/${encodeURIComponent(roomId)}/send/${type}/t${++sent}`, content)).json()) as { event_id: string };
    const encrypted = (sessionId: string) => ({ algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'x', session_id: sessionId });
    const sessions = ({ events }: { events: { sessionId: string; sender: string }[] }) => events.map(({ sessionId, sender }) => [sessionId, sender]);

    expect(await admin.encryptedEvents(roomId, null)).toMatchObject({ events: [] });
    const before = Date.now();
    await write(0, 'm.room.encrypted', encrypted('first'));
    await write(1, 'm.reaction', {});
    await write(1, 'm.room.encrypted', encrypted('second'));
    const taken = await write(1, 'm.room.encrypted', encrypted('taken back'));
    await call(tokens[1]!, 'PUT', `rooms/${encodeURIComponent(roomId)}/redact/${encodeURIComponent(taken.event_id)}/r1`, {});
    const page = await admin.encryptedEvents(roomId, null);
    expect(sessions(page)).toEqual([['first', one], ['second', other]]);
    expect(page.events[0]?.sentAt).toBeGreaterThan(before - 1000);
    expect(await admin.encryptedEvents(roomId, page.next)).toEqual({ events: [], next: null });
    await write(0, 'm.room.encrypted', encrypted('third'));
    expect(sessions(await admin.encryptedEvents(roomId, page.next))).toEqual([['third', one]]);
  });

  test('lets go of somebody who never came', async () => {
    const roomId = await admin.createRoom(newId('conversation'));
    await expect(admin.remove(roomId, await newUser('N'), 'left')).resolves.toBeUndefined();
  });
});

test('a re-made identity takes the place of the old one, which its owner may not do', async () => {
  const mxid = await newUser('I');
  const { accessToken } = await logIn(mxid, 'IDENT1');
  const identity = (byte: number) => {
    const key = Buffer.alloc(32, byte).toString('base64').replace(/=+$/, '');
    return { master_key: { user_id: mxid, usage: ['master'], keys: { [`ed25519:${key}`]: key } } };
  };
  expect(await admin.masterKey(mxid)).toBeNull();
  expect((await call(accessToken, 'POST', 'keys/device_signing/upload', identity(1))).status).toBe(200);
  expect((await call(accessToken, 'POST', 'keys/device_signing/upload', identity(2))).status).toBe(401);
  await admin.replaceIdentity(mxid, identity(2));
  expect(await admin.masterKey(mxid)).toBe(Object.values(identity(2).master_key.keys)[0]);
});

test('an account that was ended logs in no more, and is out of its rooms; twice is no error', async () => {
  const mxid = await newUser('E');
  const [here, there] = [await admin.createRoom(newId('conversation')), await admin.createRoom(newId('conversation'))];
  for (const roomId of [here, there]) await admin.join(roomId, mxid);
  const { accessToken } = await logIn(mxid, 'ENDED1');
  await admin.remove(here, mxid, 'came back by a new link');
  for (let i = 0; i < 2; i += 1) await admin.deactivate(mxid);
  expect((await call(accessToken, 'GET', 'account/whoami')).status).toBe(401);
  expect((await logIn(mxid, 'ENDED2')).status).toBe(403);
  expect(await admin.devices(mxid)).toEqual([]);
  // A removal that failed before may still come after it.
  await admin.remove(there, mxid, 'came back by a new link');
  expect([await admin.joinedMembers(here), await admin.joinedMembers(there)]).toEqual([[], []]);
});

test('a homeserver that is down is told apart from one that refuses', async () => {
  const down = makeSynapseAdmin({ ...matrix, url: 'http://127.0.0.1:9' });
  await expect(admin.ping()).resolves.toBeUndefined();
  await expect(down.ping()).rejects.toMatchObject({ code: 'MATRIX_UNAVAILABLE' });
  await expect(down.createRoom('x')).rejects.toMatchObject({ code: 'MATRIX_UNAVAILABLE' });
  await expect(admin.join('!nowhere', await newUser('D'))).rejects.toMatchObject({ name: 'MatrixRefusal' });
});
