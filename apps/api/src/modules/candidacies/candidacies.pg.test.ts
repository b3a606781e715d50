import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { candidacyFields, makeCandidacy, makePerson, makeProject, makeCandidate, recordDocuments, type ProjectRecord } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;
let other: TestFirm;
let consultant: TestPerson;
let outsider: TestPerson;
let researcher: TestPerson;
let candidate: TestClient;
let partner: TestClient;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  other = await makeFirm(api);
  partner = firm.partner.client;
  consultant = await firm.addMember('CONSULTANT');
  outsider = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
  candidate = await makeCandidate(api, firm);
});
afterAll(() => api.close());

const { addCandidacy: add } = recordDocuments;
const move = `mutation ($input: MoveCandidacyInput!) { moveCandidacy(input: $input) { candidacy { ${candidacyFields} } userErrors { field code } } }`;
const read = `query ($id: ID!) { candidacy(id: $id) { ${candidacyFields} } }`;
const archive = `mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { userErrors { code } } }`;

let project: ProjectRecord;
let person: { id: string };
const stage = (at: number): string => project.stages[at]?.id as string;

beforeEach(async () => {
  project = await makeProject(consultant.client, { members: [{ memberId: researcher.accountId, role: 'MEMBER' }] });
  person = await makePerson(consultant.client, { name: '林悦' });
});

async function archiveProject(): Promise<void> {
  const stages = project.stages.map(({ id, name, kind }) => ({ id, name, kind }));
  const input = { id: project.id, expectedVersion: 1, name: 'Old', clientName: 'Acme', publicTitle: 'Old', stages, archived: true };
  expect((await consultant.client.must(archive, { input }))['updateProject'].userErrors).toEqual([]);
}

describe('addCandidacy', () => {
  test('puts a person into the first stage, and history begins', async () => {
    const id = newId('candidacy');
    const { addCandidacy } = await researcher.client.must(add, { input: { id, personId: person.id, projectId: project.id } });
    expect(addCandidacy).toEqual({
      candidacy: {
        id, person: { id: person.id, name: '林悦' }, project: { id: project.id }, stage: { id: stage(0), name: 'Sourced' }, stageSince: expect.any(String),
        history: [{ id: expect.stringMatching(/^sev_/), from: null, to: { id: stage(0), name: 'Sourced' }, reason: null, actor: { id: researcher.accountId, name: researcher.name }, occurredAt: expect.any(String) }],
      },
      userErrors: [],
    });
    expect(addCandidacy.candidacy.history[0].occurredAt).toBe(addCandidacy.candidacy.stageSince);
  });

  test('into a stage that one names', async () => {
    const { addCandidacy } = await partner.must(add, { input: { id: newId('candidacy'), personId: person.id, projectId: project.id, stageId: stage(3) } });
    expect(addCandidacy.candidacy.stage.name).toBe('Interview');
  });

  test('sent twice, also at once, adds once', async () => {
    const twice = { input: { id: newId('candidacy'), personId: person.id, projectId: project.id } };
    const answers = await Promise.all([partner.must(add, twice), partner.must(add, twice)]);
    expect(answers.map((answer) => [answer['addCandidacy'].userErrors, answer['addCandidacy'].candidacy.history.length])).toEqual([[[], 1], [[], 1]]);
  });

  test('a person is in a project once: the second one is shown the first', async () => {
    const first = await makeCandidacy(partner, person.id, project.id);
    const { addCandidacy } = await researcher.client.must(add, { input: { id: newId('candidacy'), personId: person.id, projectId: project.id } });
    expect(addCandidacy.userErrors).toEqual([{ field: 'projectId', code: 'ALREADY_IN_PROJECT' }]);
    expect(addCandidacy.candidacy.id).toBe(first.id);
  });

  test('refuses a stage of another board, an archived project, a malformed id', async () => {
    const elsewhere = await makeProject(consultant.client);
    const refused = async (fields: object) =>
      (await consultant.client.must(add, { input: { id: newId('candidacy'), personId: person.id, projectId: project.id, ...fields } }))['addCandidacy'].userErrors;
    expect(await refused({ stageId: elsewhere.stages[0]?.id })).toEqual([{ field: 'stageId', code: 'STAGE_UNKNOWN' }]);
    expect(await refused({ id: 'cdy_1' })).toEqual([{ field: 'id', code: 'INVALID_ID' }]);
    await archiveProject();
    expect(await refused({})).toEqual([{ field: 'projectId', code: 'PROJECT_ARCHIVED' }]);
  });

  test('is for who sees the project, with people of the firm', async () => {
    const attempt = (client: TestClient, fields: object = {}) => client.ask(add, { input: { id: newId('candidacy'), personId: person.id, projectId: project.id, ...fields } });
    expect((await attempt(outsider.client)).codes).toEqual(['NOT_FOUND']);
    expect((await attempt(other.partner.client)).codes).toEqual(['NOT_FOUND']);
    expect((await attempt(candidate)).codes).toEqual(['FORBIDDEN']);
    expect((await attempt(api.client())).codes).toEqual(['UNAUTHENTICATED']);
    const stranger = await makePerson(other.partner.client);
    expect((await attempt(partner, { personId: stranger.id })).codes).toEqual(['NOT_FOUND']);
  });
});

