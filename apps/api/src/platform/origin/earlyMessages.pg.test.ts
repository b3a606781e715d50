import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimAsCandidate, enterAsCandidate, openConversation, type TestConversation } from '../../testing/candidates.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makeCandidacy, makePerson, makeProject, recordDocuments } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';
import { beginLog, rosterOf } from '../../testing/vaults.ts';

/** A homeserver that gives every message an id, as long as it is told to. */
let refuses = false;
let sent = 0;
const homeserver = http.createServer((request, response) => {
  request.resume().on('end', () => {
    response.writeHead(refuses ? 403 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(refuses ? { errcode: 'M_FORBIDDEN' } : { event_id: `$${(sent += 1)}` }));
  });
});
let api: TestApi;
let address: string;
let firm: TestFirm;
let lead: TestPerson;
let colleague: TestPerson;
let projectId: string;
let conversation: TestConversation;
let candidate: TestPerson;
const listening: AbortController[] = [];

beforeAll(async () => {
  homeserver.listen(0, '127.0.0.1');
  await once(homeserver, 'listening');
  api = await startTestApi({ matrixUrl: `http://127.0.0.1:${(homeserver.address() as AddressInfo).port}` });
  address = await api.app.listen({ port: 0, host: '127.0.0.1' });
  firm = await makeFirm(api);
  [lead, colleague] = [await firm.addMember('CONSULTANT'), await firm.addMember('CONSULTANT')];
});
beforeEach(async () => {
  projectId = (await makeProject(lead.client)).id;
  await setTeam([colleague]);
  conversation = await openOne();
  candidate = await enterAsCandidate(api, firm, conversation);
});
afterEach(() => listening.splice(0).forEach((each) => each.abort()));
afterAll(async () => {
  await api.close();
  homeserver.closeAllConnections();
  homeserver.close();
});

const openOne = async (): Promise<TestConversation> => openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
const setTeam = (others: TestPerson[]) =>
  lead.client.must(recordDocuments.setMembers, { input: { projectId, members: [{ memberId: lead.accountId, role: 'LEAD' }, ...others.map(({ accountId }) => ({ memberId: accountId, role: 'MEMBER' }))] } });
const content = { algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'AwgA…接力' };

/** Sends a message as this person's browser does. */
async function send(person: TestPerson, { roomId }: { roomId: string }, body: object = content, type = 'm.room.encrypted'): Promise<{ status: number; eventId: string }> {
  const response = await fetch(`${address}/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/${type}/t${Math.random()}`, {
    method: 'PUT', headers: { authorization: 'Bearer of the device', cookie: person.client.cookie() }, body: JSON.stringify(body),
  });
  return { status: response.status, eventId: ((await response.json()) as { event_id: string }).event_id };
}

const listen = (cookie: string): Promise<Response> => {
  const end = new AbortController();
  listening.push(end);
  return fetch(`${address}/early-messages`, { headers: cookie ? { cookie } : {}, signal: end.signal });
};

/** What this person's browser hears from now on, in an array that grows. */
async function follow(person: TestPerson): Promise<{ heard: Record<string, unknown>[]; ended: Promise<void> }> {
  const heard: Record<string, unknown>[] = [];
  const response = await listen(person.client.cookie());
  expect(response.status).toBe(200);
  const lines = response.body!.pipeThrough(new TextDecoderStream());
  const read = async (): Promise<void> => {
    let rest = '';
    for await (const text of lines) {
      const parts = (rest + text).split('\n\n');
      rest = parts.pop() ?? '';
      heard.push(...parts.filter((part) => part.startsWith('data: ')).map((part) => JSON.parse(part.slice(6)) as Record<string, unknown>));
    }
  };
  return { heard, ended: read().catch(() => undefined) };
}

/** Long enough for whatever there is to be heard. */
const moment = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 150));

describe('A message that the homeserver has accepted', () => {
  test('is heard by the team and the candidate, as their sync will have it, and not by its writer', async () => {
    const [team, theirs, own] = [await follow(colleague), await follow(candidate), await follow(lead)];
    const { eventId } = await send(lead, conversation);
    await moment();
    const message = { eventId, roomId: conversation.roomId, sender: lead.mxid, type: 'm.room.encrypted', content, originServerTs: expect.any(Number) };
    expect([team.heard, theirs.heard, own.heard]).toEqual([[message], [message], []]);
  });

  test('is heard in a team room by the project’s members alone', async () => {
    const roomId = await beginLog(api, firm, lead, projectId, rosterOf([lead], [colleague]));
    const [team, theirs, partner] = [await follow(colleague), await follow(candidate), await follow(firm.partner)];
    await send(lead, { roomId });
    await moment();
    expect([team.heard.length, theirs.heard.length, partner.heard.length]).toEqual([1, 0, 0]);
  });

  test('comes from a candidate under their own name', async () => {
    const { heard } = await follow(lead);
    await send(candidate, conversation);
    await moment();
    expect(heard).toMatchObject([{ sender: candidate.mxid }]);
  });

  test('is heard by nobody else: another candidate, one who has not come in yet, a partner who takes no part, another firm', async () => {
    const others = [
      await enterAsCandidate(api, firm, await openOne()),
      await claimAsCandidate(api, firm, (await openOne()).invitation),
      firm.partner,
      (await makeFirm(api)).partner,
    ];
    const heard = await Promise.all(others.map(follow));
    await send(lead, conversation);
    await moment();
    expect(heard.map((each) => each.heard)).toEqual([[], [], [], []]);
  });

  test('is not heard by whoever has left the project since they began to listen', async () => {
    const { heard } = await follow(colleague);
    await setTeam([]);
    await send(lead, conversation);
    await moment();
    expect(heard).toEqual([]);
  });

  test('is told to nobody when its writer has no part in the room, whatever token they have', async () => {
    const { heard } = await follow(lead);
    await send((await makeFirm(api)).partner, conversation);
    await send(await firm.addMember('RESEARCHER'), conversation);
    await moment();
    expect(heard).toEqual([]);
  });
});

test('Nothing is told of what the homeserver refused, and of what is no encrypted message', async () => {
  const { heard } = await follow(colleague);
  refuses = true;
  expect((await send(lead, conversation)).status).toBe(403);
  refuses = false;
  await send(lead, conversation, { body: 'in clear' }, 'm.room.message');
  await moment();
  expect(heard).toEqual([]);
});

test('Whoever is not signed in can’t listen, and a session that ends hears no more', async () => {
  expect((await listen('')).status).toBe(401);
  const person = await firm.addMember('CONSULTANT');
  const { ended } = await follow(person);
  await person.client.must('mutation { signOut { signedOut } }');
  await ended;
});

test('One account is told on a limited number of devices', async () => {
  const person = await firm.addMember('CONSULTANT');
  const answers = await Promise.all(Array.from({ length: 31 }, () => listen(person.client.cookie())));
  expect(answers.map(({ status }) => status).toSorted()).toEqual([...Array.from({ length: 30 }, () => 200), 429]);
});
