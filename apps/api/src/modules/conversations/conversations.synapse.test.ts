import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeSynapseAdmin } from '../../platform/matrix/synapse/synapseAdmin.ts';
import { enterAsCandidate, openConversation } from '../../testing/candidates.ts';
import { makeFirm, type TestFirm } from '../../testing/firm.ts';
import { logIn } from '../../testing/matrixBrowser.ts';
import { makeCandidacy, makePerson, makeProject } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

const synapse = makeSynapseAdmin(inject('matrix'));
let api: TestApi;
let firm: TestFirm;

beforeAll(async () => {
  await synapse.ensureReady();
  api = await startTestApi({ matrix: synapse });
  firm = await makeFirm(api);
});
afterAll(() => api.close());

test('a recruiter writes before the candidate exists; the candidate comes, reads, answers, and leaves', async () => {
  const project = await makeProject(firm.partner.client);
  const conversation = await openConversation(api, firm, firm.partner, (await makeCandidacy(firm.partner.client, (await makePerson(firm.partner.client)).id, project.id)).id);
  const room = encodeURIComponent(conversation.roomId);
  const message = (text: string) => ({ algorithm: 'm.megolm.v1.aes-sha2', ciphertext: text });

  const recruiter = await logIn(firm.partner);
  expect((await recruiter('PUT', `rooms/${room}/send/m.room.encrypted/1`, message('hello'))).status).toBe(200);

  const person = await enterAsCandidate(api, firm, conversation);
  const candidate = await logIn(person);
  const { body } = await candidate('GET', `rooms/${room}/messages?dir=b&limit=50`);
  expect(body.chunk.map((event: { content: { ciphertext?: string } }) => event.content.ciphertext).filter(Boolean)).toEqual(['hello']);
  expect((await candidate('PUT', `rooms/${room}/send/m.room.encrypted/1`, message('and hello to you'))).status).toBe(200);
  expect((await synapse.joinedMembers(conversation.roomId)).sort()).toEqual([firm.partner.mxid, person.mxid].sort());

  await person.client.must('mutation ($id: ID!) { leaveConversation(input: { conversationId: $id }) { userErrors { code } } }', { id: conversation.id });
  expect((await candidate('GET', `rooms/${room}/messages?dir=b`)).status).toBe(403);
});

test('the first sync of whoever opens a conversation has the whole team in it', async () => {
  // One after the other: each appends to the firm's log, where of two at a time one is refused.
  const colleagues = [await firm.addMember('CONSULTANT'), await firm.addMember('RESEARCHER')];
  const project = await makeProject(firm.partner.client, { members: colleagues.map(({ accountId }) => ({ memberId: accountId, role: 'MEMBER' })) });
  const recruiter = await logIn(firm.partner);
  const { body: before } = await recruiter('GET', 'sync?timeout=0');
  const { roomId } = await openConversation(api, firm, firm.partner, (await makeCandidacy(firm.partner.client, (await makePerson(firm.partner.client)).id, project.id)).id);
  const { body } = await recruiter('GET', `sync?timeout=5000&since=${before.next_batch}`);
  const { state, timeline } = body.rooms.join[roomId];
  const joined = [...state.events, ...timeline.events].filter((event: any) => event.type === 'm.room.member' && event.content.membership === 'join').map((event: any) => event.state_key);
  expect(joined).toEqual(expect.arrayContaining([firm.partner, ...colleagues].map(({ mxid }) => mxid)));
});

test('whoever is signed out is out at the homeserver', async () => {
  const person = await firm.addMember('RESEARCHER');
  const browser = await logIn(person);
  expect((await browser('GET', 'account/whoami')).status).toBe(200);
  await firm.partner.client.must('mutation ($id: ID!) { endMemberSessions(input: { memberId: $id }) { userErrors { code } } }', { id: person.accountId });
  expect((await browser('GET', 'account/whoami')).status).toBe(401);
});
