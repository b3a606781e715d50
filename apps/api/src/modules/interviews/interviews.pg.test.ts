import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import { enterAsCandidate, openConversation, type TestConversation } from '../../testing/candidates.ts';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { attempt, interviewFields, makeInterview, send } from '../../testing/interviews.ts';
import { makeCandidacy, makeCandidate, makePerson, makeProject } from '../../testing/records.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange } from '../../testing/subscribe.ts';

let api: TestApi;
let firm: TestFirm;
let lead: TestPerson;
let colleague: TestPerson;
let researcher: TestPerson;
let outsider: TestPerson;
let stranger: TestPerson;
let otherCandidate: TestClient;
let candidate: TestPerson;
let conversation: TestConversation;
let projectId: string;

const turn = { urls: ['turn:127.0.0.1:3478?transport=udp'], secret: 'what the relay knows' };

beforeAll(async () => {
  api = await startTestApi({ turn });
  firm = await makeFirm(api);
  stranger = (await makeFirm(api)).partner;
  [lead, colleague, researcher, outsider] = [await firm.addMember('CONSULTANT'), await firm.addMember('CONSULTANT'), await firm.addMember('RESEARCHER'), await firm.addMember('CONSULTANT')];
  otherCandidate = await makeCandidate(api, firm);
  projectId = (await makeProject(lead.client, { members: [colleague, researcher].map(({ accountId }) => ({ memberId: accountId, role: 'MEMBER' })) })).id;
  conversation = await open();
  candidate = await enterAsCandidate(api, firm, conversation);
});
afterAll(() => api.close());

const open = async () => openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
const leave = (person: TestPerson, conversationId: string) =>
  person.client.must('mutation ($input: LeaveConversationInput!) { leaveConversation(input: $input) { userErrors { code } } }', { input: { conversationId } });
const inMinutes = (minutes: number): string => new Date(api.clock.now() + minutes * 60_000).toISOString();
const book = (client: TestClient, input: object = {}) => send(client, 'bookInterview', { id: newId('interview'), conversationId: conversation.id, kind: 'VIDEO', ...input });
const seen = async (client: TestClient, id: string) => (await client.must(`query ($id: ID!) { interview(id: $id) { ${interviewFields} } }`, { id }))['interview'];
const listed = async (client: TestClient): Promise<{ id: string }[]> =>
  (await client.must('query ($id: ID!) { conversation(id: $id) { interviews { id state } } }', { id: conversation.id }))['conversation'].interviews;
/** What each of those gets whom it is not for: another colleague, another firm, another candidate, nobody. */
const refusals = (command: Parameters<typeof attempt>[1], input: object) =>
  Promise.all([outsider.client, stranger.client, otherCandidate, api.client()].map(async (client) => (await attempt(client, command, input)).join()));

