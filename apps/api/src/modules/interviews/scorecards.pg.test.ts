import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import { enterAsCandidate, openConversation, type TestConversation } from '../../testing/candidates.ts';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { attempt, interviewDocuments, makeCriteria, makeInterview, send, type InterviewCommand } from '../../testing/interviews.ts';
import { makeCandidacy, makeCandidate, makePerson, makeProject, recordDocuments } from '../../testing/records.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange } from '../../testing/subscribe.ts';

let api: TestApi;
let firm: TestFirm;
let lead: TestPerson;
let colleague: TestPerson;
let outsider: TestPerson;
let stranger: TestPerson;
let otherCandidate: TestClient;
let candidate: TestPerson;
let conversation: TestConversation;
let projectId: string;
let interviewId: string;
let depth: string;
let clarity: string;
let pace: string;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  stranger = (await makeFirm(api)).partner;
  [lead, colleague, outsider] = [await firm.addMember('CONSULTANT'), await firm.addMember('RESEARCHER'), await firm.addMember('CONSULTANT')];
  otherCandidate = await makeCandidate(api, firm);
  const project = await makeProject(lead.client, { members: [{ memberId: colleague.accountId, role: 'MEMBER' }] });
  projectId = project.id;
  [depth = '', clarity = '', pace = ''] = await makeCriteria(lead.client, project, 'Depth', '表达', 'Pace');
  conversation = await openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, project.id)).id);
  candidate = await enterAsCandidate(api, firm, conversation);
});
beforeEach(async () => {
  interviewId = (await makeInterview(lead.client, conversation.id)).id;
});
afterAll(() => api.close());

const records = async (client: TestClient) => (await client.must(interviewDocuments.records, { id: interviewId }))['interview'];
const note = (client: TestClient, input: object = {}) => send(client, 'saveInterviewNote', { id: newId('interviewNote'), interviewId, body: 'Built the ledger alone', ...input });
const score = (client: TestClient, input: object = {}) => send(client, 'saveScore', { interviewId, criterionId: depth, score: 3, ...input });
/** What each of those gets whom it is not for: a partner who only sees the project, another colleague, another firm, the candidate, another candidate, nobody. */
const refusals = (command: InterviewCommand, input: object) =>
  Promise.all([firm.partner.client, outsider.client, stranger.client, candidate.client, otherCandidate, api.client()].map(async (client) => (await attempt(client, command, input)).join()));
const teamOnly = ['FORBIDDEN', 'NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN', 'UNAUTHENTICATED'];

describe('saveInterviewNote', () => {
  test('keeps a note with its place in the call, as it was typed last', async () => {
    const id = newId('interviewNote');
    await note(lead.client, { id, callId: '0b9c', atSeconds: 754, body: 'Built the l' });
    const saved = { id, author: { id: lead.accountId }, callId: '0b9c', atSeconds: 754, body: 'Built the ledger\nalone' };
    for (let time = 0; time < 2; time += 1) expect(await note(lead.client, { id, callId: '0b9c', atSeconds: 754, body: saved.body })).toEqual({ note: saved, userErrors: [] });
    expect((await records(lead.client)).notes).toEqual([saved]);
  });

  test.each([
    ['no words', { body: ' \n' }, { field: 'body', code: 'REQUIRED' }],
    ['4,001 characters', { body: 'x'.repeat(4001) }, { field: 'body', code: 'TOO_LONG' }],
    ['a time before the call', { atSeconds: -1 }, { field: 'atSeconds', code: 'OUT_OF_RANGE' }],
    ['a malformed id', { id: 'ivn_1' }, { field: 'id', code: 'INVALID_ID' }],
  ])('refuses %s', async (_what, input, refusal) => {
    expect((await note(lead.client, input)).userErrors).toEqual([refusal]);
  });

  test('refuses the id of a colleague’s note, and does not change it', async () => {
    const { id } = (await note(lead.client)).note;
    expect((await note(colleague.client, { id, body: 'mine' })).userErrors).toEqual([{ field: 'id', code: 'ID_TAKEN' }]);
    expect((await records(lead.client)).notes).toMatchObject([{ body: 'Built the ledger alone' }]);
  });

  test('is for the team', async () => {
    expect(await refusals('saveInterviewNote', { id: newId('interviewNote'), interviewId, body: 'x' })).toEqual(teamOnly);
  });

  test('the candidate does not even hear that something was written', async () => {
    expect(await nextChange(api, testOrigin, candidate.client.cookie(), async () => void (await note(lead.client)))).toEqual({ silent: true });
    expect(await nextChange(api, testOrigin, lead.client.cookie(), async () => void (await note(lead.client)))).toEqual({ change: { topic: 'PROJECT', id: projectId } });
  });
});