describe('moveCandidacy', () => {
  const moved = async (client: TestClient, input: object) => (await client.must(move, { input: { eventId: newId('stageEvent'), ...input } }))['moveCandidacy'];

  test('appends to the history, with reason and actor; the stage follows', async () => {
    const { id } = await makeCandidacy(consultant.client, person.id, project.id);
    await moved(researcher.client, { candidacyId: id, fromStageId: stage(0), toStageId: stage(1) });
    const { candidacy, userErrors } = await moved(consultant.client, { candidacyId: id, fromStageId: stage(1), toStageId: stage(6), reason: ' Salary  too low ' });
    expect(userErrors).toEqual([]);
    expect(candidacy.stage.name).toBe('Declined');
    expect(candidacy.history.map(({ from, to, reason, actor }: any) => [from?.name ?? null, to.name, reason, actor.id])).toEqual([
      [null, 'Sourced', null, consultant.accountId], ['Sourced', 'Contacted', null, researcher.accountId], ['Contacted', 'Declined', 'Salary too low', consultant.accountId],
    ]);
    expect(candidacy.stageSince).toBe(candidacy.history[2].occurredAt);
  });

  test('sent twice, also at once, moves once', async () => {
    const { id } = await makeCandidacy(partner, person.id, project.id);
    const input = { eventId: newId('stageEvent'), candidacyId: id, fromStageId: stage(0), toStageId: stage(1) };
    const answers = [...(await Promise.all([moved(partner, input), moved(partner, input)])), await moved(partner, input)];
    expect(answers.map(({ candidacy, userErrors }) => [candidacy.stage.id, candidacy.history.length, userErrors])).toEqual(Array.from({ length: 3 }, () => [stage(1), 2, []]));
  });

  test('a retry after a colleague has moved on does not move it back', async () => {
    const { id } = await makeCandidacy(partner, person.id, project.id);
    const input = { eventId: newId('stageEvent'), candidacyId: id, fromStageId: stage(0), toStageId: stage(1) };
    await moved(partner, input);
    await moved(researcher.client, { candidacyId: id, fromStageId: stage(1), toStageId: stage(2) });
    expect(await moved(partner, input)).toMatchObject({ userErrors: [], candidacy: { stage: { id: stage(2) }, history: { length: 3 } } });
  });

  test('of two who move at once, one is told where it is now', async () => {
    const { id } = await makeCandidacy(partner, person.id, project.id);
    const answers = await Promise.all([1, 2].map((to) => moved(to === 1 ? partner : consultant.client, { candidacyId: id, fromStageId: stage(0), toStageId: stage(to) })));
    const [winner, loser] = answers.sort((a, b) => a.userErrors.length - b.userErrors.length);
    expect(winner.userErrors).toEqual([]);
    expect(loser.userErrors).toEqual([{ field: null, code: 'STAGE_CONFLICT' }]);
    expect(loser.candidacy.stage).toEqual(winner.candidacy.stage);
  });

  test('to where it is already, nothing happens', async () => {
    const { id } = await makeCandidacy(partner, person.id, project.id);
    expect(await moved(partner, { candidacyId: id, fromStageId: stage(0), toStageId: stage(0) })).toMatchObject({ userErrors: [], candidacy: { history: { length: 1 } } });
  });

  test('history names a stage that was taken off the board', async () => {
    const { id } = await makeCandidacy(consultant.client, person.id, project.id);
    await moved(consultant.client, { candidacyId: id, fromStageId: stage(0), toStageId: stage(1) });
    const stages = project.stages.slice(1).map(({ id: stageId, name, kind }) => ({ id: stageId, name, kind }));
    await consultant.client.must(archive, { input: { id: project.id, expectedVersion: 1, name: 'A', clientName: 'B', publicTitle: 'C', stages } });
    const { candidacy } = await consultant.client.must(read, { id });
    expect(candidacy.history[1]).toMatchObject({ from: { name: 'Sourced' }, to: { name: 'Contacted' } });
    expect((await moved(consultant.client, { candidacyId: id, fromStageId: stage(1), toStageId: stage(0) })).userErrors).toEqual([{ field: 'toStageId', code: 'STAGE_UNKNOWN' }]);
  });

  test('refuses an archived project, a reason of 1,001 letters, another’s event id', async () => {
    const { id } = await makeCandidacy(consultant.client, person.id, project.id);
    const input = { candidacyId: id, fromStageId: stage(0), toStageId: stage(1) };
    expect((await moved(consultant.client, { ...input, reason: 'x'.repeat(1001) })).userErrors).toEqual([{ field: 'reason', code: 'TOO_LONG' }]);
    const elsewhere = await makeCandidacy(consultant.client, (await makePerson(consultant.client)).id, project.id);
    expect((await moved(consultant.client, { ...input, eventId: elsewhere['history'][0].id })).userErrors).toEqual([{ field: 'eventId', code: 'ID_TAKEN' }]);
    await archiveProject();
    expect(await moved(consultant.client, input)).toMatchObject({ userErrors: [{ code: 'PROJECT_ARCHIVED' }], candidacy: { stage: { id: stage(0) } } });
  });

  test('is for who sees the project', async () => {
    const { id } = await makeCandidacy(partner, person.id, project.id);
    const attempt = (client: TestClient) => client.ask(move, { input: { eventId: newId('stageEvent'), candidacyId: id, fromStageId: stage(0), toStageId: stage(1) } });
    expect((await attempt(outsider.client)).codes).toEqual(['NOT_FOUND']);
    expect((await attempt(other.partner.client)).codes).toEqual(['NOT_FOUND']);
    expect((await attempt(candidate)).codes).toEqual(['FORBIDDEN']);
    expect((await attempt(api.client())).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('tells of project and person', async () => {
    const { id } = await makeCandidacy(partner, person.id, project.id);
    const heard: string[] = [];
    const end = api.services.changes.subscribe(firm.organisationId, ({ topic, id: what }) => heard.push(`${topic} ${what}`));
    await moved(partner, { candidacyId: id, fromStageId: stage(0), toStageId: stage(1) });
    await moved(partner, { candidacyId: id, fromStageId: stage(0), toStageId: stage(1) });
    end();
    expect(heard).toEqual([`PROJECT ${project.id}`, `PERSON ${person.id}`]);
  });
});

describe('candidacy and its places', () => {
  test('stand in the project and with the person, for who sees the project', async () => {
    const { id, history } = await makeCandidacy(partner, person.id, project.id);
    const places = async (client: TestClient) => {
      const answer = await client.must(
        `query ($id: ID!, $event: ID!, $person: ID!, $project: ID!) { candidacy(id: $id) { id conversation { id } } node(id: $id) { id } event: node(id: $event) { id }
          person(id: $person) { candidacies { id } } project(id: $project) { candidacyCount candidacies { id person { id } stage { id } } } }`,
        { id, event: history[0].id, person: person.id, project: project.id },
      );
      return [answer['candidacy']?.id, answer['node']?.id, answer['event'] !== null, answer['person']?.candidacies.length, answer['project']?.candidacyCount, answer['project']?.candidacies.length];
    };
    expect(await places(researcher.client)).toEqual([id, id, true, 1, 1, 1]);
    expect(await places(outsider.client)).toEqual([undefined, undefined, false, 0, undefined, undefined]);
    expect(await places(other.partner.client)).toEqual([undefined, undefined, false, undefined, undefined, undefined]);
    expect((await candidate.ask(read, { id })).codes).toEqual(['FORBIDDEN']);
  });
});

describe('history is never rewritten', () => {
  let candidacyId: string;
  beforeEach(async () => {
    candidacyId = (await makeCandidacy(consultant.client, person.id, project.id)).id;
  });

  const asMember = (statement: string) =>
    asRole(api, { account: consultant.accountId, organisation: firm.organisationId, role: 'CONSULTANT' }, (sql) => sql.unsafe(statement));

  test.each(["update stage_events set reason = 'x'", 'delete from stage_events', 'delete from candidacies', "update candidacies set person_id = 'x'", 'truncate stage_events'])(
    'the API has no right to: %s',
    async (statement) => expect(asMember(statement)).rejects.toThrow(/permission denied/),
  );

  test.each(["update stage_events set reason = 'x'", 'delete from stage_events', 'truncate stage_events'])('nor may the owner of the table: %s', async (statement) =>
    expect(api.sql.unsafe(statement)).rejects.toThrow(/append-only/));

  test('an event that does not start where the candidacy is, is none', async () => {
    const event = (from: string | null) =>
      asMember(`insert into stage_events (id, organisation_id, project_id, candidacy_id, from_stage_id, to_stage_id, actor_id)
        values ('${newId('stageEvent')}', '${firm.organisationId}', '${project.id}', '${candidacyId}', ${from === null ? 'null' : `'${from}'`}, '${stage(4)}', '${consultant.accountId}')`);
    await expect(event(stage(2))).rejects.toThrow(/not in that stage/);
    await expect(event(null)).rejects.toThrow(/first stage event/);
    await event(stage(0));
    expect((await consultant.client.must(read, { id: candidacyId }))['candidacy'].stage.id).toBe(stage(4));
  });

  test('nobody writes an event in a colleague’s name', async () => {
    await expect(
      asMember(`insert into stage_events (id, organisation_id, project_id, candidacy_id, from_stage_id, to_stage_id, actor_id)
        values ('${newId('stageEvent')}', '${firm.organisationId}', '${project.id}', '${candidacyId}', '${stage(0)}', '${stage(1)}', '${researcher.accountId}')`),
    ).rejects.toThrow(/row-level security/);
  });

  test.each(['candidacies', 'stage_events'])('%s without WHERE: of the projects that one sees', async (table) => {
    const unseen = await makeProject(partner);
    await makeCandidacy(partner, person.id, unseen.id);
    const rows = await asMember(`select distinct project_id from ${table}`);
    const own = await api.sql`select project_id from project_members where account_id = ${consultant.accountId}`;
    const mine = new Set(own.map((row) => row['project_id'] as string));
    expect(rows.length).toBeGreaterThan(0);
    expect(rows.every((row) => mine.has(row['project_id'] as string))).toBe(true);
    const asCandidate = await asRole(api, { account: 'acc_x', organisation: firm.organisationId, role: 'CANDIDATE' }, (sql) => sql`select * from ${sql(table)}`);
    expect(asCandidate).toEqual([]);
  });
});

test('a page of people asks the database as often as a page of one', async () => {
  for (let at = 0; at < 6; at += 1) await makeCandidacy(partner, (await makePerson(partner, { companyName: `C${at}`, tags: [`t${at}`] })).id, project.id);
  const document = `query ($first: Int!) { people(first: $first) { edges { node { company { name } tags handles { raw } notes { body author { name } }
    candidacies { stage { name } project { name client { name } members { member { name } } } history { from { name } to { name } actor { name } } } } } } }`;
  const transactions = async (first: number): Promise<number> => {
    let count = 0;
    const original = api.services.as;
    api.services.as = (viewer) => {
      const own = original(viewer);
      return { ...own, read: (work) => ((count += 1), own.read(work)) };
    };
    await partner.must(document, { first });
    api.services.as = original;
    return count;
  };
  const one = await transactions(1);
  expect(one).toBeGreaterThan(5);
  expect(await transactions(6)).toBe(one);
});