describe('bookInterview', () => {
  test('books one for a time, and the candidate sees when, with whom and about what', async () => {
    const startsAt = inMinutes(90);
    const { interview, userErrors } = await book(lead.client, { startsAt, minutes: 45, topic: ' Your first 90 days ', hostId: colleague.accountId });
    expect(userErrors).toEqual([]);
    expect(interview).toMatchObject({ conversation: { id: conversation.id }, kind: 'VIDEO', topic: 'Your first 90 days', startsAt, minutes: 45, host: { accountId: colleague.accountId }, state: 'BOOKED', calls: [], rating: null });
    expect(await seen(candidate.client, interview.id)).toEqual(interview);
    expect(await listed(candidate.client)).toContainEqual({ id: interview.id, state: 'BOOKED' });
  });

  test('without more it is now, with the viewer, about what the conversation is about', async () => {
    const { interview } = await book(colleague.client, { kind: 'VOICE' });
    expect(interview).toMatchObject({ kind: 'VOICE', topic: 'Head of Platform', minutes: 30, host: { accountId: colleague.accountId } });
    expect(Math.abs(Date.parse(interview.startsAt) - api.clock.now())).toBeLessThan(10_000);
  });

  test('sent twice, also at once, it is booked once, and stays where it was moved', async () => {
    const input = { id: newId('interview') };
    await Promise.all([book(lead.client, input), book(lead.client, input)]);
    await send(lead.client, 'cancelInterview', input);
    expect((await book(lead.client, input)).interview.state).toBe('CANCELLED');
    expect((await listed(lead.client)).filter(({ id }) => id === input.id)).toHaveLength(1);
  });

  test('a candidate who has not come yet finds it', async () => {
    const waiting = await open();
    const { id } = await makeInterview(lead.client, waiting.id);
    expect(await seen((await enterAsCandidate(api, firm, waiting)).client, id)).toMatchObject({ id });
  });

  test.each([
    ['a time of the day before yesterday', () => ({ startsAt: inMinutes(-2 * 24 * 60) }), { field: 'startsAt', code: 'OUT_OF_RANGE' }],
    ['a time in two years', () => ({ startsAt: inMinutes(2 * 366 * 24 * 60) }), { field: 'startsAt', code: 'OUT_OF_RANGE' }],
    ['four minutes', () => ({ minutes: 4 }), { field: 'minutes', code: 'OUT_OF_RANGE' }],
    ['a topic of 201 characters', () => ({ topic: 'x'.repeat(201) }), { field: 'topic', code: 'TOO_LONG' }],
    ['a host who is not of the team', () => ({ hostId: outsider.accountId }), { field: 'hostId', code: 'MEMBER_UNKNOWN' }],
    ['a malformed id', () => ({ id: 'itv_1' }), { field: 'id', code: 'INVALID_ID' }],
  ])('refuses %s', async (_what, input, refusal) => {
    expect((await book(lead.client, input())).userErrors).toEqual([refusal]);
  });

  test('refuses a conversation that the candidate has left', async () => {
    const left = await open();
    await leave(await enterAsCandidate(api, firm, left), left.id);
    expect((await book(lead.client, { conversationId: left.id })).userErrors).toEqual([{ field: 'conversationId', code: 'CONVERSATION_OVER' }]);
  });

  test('is for whoever of the team speaks for the firm', async () => {
    const input = { id: newId('interview'), conversationId: conversation.id, kind: 'VIDEO' };
    expect(await attempt(researcher.client, 'bookInterview', input)).toEqual(['FORBIDDEN']);
    expect(await attempt(firm.partner.client, 'bookInterview', input)).toEqual(['FORBIDDEN']);
    expect(await attempt(candidate.client, 'bookInterview', input)).toEqual(['FORBIDDEN']);
    expect(await refusals('bookInterview', input)).toEqual(['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);
  });

  test('both sides hear of it', async () => {
    for (const person of [candidate, colleague]) {
      const heard = await nextChange(api, testOrigin, person.client.cookie(), async () => void (await book(lead.client)));
      expect(heard).toEqual({ change: { topic: 'CONVERSATION', id: conversation.id } });
    }
  });
});

describe('moveInterview', () => {
  const moved = (id: string) => ({ id, kind: 'VOICE', startsAt: inMinutes(120), minutes: 60, topic: 'Second talk', hostId: colleague.accountId });

  test('agrees on something else', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    const change = moved(id);
    const { hostId, ...shown } = change;
    expect((await send(colleague.client, 'moveInterview', change)).interview).toMatchObject({ ...shown, host: { accountId: hostId }, state: 'BOOKED' });
    expect(await seen(candidate.client, id)).toMatchObject(shown);
  });

  test('refuses one that is over, and what booking refuses', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    expect((await send(lead.client, 'moveInterview', { ...moved(id), minutes: 481 })).userErrors).toEqual([{ field: 'minutes', code: 'OUT_OF_RANGE' }]);
    await send(lead.client, 'cancelInterview', { id });
    expect(await send(lead.client, 'moveInterview', moved(id))).toMatchObject({ interview: { state: 'CANCELLED' }, userErrors: [{ field: 'id', code: 'INTERVIEW_OVER' }] });
  });

  test('is for whoever of the team speaks for the firm', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    expect(await attempt(researcher.client, 'moveInterview', moved(id))).toEqual(['FORBIDDEN']);
    expect(await attempt(candidate.client, 'moveInterview', moved(id))).toEqual(['FORBIDDEN']);
    expect(await refusals('moveInterview', moved(id))).toEqual(['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);
  });
});

describe('cancelInterview', () => {
  test('says so to the candidate; a second time it is cancelled still', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    for (const client of [lead.client, colleague.client]) expect(await send(client, 'cancelInterview', { id })).toMatchObject({ interview: { state: 'CANCELLED' }, userErrors: [] });
    expect((await seen(candidate.client, id)).state).toBe('CANCELLED');
  });

  test('refuses one that was held', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    await send(lead.client, 'recordCall', { interviewId: id, callId: 'c', kind: 'VIDEO', seconds: 60, over: true });
    expect((await send(lead.client, 'cancelInterview', { id })).userErrors).toEqual([{ field: 'id', code: 'INTERVIEW_OVER' }]);
  });

  test('is for whoever of the team speaks for the firm', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    expect(await attempt(researcher.client, 'cancelInterview', { id })).toEqual(['FORBIDDEN']);
    expect(await refusals('cancelInterview', { id })).toEqual(['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);
  });
});