describe('deleteInterviewNote', () => {
  test('takes it away with its text, and a save that comes late does not bring it back', async () => {
    const { id } = (await note(lead.client)).note;
    for (let time = 0; time < 2; time += 1) expect(await send(lead.client, 'deleteInterviewNote', { id })).toEqual({ note: null, userErrors: [] });
    expect(await note(lead.client, { id })).toEqual({ note: null, userErrors: [] });
    expect((await records(lead.client)).notes).toEqual([]);
    expect(await api.sql`select body from interview_notes where id = ${id}`).toEqual([{ body: '-' }]);
  });

  test('is for its author', async () => {
    const { id } = (await note(lead.client)).note;
    expect(await attempt(colleague.client, 'deleteInterviewNote', { id })).toEqual(['NOT_FOUND']);
    expect(await refusals('deleteInterviewNote', { id })).toEqual(['NOT_FOUND', 'NOT_FOUND', 'NOT_FOUND', 'FORBIDDEN', 'FORBIDDEN', 'UNAUTHENTICATED']);
  });
});

describe('saveScore', () => {
  test('keeps one criterion after another, in the project’s order', async () => {
    await score(lead.client, { criterionId: clarity, score: null, evidence: 'Explained it to a child' });
    await score(lead.client, { score: 2 });
    expect(await score(lead.client, { score: 4, evidence: ' Found the race himself ' })).toEqual({
      scorecard: {
        author: { id: lead.accountId }, overall: null, nextStep: null, submittedAt: null,
        scores: [{ criterion: { id: depth, name: 'Depth' }, score: 4, evidence: 'Found the race himself' }, { criterion: { id: clarity, name: '表达' }, score: null, evidence: 'Explained it to a child' }],
      },
      userErrors: [],
    });
  });

  test('two that are sent at once are both kept', async () => {
    await Promise.all([score(lead.client), score(lead.client, { criterionId: clarity }), score(lead.client)]);
    expect((await records(lead.client)).scorecards[0].scores).toHaveLength(2);
  });

  test('keeps what a criterion was answered with when it leaves the project', async () => {
    await score(lead.client, { criterionId: pace });
    const kept = [{ id: depth, name: 'Depth' }, { id: clarity, name: '表达' }];
    expect((await send(lead.client, 'setCriteria', { projectId, expectedVersion: 2, criteria: kept })).userErrors).toEqual([]);
    expect((await records(lead.client)).scorecards[0].scores).toMatchObject([{ criterion: { name: 'Pace' }, score: 3 }]);
  });

  test.each([
    ['a score of 0', { score: 0 }, { field: 'score', code: 'OUT_OF_RANGE' }],
    ['a score of 5', { score: 5 }, { field: 'score', code: 'OUT_OF_RANGE' }],
    ['evidence of 4,001 characters', { evidence: 'x'.repeat(4001) }, { field: 'evidence', code: 'TOO_LONG' }],
    ['a criterion that is none', { criterionId: newId('criterion') }, { field: 'criterionId', code: 'CRITERION_UNKNOWN' }],
  ])('refuses %s', async (_what, input, refusal) => {
    expect((await score(lead.client, input)).userErrors).toEqual([refusal]);
  });

  test('refuses a criterion of another project', async () => {
    const [elsewhere] = await makeCriteria(lead.client, await makeProject(lead.client), 'Elsewhere');
    expect((await score(lead.client, { criterionId: elsewhere })).userErrors).toEqual([{ field: 'criterionId', code: 'CRITERION_UNKNOWN' }]);
  });

  test('is for the team', async () => {
    expect(await refusals('saveScore', { interviewId, criterionId: depth, score: 1 })).toEqual(teamOnly);
  });
});

describe('saveScorecard', () => {
  test('keeps what it comes to', async () => {
    const { scorecard } = await send(lead.client, 'saveScorecard', { interviewId, overall: 3, nextStep: 'Meets the CTO' });
    expect(scorecard).toMatchObject({ overall: 3, nextStep: 'Meets the CTO', submittedAt: null });
    expect((await send(lead.client, 'saveScorecard', { interviewId })).scorecard).toMatchObject({ overall: null, nextStep: null });
  });

  test('refuses what is out of range or too long', async () => {
    expect((await send(lead.client, 'saveScorecard', { interviewId, overall: 5 })).userErrors).toEqual([{ field: 'overall', code: 'OUT_OF_RANGE' }]);
    expect((await send(lead.client, 'saveScorecard', { interviewId, nextStep: 'x'.repeat(501) })).userErrors).toEqual([{ field: 'nextStep', code: 'TOO_LONG' }]);
  });

  test('is for the team', async () => {
    expect(await refusals('saveScorecard', { interviewId, overall: 1 })).toEqual(teamOnly);
  });
});

