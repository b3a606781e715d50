import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { makeSynapseAdmin } from '../../platform/matrix/synapse/synapseAdmin.ts';
import { candidateInvitation, enterAsCandidate, openConversation } from '../../testing/candidates.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { logIn } from '../../testing/matrixBrowser.ts';
import { homeserverDone } from '../../testing/matrixTasks.ts';
import { makeCandidacy, makePerson, makeProject } from '../../testing/records.ts';
import * as vault from '../../testing/signing.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';
import { beginLog, lineContext, projectStateOf, rosterOf, sendLine, vaultDocuments } from '../../testing/vaults.ts';

const synapse = makeSynapseAdmin(inject('matrix'));
let api: TestApi;
let firm: TestFirm;
let lead: TestPerson;
let successor: TestPerson;
let researcher: TestPerson;

beforeAll(async () => {
  await synapse.ensureReady();
  api = await startTestApi({ matrix: synapse });
  firm = await makeFirm(api);
  lead = await firm.addMember('CONSULTANT');
  successor = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
});
afterAll(() => api.close());

const path = (roomId: string, rest: string): string => `rooms/${encodeURIComponent(roomId)}/${rest}`;
const mxids = (...people: TestPerson[]): string[] => people.map(({ mxid }) => mxid).sort();
const joined = async (roomId: string): Promise<string[]> => (await synapse.joinedMembers(roomId)).sort();
const message = (sessionId: string) => ({ algorithm: 'm.megolm.v1.aes-sha2', ciphertext: 'x', session_id: sessionId });
const coverage = async (projectId: string) => {
  api.clock.advance(5000);
  const { coverage: found } = (await successor.client.must(vaultDocuments.coverage, { id: projectId }))['project'].vault;
  return [found.sessions, found.deposited, found.covered, found.gaps.map((gap: { sessionId: string }) => gap.sessionId)];
};

test('a project is handed over: rooms, threads, and what was written before', async () => {
  const { id: projectId } = await makeProject(lead.client, { members: [{ memberId: researcher.accountId, role: 'MEMBER' }] });
  const conversation = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
  const candidate = await enterAsCandidate(api, firm, conversation);
  const teamRoom = await beginLog(api, firm, lead, projectId, rosterOf([lead], [researcher]));
  expect(await joined(teamRoom)).toEqual(mxids(lead, researcher));

  const [leaver, theirs] = [await logIn(lead), await logIn(candidate)];
  expect((await leaver('PUT', path(conversation.roomId, 'send/m.room.encrypted/1'), message('of-lead'))).status).toBe(200);
  expect((await theirs('PUT', path(conversation.roomId, 'send/m.room.encrypted/1'), message('of-candidate'))).status).toBe(200);
  expect((await leaver('PUT', path(teamRoom, 'send/m.room.encrypted/2'), message('of-team'))).status).toBe(200);
  const deposit = (person: TestPerson, roomId: string, sessionId: string) =>
    person.client.must(vaultDocuments.deposit, { input: { projectId, deposits: [{ roomId, sessionId, epoch: 1, sealed: 'sealed' }] } });
  await deposit(lead, conversation.roomId, 'of-lead');
  await deposit(candidate, conversation.roomId, 'of-candidate');

  const handover = vault.makeHandover(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId), { from: lead.accountId, to: successor.accountId });
  expect((await sendLine(lead.client, projectId, handover, 'handOver')).userErrors).toEqual([]);
  await homeserverDone(api);
  expect(await joined(conversation.roomId)).toEqual(mxids(successor, researcher, candidate));
  expect(await joined(teamRoom)).toEqual(mxids(successor, researcher));
  for (const roomId of [conversation.roomId, teamRoom]) expect((await leaver('GET', path(roomId, 'messages?dir=b'))).status).toBe(403);

  const { body } = await theirs('GET', path(conversation.roomId, 'messages?dir=b&limit=20'));
  const told = body.chunk.filter((event: { type: string }) => event.type === 'com.baton.handover');
  expect(told.map((event: { sender: string; content: object }) => [event.sender, event.content])).toEqual([[`@svc:${synapse.serverName}`, { seq: 1 }]]);

  const { vault: { deposits } } = (await successor.client.must(vaultDocuments.deposits, { id: projectId }))['project'];
  expect(deposits.map((each: { sessionId: string }) => each.sessionId)).toEqual(['of-lead', 'of-candidate']);
  expect(await coverage(projectId)).toEqual([3, 2, 0, ['of-lead', 'of-candidate', 'of-team']]);
  await successor.client.must(vaultDocuments.check, { input: { projectId, checks: [{ number: 1, reachesFirst: true }, { number: 2, reachesFirst: true }] } });
  expect((await theirs('PUT', path(conversation.roomId, 'send/m.room.encrypted/2'), message('later'))).status).toBe(200);
  expect(await coverage(projectId)).toEqual([4, 2, 2, ['of-team', 'later']]);
});

test('a candidate who lost everything comes back as somebody new: the old identity is out of the room, and out of Matrix', async () => {
  const { id: projectId } = await makeProject(lead.client);
  const conversation = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
  const lost = await enterAsCandidate(api, firm, conversation);
  const old = await logIn(lost);
  const made = candidateInvitation(api, firm, lead, conversation.id);
  const { renewConversationInvitation } = await lead.client.must('mutation ($input: RenewConversationInvitationInput!) { renewConversationInvitation(input: $input) { conversation { state } userErrors { code } } }', {
    input: { conversationId: conversation.id, invitation: made.invitation, sealedSecret: made.sealedSecret, replaces: lost.accountId },
  });
  expect(renewConversationInvitation).toEqual({ conversation: { state: 'INVITED' }, userErrors: [] });
  expect((await old('GET', 'account/whoami')).status).toBe(401);
  const { token, deviceId } = await synapse.mintLogin(lost.mxid, 'THIEF');
  const again = await fetch(`${inject('matrix').url}/_matrix/client/v3/login`, { method: 'POST', body: JSON.stringify({ type: 'org.matrix.login.jwt', token, device_id: deviceId }) });
  expect(again.status).toBe(403);
  const back = await enterAsCandidate(api, firm, { ...conversation, invitation: made });
  expect(await joined(conversation.roomId)).toEqual(mxids(lead, back));
  expect((await (await logIn(back))('PUT', path(conversation.roomId, 'send/m.room.encrypted/1'), message('again'))).status).toBe(200);
});