describe('recordCall', () => {
  let interviewId: string;
  const call = (input: object = {}) => ({ interviewId, callId: '0b9c', kind: 'VIDEO', seconds: 0, over: false, ...input });
  beforeEach(async () => {
    interviewId = (await makeInterview(lead.client, conversation.id)).id;
  });

  test('keeps when a call began, how long it lasted, and who was in it', async () => {
    const began = api.clock.now();
    expect((await send(lead.client, 'recordCall', call())).interview.state).toBe('BOOKED');
    await send(researcher.client, 'recordCall', call({ seconds: 5 }));
    const { interview } = await send(lead.client, 'recordCall', call({ seconds: 1500, over: true, kind: 'VOICE' }));
    expect(interview.state).toBe('DONE');
    expect(interview.calls).toHaveLength(2);
    const [of] = interview.calls.filter(({ member }: { member: { id: string } }) => member.id === lead.accountId);
    expect(of).toEqual({ callId: '0b9c', kind: 'VOICE', member: { id: lead.accountId }, startedAt: expect.any(String), seconds: 1500, over: true });
    expect(Math.abs(Date.parse(of.startedAt) - began)).toBeLessThan(10_000);
  });

  test('a word that comes late or twice takes nothing back', async () => {
    await send(lead.client, 'recordCall', call({ seconds: 600, over: true }));
    const { interview } = await send(lead.client, 'recordCall', call({ seconds: 300 }));
    expect(interview.calls).toMatchObject([{ seconds: 600, over: true }]);
  });

  test('one that is heard of at its end only began when it did', async () => {
    const { interview } = await send(lead.client, 'recordCall', call({ seconds: 1200, over: true }));
    expect(Math.abs(Date.parse(interview.calls[0].startedAt) - (api.clock.now() - 1_200_000))).toBeLessThan(10_000);
  });

  test('a call that took place after the interview was cancelled took place', async () => {
    await send(lead.client, 'cancelInterview', { id: interviewId });
    expect((await send(lead.client, 'recordCall', call({ over: true }))).interview.state).toBe('DONE');
  });

  test.each([[{ seconds: -1 }, { field: 'seconds', code: 'OUT_OF_RANGE' }], [{ seconds: 86_401 }, { field: 'seconds', code: 'OUT_OF_RANGE' }], [{ callId: ' ' }, { field: 'callId', code: 'REQUIRED' }]])('refuses %o', async (input, refusal) => {
    expect((await send(lead.client, 'recordCall', call(input))).userErrors).toEqual([refusal]);
  });

  test('is for the team; the candidate sees no record', async () => {
    await send(lead.client, 'recordCall', call());
    expect((await seen(candidate.client, interviewId)).calls).toEqual([]);
    expect(await attempt(firm.partner.client, 'recordCall', call())).toEqual(['FORBIDDEN']);
    expect(await attempt(candidate.client, 'recordCall', call())).toEqual(['FORBIDDEN']);
    expect(await refusals('recordCall', call())).toEqual(['NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'UNAUTHENTICATED']);
  });
});

describe('rateInterview', () => {
  test('keeps the candidate’s word, and replaces it', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    expect((await send(candidate.client, 'rateInterview', { interviewId: id, stars: 4 })).interview.rating).toEqual({ stars: 4, comment: null });
    await send(candidate.client, 'rateInterview', { interviewId: id, stars: 5, comment: ' 很顺利 ' });
    for (const person of [researcher, firm.partner, candidate]) expect((await seen(person.client, id)).rating).toEqual({ stars: 5, comment: '很顺利' });
  });

  test('refuses what is no star, a long comment, and an interview that was cancelled', async () => {
    const { id: interviewId } = await makeInterview(lead.client, conversation.id);
    const codes = async (input: object) => (await send(candidate.client, 'rateInterview', { interviewId, stars: 1, ...input })).userErrors;
    expect(await codes({ stars: 0 })).toEqual([{ field: 'stars', code: 'OUT_OF_RANGE' }]);
    expect(await codes({ stars: 6 })).toEqual([{ field: 'stars', code: 'OUT_OF_RANGE' }]);
    expect(await codes({ comment: 'x'.repeat(1001) })).toEqual([{ field: 'comment', code: 'TOO_LONG' }]);
    await send(lead.client, 'cancelInterview', { id: interviewId });
    expect(await codes({})).toEqual([{ field: 'interviewId', code: 'INTERVIEW_CANCELLED' }]);
  });

  test('is for the candidate of the conversation alone', async () => {
    const { id: interviewId } = await makeInterview(lead.client, conversation.id);
    expect(await attempt(lead.client, 'rateInterview', { interviewId, stars: 5 })).toEqual(['FORBIDDEN']);
    expect(await refusals('rateInterview', { interviewId, stars: 5 })).toEqual(['FORBIDDEN', 'FORBIDDEN', 'NOT_FOUND', 'UNAUTHENTICATED']);
  });
});

describe('interview', () => {
  test('is there for the conversation’s two sides and who sees the project, and for nobody else', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    const found = (person: { client: TestClient } | TestClient) => seen('client' in person ? person.client : person, id).then((interview) => interview?.id ?? null);
    expect(await Promise.all([candidate, colleague, firm.partner].map(found))).toEqual([id, id, id]);
    expect(await Promise.all([outsider, stranger, otherCandidate].map(found))).toEqual([null, null, null]);
    const node = async (client: TestClient) => (await client.must('query ($id: ID!) { node(id: $id) { id } }', { id }))['node'];
    expect([await node(candidate.client), await node(outsider.client)]).toEqual([{ id }, null]);
  });
});