describe('submitScorecard', () => {
  test('gives it and the notes to the team, for good', async () => {
    await note(lead.client);
    await score(lead.client);
    const { scorecard } = await send(lead.client, 'submitScorecard', { interviewId });
    expect(scorecard.submittedAt).toEqual(expect.any(String));
    expect((await send(lead.client, 'submitScorecard', { interviewId })).scorecard).toEqual(scorecard);
    expect(await score(lead.client, { score: 1 })).toEqual({ scorecard, userErrors: [{ field: null, code: 'SCORECARD_SUBMITTED' }] });
    expect((await send(lead.client, 'saveScorecard', { interviewId, overall: 1 })).userErrors).toEqual([{ field: null, code: 'SCORECARD_SUBMITTED' }]);
  });

  test('refuses one that says nothing', async () => {
    expect((await send(lead.client, 'submitScorecard', { interviewId })).userErrors).toEqual([{ field: 'scores', code: 'REQUIRED' }]);
    await score(lead.client, { score: null, evidence: 'x' });
    expect((await send(lead.client, 'submitScorecard', { interviewId })).userErrors).toEqual([{ field: 'scores', code: 'REQUIRED' }]);
  });

  test('a colleague’s scores do not count for one’s own', async () => {
    await score(lead.client);
    await send(lead.client, 'submitScorecard', { interviewId });
    expect((await send(colleague.client, 'submitScorecard', { interviewId })).userErrors).toEqual([{ field: 'scores', code: 'REQUIRED' }]);
  });

  test('is for the team', async () => {
    expect(await refusals('submitScorecard', { interviewId })).toEqual(teamOnly);
  });
});

describe('an interviewer’s notes and scorecard', () => {
  const written = async (author: TestPerson) => {
    await note(author.client);
    await score(author.client);
  };
  const setTeam = async (...more: TestPerson[]) => {
    const members = [lead, colleague, ...more].map(({ accountId }) => ({ memberId: accountId, role: accountId === lead.accountId ? 'LEAD' : 'MEMBER' }));
    const { project, userErrors } = (await lead.client.must(recordDocuments.setMembers, { input: { projectId, members } }))['setProjectMembers'];
    expect([project.members.length, userErrors]).toEqual([members.length, []]);
  };
  const counts = async (client: TestClient): Promise<[notes: number, scorecards: number]> => {
    const { notes, scorecards } = await records(client);
    return [notes.length, scorecards.length];
  };

  test('are theirs alone until the scorecard is submitted, then the project’s', async () => {
    await written(lead);
    expect([await counts(lead.client), await counts(colleague.client), await counts(firm.partner.client)]).toEqual([[1, 1], [0, 0], [0, 0]]);
    await send(lead.client, 'submitScorecard', { interviewId });
    expect([await counts(colleague.client), await counts(firm.partner.client)]).toEqual([[1, 1], [1, 1]]);
  });

  test.each<[string, (leaver: TestPerson) => Promise<unknown>]>([
    ['firm', ({ accountId }) => api.sql`update accounts set ended_at = now() where id = ${accountId}`],
    ['team', () => setTeam()],
  ])('are the project’s once they have left the %s', async (_what, leave) => {
    const leaver = await firm.addMember('CONSULTANT');
    await setTeam(leaver);
    await written(leaver);
    expect(await counts(lead.client)).toEqual([0, 0]);
    await leave(leaver);
    expect(await counts(lead.client)).toEqual([1, 1]);
  });

  test('are never the candidate’s, nor another colleague’s or firm’s', async () => {
    await written(lead);
    await send(lead.client, 'submitScorecard', { interviewId });
    expect(await records(candidate.client)).toEqual({ id: interviewId, notes: [], scorecards: [], calls: [], rating: null });
    expect([await records(outsider.client), await records(stranger.client), await records(otherCandidate)]).toEqual([null, null, null]);
  });

  test('are kept apart by the database itself', async () => {
    await written(lead);
    const as = (person: TestPerson, role: string, statement: string) => asRole(api, { account: person.accountId, organisation: person.organisationId, role }, (sql) => sql.unsafe(statement));
    const seenBy = async (person: TestPerson, role: string) =>
      (await Promise.all(['scorecards', 'scores', 'interview_notes'].map((table) => as(person, role, `select 1 from ${table} where interview_id = '${interviewId}'`)))).map((rows) => rows.length);
    expect([await seenBy(lead, 'CONSULTANT'), await seenBy(colleague, 'RESEARCHER'), await seenBy(firm.partner, 'PARTNER'), await seenBy(candidate, 'CANDIDATE')]).toEqual([[1, 1, 1], [0, 0, 0], [0, 0, 0], [0, 0, 0]]);
    await send(lead.client, 'submitScorecard', { interviewId });
    expect([await seenBy(colleague, 'RESEARCHER'), await seenBy(outsider, 'CONSULTANT'), await seenBy(stranger, 'PARTNER'), await seenBy(candidate, 'CANDIDATE')]).toEqual([[1, 1, 1], [0, 0, 0], [0, 0, 0], [0, 0, 0]]);
    expect(await as(lead, 'CONSULTANT', `update scores set score = 1 where interview_id = '${interviewId}' returning score`)).toEqual([]);
    expect(await as(colleague, 'RESEARCHER', `update interview_notes set body = 'x' returning id`)).toEqual([]);
    for (const table of ['scorecards', 'scores', 'interview_notes']) await expect(as(lead, 'CONSULTANT', `delete from ${table}`)).rejects.toThrow(/permission denied/);
  });
});