describe('iceServers', () => {
  const document = 'query ($id: ID!) { iceServers(conversationId: $id) { urls username credential } }';
  const ask = (client: TestClient, id = conversation.id) => client.ask(document, { id });

  test('gives both sides the relay, each with credentials of their own', async () => {
    const [ours, theirs] = [(await ask(lead.client)).data?.['iceServers'], (await ask(candidate.client)).data?.['iceServers']];
    for (const servers of [ours, theirs]) expect(servers).toEqual([{ urls: turn.urls, username: expect.stringMatching(/^\d{10}:[0-9a-f]{16}$/), credential: expect.stringMatching(/^[\w+/]{27}=$/) }]);
    expect(ours[0].username.split(':')[1]).not.toBe(theirs[0].username.split(':')[1]);
  });

  test('is for who takes part', async () => {
    const codes = async (client: TestClient) => (await ask(client)).codes.join();
    expect(await codes(firm.partner.client)).toBe('FORBIDDEN');
    expect(await Promise.all([outsider.client, stranger.client, otherCandidate, api.client()].map(codes))).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'UNAUTHENTICATED']);
    const left = await open();
    const gone = await enterAsCandidate(api, firm, left);
    await leave(gone, left.id);
    expect((await ask(gone.client, left.id)).codes).toEqual(['FORBIDDEN']);
  });

  test('is empty where the installation has none', async () => {
    const { services } = api;
    services.turn = null;
    expect((await ask(lead.client)).data).toEqual({ iceServers: [] });
    services.turn = turn;
  });
});

describe('the database', () => {
  const as = (person: TestPerson, role: string, statement: string) => asRole(api, { account: person.accountId, organisation: person.organisationId, role }, (sql) => sql.unsafe(statement));

  test.each(["update interviews set conversation_id = 'x'", 'delete from interviews', 'delete from interview_calls', 'update interview_calls set started_at = now()', 'delete from interview_ratings'])('gives the API no right to: %s', async (statement) =>
    expect(as(lead, 'CONSULTANT', statement)).rejects.toThrow(/permission denied/));

  test('lets a candidate change no interview, and nobody rate or record in another’s name', async () => {
    const { id } = await makeInterview(lead.client, conversation.id);
    await send(lead.client, 'recordCall', { interviewId: id, callId: 'c', kind: 'VIDEO', seconds: 1, over: false });
    await send(candidate.client, 'rateInterview', { interviewId: id, stars: 2 });
    expect(await as(candidate, 'CANDIDATE', `update interviews set state = 'CANCELLED' returning id`)).toEqual([]);
    expect(await as(candidate, 'CANDIDATE', 'select * from interview_calls')).toEqual([]);
    expect(await as(lead, 'CONSULTANT', `update interview_ratings set stars = 5 returning stars`)).toEqual([]);
    expect(await as(colleague, 'CONSULTANT', 'update interview_calls set seconds = 9 returning seconds')).toEqual([]);
  });

  test('shows, without WHERE, no row to who does not see the project or the conversation', async () => {
    await makeInterview(lead.client, conversation.id);
    expect(await as(outsider, 'CONSULTANT', 'select id from interviews')).toEqual([]);
    expect(await as(stranger, 'PARTNER', 'select id from interviews')).toEqual([]);
    expect(new Set((await as(candidate, 'CANDIDATE', 'select conversation_id from interviews')).map((row) => row['conversation_id']))).toEqual(new Set([conversation.id]));
  });
});
