import { newId } from '@baton/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import { openConversation } from '../../testing/candidates.ts';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makeCandidacy, makePerson, makeProject, makeCandidate, projectFields, recordDocuments, type ProjectRecord } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;
let other: TestFirm;
let consultant: TestPerson;
let colleague: TestPerson;
let researcher: TestPerson;
let candidate: TestClient;
let partner: TestClient;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  other = await makeFirm(api);
  partner = firm.partner.client;
  consultant = await firm.addMember('CONSULTANT');
  colleague = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
  candidate = await makeCandidate(api, firm);
});
afterAll(() => api.close());

const { createProject: create, setMembers } = recordDocuments;
const update = `mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { project { ${projectFields} } userErrors { field code } } }`;
const read = `query ($id: ID!) { project(id: $id) { ${projectFields} } }`;
const list = `query ($archived: Boolean! = false) { projects(includeArchived: $archived) { id } }`;

const input = (fields: object = {}) => ({ id: newId('project'), name: 'CTO', clientName: 'Acme', publicTitle: 'CTO at a data company', ...fields });
const unchanged = (project: Record<string, any>, fields: object = {}) => ({
  id: project['id'], expectedVersion: project['version'], name: 'Head of Platform', clientName: 'Acme', publicTitle: 'Head of Platform at a data company',
  stages: project['stages'].map(({ id, name, kind }: any) => ({ id, name, kind })), ...fields,
});
const team = (...people: [TestPerson | { accountId: string }, 'LEAD' | 'MEMBER'][]) => people.map(([{ accountId }, role]) => ({ memberId: accountId, role }));

describe('createProject', () => {
  test('starts with the usual stages, led by its maker', async () => {
    const { createProject } = await consultant.client.must(create, { input: input({ clientName: ' 星河　科技 ', members: team([researcher, 'MEMBER']) }) });
    expect(createProject.userErrors).toEqual([]);
    expect(createProject.project).toMatchObject({
      name: 'CTO', client: { name: '星河 科技' }, publicTitle: 'CTO at a data company', archivedAt: null, version: 1, candidacyCount: 0,
      can: { edit: true, addCandidates: true, openConversations: true },
      members: [{ role: 'LEAD', member: { id: consultant.accountId } }, { role: 'MEMBER', member: { id: researcher.accountId } }],
    });
    expect(createProject.project.stages.map(({ name, kind, position }: any) => `${position} ${name} ${kind}`)).toEqual([
      '0 Sourced ACTIVE', '1 Contacted ACTIVE', '2 Interested ACTIVE', '3 Interview ACTIVE', '4 Offer ACTIVE', '5 Placed PLACED', '6 Declined CLOSED', '7 Not a fit CLOSED',
    ]);
  });

  test('names the stages in the viewer’s language', async () => {
    const project = await makeProject(partner, { locale: 'zh-CN' });
    expect(project.stages.map((stage) => stage.name)).toEqual(['待联系', '已联系', '有意向', '面试中', '谈 Offer', '已入职', '已婉拒', '不合适']);
  });

  test('takes stages of one’s own', async () => {
    const stages = [{ id: newId('stage'), name: 'Long list', kind: 'ACTIVE' }, { id: newId('stage'), name: 'Hired', kind: 'PLACED' }];
    expect((await makeProject(partner, { stages })).stages).toEqual(stages.map((stage, position) => ({ ...stage, position })));
  });

  test('sent twice, also at once, starts once', async () => {
    const twice = { input: input() };
    const answers = await Promise.all([consultant.client.must(create, twice), consultant.client.must(create, twice)]);
    expect(answers.map((answer) => [answer['createProject'].project.id, answer['createProject'].project.stages.length])).toEqual([[twice.input.id, 8], [twice.input.id, 8]]);
  });

  test.each<[string, () => object, { field: string; code: string }]>([
    ['an empty name', () => ({ name: ' ' }), { field: 'name', code: 'REQUIRED' }],
    ['a name of emoji', () => ({ name: '🚀' }), { field: 'name', code: 'NAME_NEEDS_LETTER' }],
    ['no client', () => ({ clientName: '' }), { field: 'clientName', code: 'REQUIRED' }],
    ['a title of 201 letters', () => ({ publicTitle: 'x'.repeat(201) }), { field: 'publicTitle', code: 'TOO_LONG' }],
    ['no stage to begin in', () => ({ stages: [{ id: newId('stage'), name: 'Placed', kind: 'PLACED' }] }), { field: 'stages', code: 'REQUIRED' }],
    ['a nameless stage', () => ({ stages: [{ id: newId('stage'), name: '', kind: 'ACTIVE' }] }), { field: 'stages.0.name', code: 'REQUIRED' }],
    ['a stage’s bad id', () => ({ stages: [{ id: 'stg_1', name: 'A', kind: 'ACTIVE' }] }), { field: 'stages.0.id', code: 'INVALID_ID' }],
    ['another firm’s colleague', () => ({ members: team([other.partner, 'MEMBER']) }), { field: 'members.0.memberId', code: 'MEMBER_UNKNOWN' }],
    ['a researcher as lead', () => ({ members: team([researcher, 'LEAD']) }), { field: 'members.0.role', code: 'LEAD_ROLE' }],
    ['a malformed id', () => ({ id: 'prj_1' }), { field: 'id', code: 'INVALID_ID' }],
  ])('refuses %s', async (_what, fields, error) => {
    expect((await partner.must(create, { input: input(fields()) }))['createProject']).toEqual({ project: null, userErrors: [error] });
  });

  test('refuses a colleague who has left', async () => {
    const gone = await firm.addMember('CONSULTANT');
    await api.sql`update accounts set ended_at = now() where id = ${gone.accountId}`;
    const { createProject } = await partner.must(create, { input: input({ members: team([gone, 'MEMBER']) }) });
    expect(createProject.userErrors).toEqual([{ field: 'members.0.memberId', code: 'MEMBER_ENDED' }]);
  });

  test('is not for researchers, candidates or nobody', async () => {
    expect((await researcher.client.ask(create, { input: input() })).codes).toEqual(['FORBIDDEN']);
    expect((await candidate.ask(create, { input: input() })).codes).toEqual(['FORBIDDEN']);
    expect((await api.client().ask(create, { input: input() })).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('another firm’s id is taken', async () => {
    const theirs = await makeProject(other.partner.client);
    expect((await partner.must(create, { input: input({ id: theirs.id }) }))['createProject'].userErrors).toEqual([{ field: 'id', code: 'ID_TAKEN' }]);
  });
});

describe('projects, project and node', () => {
  let project: ProjectRecord;
  beforeAll(async () => {
    project = await makeProject(consultant.client, { members: team([researcher, 'MEMBER']) });
  });

  const seen = async (client: TestClient): Promise<boolean[]> => {
    const { projects } = await client.must(list);
    const { project: one } = await client.must(read, { id: project.id });
    const { node } = await client.must(`query ($id: ID!) { node(id: $id) { id } }`, { id: project.id });
    const { node: stage } = await client.must(`query ($id: ID!) { node(id: $id) { id } }`, { id: project.stages[0]?.id });
    return [projects.some(({ id }: { id: string }) => id === project.id), one !== null, node !== null, stage !== null];
  };

  test('members and partners see it, other colleagues and firms do not', async () => {
    expect(await seen(consultant.client)).toEqual([true, true, true, true]);
    expect(await seen(researcher.client)).toEqual([true, true, true, true]);
    expect(await seen(partner)).toEqual([true, true, true, true]);
    expect(await seen(colleague.client)).toEqual([false, false, false, false]);
    expect(await seen(other.partner.client)).toEqual([false, false, false, false]);
  });

  test('candidates and nobody may not ask', async () => {
    for (const [client, code] of [[candidate, 'FORBIDDEN'], [api.client(), 'UNAUTHENTICATED']] as const) {
      expect((await client.ask(list)).codes).toEqual([code]);
      expect((await client.ask(read, { id: project.id })).codes).toEqual([code]);
    }
  });

  test('says what the viewer may do', async () => {
    const can = async (client: TestClient) => (await client.must(read, { id: project.id }))['project'].can;
    expect(await can(researcher.client)).toEqual({ edit: false, addCandidates: true, openConversations: false });
    expect(await can(partner)).toEqual({ edit: true, addCandidates: true, openConversations: true });
  });

  test('the newest stands first', async () => {
    const newer = await makeProject(consultant.client);
    const { projects } = await consultant.client.must(list);
    expect(projects[0].id).toBe(newer.id);
  });
});

describe('updateProject', () => {
  test('renames, reorders, adds and removes stages', async () => {
    const project = await makeProject(consultant.client);
    const [sourced, contacted, ...rest] = project.stages.map(({ id, name, kind }) => ({ id, name, kind }));
    const added = { id: newId('stage'), name: 'References', kind: 'ACTIVE' };
    const stages = [contacted, { ...sourced, name: 'Found' }, added, ...rest.slice(1)];
    const { updateProject } = await consultant.client.must(update, { input: unchanged(project, { name: 'Renamed', clientName: 'Other Client', stages }) });
    expect(updateProject.userErrors).toEqual([]);
    expect(updateProject.project).toMatchObject({ name: 'Renamed', client: { name: 'Other Client' }, version: 2 });
    expect(updateProject.project.stages).toEqual(stages.map((stage, position) => ({ ...stage, position })));
  });

  test('a removed stage may come back', async () => {
    const project = await makeProject(partner);
    const without = unchanged(project, { stages: project.stages.slice(1).map(({ id, name, kind }) => ({ id, name, kind })) });
    await partner.must(update, { input: without });
    const { updateProject } = await partner.must(update, { input: unchanged(project, { expectedVersion: 2 }) });
    expect(updateProject.userErrors).toEqual([]);
    expect(updateProject.project.stages.map(({ id }: { id: string }) => id)).toEqual(project.stages.map(({ id }) => id));
  });

  test('a stage with candidates stays', async () => {
    const project = await makeProject(partner);
    await makeCandidacy(partner, (await makePerson(partner)).id, project.id);
    const stages = project.stages.slice(1).map(({ id, name, kind }) => ({ id, name, kind }));
    const { updateProject } = await partner.must(update, { input: unchanged(project, { name: 'Not this either', stages }) });
    expect(updateProject).toEqual({ project: null, userErrors: [{ field: 'stages', code: 'STAGE_IN_USE' }] });
    expect((await partner.must(read, { id: project.id }))['project']).toMatchObject({ name: 'Head of Platform', version: 1, stages: { length: 8 } });
  });

  test('a stage of another board is not taken over', async () => {
    const project = await makeProject(partner);
    const elsewhere = await makeProject(other.partner.client);
    const stages = [...project.stages, ...elsewhere.stages.slice(0, 1)].map(({ id, name, kind }) => ({ id, name, kind }));
    expect((await partner.must(update, { input: unchanged(project, { stages }) }))['updateProject'].userErrors).toEqual([{ field: 'stages', code: 'ID_TAKEN' }]);
  });

  test('archives and brings back', async () => {
    const project = await makeProject(partner);
    const { updateProject } = await partner.must(update, { input: unchanged(project, { archived: true }) });
    expect(updateProject.project).toMatchObject({ archivedAt: expect.any(String), can: { edit: true, addCandidates: false, openConversations: false } });
    const ids = async (archived: boolean) => (await partner.must(list, { archived }))['projects'].map(({ id }: { id: string }) => id);
    expect(await ids(false)).not.toContain(project.id);
    expect(await ids(true)).toContain(project.id);
    const back = (await partner.must(update, { input: unchanged(project, { expectedVersion: 2 }) }))['updateProject'];
    expect(back.project).toMatchObject({ archivedAt: null, version: 3 });
  });

  test('refuses an outdated version and shows the fresh project; the same command twice is fine', async () => {
    const project = await makeProject(partner);
    const first = { input: unchanged(project, { name: 'First' }) };
    await partner.must(update, first);
    expect((await partner.must(update, first))['updateProject']).toMatchObject({ userErrors: [], project: { version: 2 } });
    const { updateProject } = await partner.must(update, { input: unchanged(project, { name: 'Second' }) });
    expect(updateProject).toMatchObject({ userErrors: [{ field: null, code: 'STALE_VERSION' }], project: { name: 'First', version: 2 } });
  });

  test('is for leads and partners', async () => {
    const project = await makeProject(consultant.client, { members: team([researcher, 'MEMBER'], [colleague, 'MEMBER']) });
    const change = { input: unchanged(project, { name: 'Changed' }) };
    expect((await researcher.client.ask(update, change)).codes).toEqual(['FORBIDDEN']);
    expect((await colleague.client.ask(update, change)).codes).toEqual(['FORBIDDEN']);
    expect((await other.partner.client.ask(update, change)).codes).toEqual(['NOT_FOUND']);
    expect((await candidate.ask(update, change)).codes).toEqual(['FORBIDDEN']);
    expect((await partner.must(update, change))['updateProject'].userErrors).toEqual([]);
    const unseen = await makeProject(partner);
    expect((await colleague.client.ask(update, { input: unchanged(unseen) })).codes).toEqual(['NOT_FOUND']);
  });
});

describe('setProjectMembers', () => {
  test('says who is on it, as a whole', async () => {
    const project = await makeProject(consultant.client, { members: team([researcher, 'MEMBER']) });
    const { setProjectMembers } = await consultant.client.must(setMembers, { input: { projectId: project.id, members: team([consultant, 'MEMBER'], [colleague, 'LEAD']) } });
    expect(setProjectMembers.userErrors).toEqual([]);
    expect(setProjectMembers.project.members).toEqual([
      { role: 'LEAD', member: expect.objectContaining({ id: colleague.accountId }) }, { role: 'MEMBER', member: expect.objectContaining({ id: consultant.accountId }) },
    ]);
    expect((await researcher.client.must(read, { id: project.id }))['project']).toBeNull();
    expect((await consultant.client.ask(setMembers, { input: { projectId: project.id, members: team([consultant, 'LEAD']) } })).codes).toEqual(['FORBIDDEN']);
  });

  test('a lead who goes sees it no more', async () => {
    const project = await makeProject(consultant.client);
    const { setProjectMembers } = await consultant.client.must(setMembers, { input: { projectId: project.id, members: team([colleague, 'LEAD'], [researcher, 'MEMBER']) } });
    expect(setProjectMembers).toEqual({ project: null, userErrors: [] });
    expect((await colleague.client.must(read, { id: project.id }))['project'].members).toHaveLength(2);
  });

  test.each<[string, () => object[], { field: string; code: string }]>([
    ['nobody', () => [], { field: 'members', code: 'NO_LEAD' }],
    ['no lead', () => team([consultant, 'MEMBER']), { field: 'members', code: 'NO_LEAD' }],
    ['a researcher as lead', () => team([consultant, 'LEAD'], [researcher, 'LEAD']), { field: 'members.1.role', code: 'LEAD_ROLE' }],
    ['a stranger', () => team([consultant, 'LEAD'], [other.partner, 'MEMBER']), { field: 'members.1.memberId', code: 'MEMBER_UNKNOWN' }],
  ])('refuses %s', async (_what, members, error) => {
    const project = await makeProject(consultant.client);
    expect((await consultant.client.must(setMembers, { input: { projectId: project.id, members: members() } }))['setProjectMembers']).toEqual({ project: null, userErrors: [error] });
  });

  test('who has left the firm may stay on the list, and is no lead', async () => {
    const gone = await firm.addMember('CONSULTANT');
    const project = await makeProject(partner, { members: team([gone, 'LEAD']) });
    await api.sql`update accounts set ended_at = now() where id = ${gone.accountId}`;
    const set = async (members: object[]) => (await partner.must(setMembers, { input: { projectId: project.id, members } }))['setProjectMembers'].userErrors;
    expect(await set(team([gone, 'LEAD'], [firm.partner, 'MEMBER']))).toEqual([{ field: 'members', code: 'NO_LEAD' }]);
    expect(await set(team([gone, 'LEAD'], [firm.partner, 'LEAD']))).toEqual([]);
  });

  test('who comes joins the rooms of its conversations, who goes leaves them', async () => {
    const project = await makeProject(consultant.client, { members: team([researcher, 'MEMBER']) });
    const person = await makePerson(consultant.client);
    const candidacy = await makeCandidacy(consultant.client, person.id, project.id);
    const { roomId } = await openConversation(api, firm, consultant, candidacy.id);
    const room = api.matrix.rooms.get(roomId);
    const inRoom = () => [...(room?.joined ?? [])].sort();
    await expect.poll(inRoom).toEqual([consultant.mxid, researcher.mxid].sort());
    await consultant.client.must(setMembers, { input: { projectId: project.id, members: team([consultant, 'LEAD'], [colleague, 'MEMBER']) } });
    await expect.poll(inRoom).toEqual([consultant.mxid, colleague.mxid].sort());
    expect([...(room?.removed ?? [])]).toEqual([researcher.mxid]);
  });

  test('is for leads and partners of the firm', async () => {
    const project = await makeProject(consultant.client, { members: team([researcher, 'MEMBER']) });
    const change = { input: { projectId: project.id, members: team([consultant, 'LEAD']) } };
    expect((await researcher.client.ask(setMembers, change)).codes).toEqual(['FORBIDDEN']);
    expect((await colleague.client.ask(setMembers, change)).codes).toEqual(['NOT_FOUND']);
    expect((await other.partner.client.ask(setMembers, change)).codes).toEqual(['NOT_FOUND']);
    expect((await candidate.ask(setMembers, change)).codes).toEqual(['FORBIDDEN']);
  });
});

describe('recordProjectExport', () => {
  const recordExport = `mutation ($input: RecordProjectExportInput!) { recordProjectExport(input: $input) { recorded userErrors { code } } }`;
  const newest = `{ auditLog(first: 1) { edges { node { kind actorId subjects } } } }`;
  const newestEntry = async () => (await partner.must(newest))['auditLog'].edges[0].node;

  test('by a partner who is on the project stands in the audit log, each time', async () => {
    const project = await makeProject(partner);
    expect((await partner.must(`query ($id: ID!) { project(id: $id) { can { export } } }`, { id: project.id }))['project'].can).toEqual({ export: true });
    for (const _ of [1, 2]) {
      await makeProject(partner);
      expect((await partner.must(recordExport, { input: { projectId: project.id } }))['recordProjectExport']).toEqual({ recorded: true, userErrors: [] });
      expect(await newestEntry()).toEqual({ kind: 'PROJECT_EXPORTED', actorId: firm.partner.accountId, subjects: [project.id] });
    }
  });

  test.each<[string, () => TestClient, string]>([
    ['a partner who is not on it', () => partner, 'FORBIDDEN'],
    ['its lead, who is no partner', () => consultant.client, 'FORBIDDEN'],
    ['a member of it', () => researcher.client, 'FORBIDDEN'],
    ['a colleague outside it', () => colleague.client, 'NOT_FOUND'],
    ['another firm’s partner', () => other.partner.client, 'NOT_FOUND'],
    ['a candidate', () => candidate, 'FORBIDDEN'],
    ['nobody', () => api.client(), 'UNAUTHENTICATED'],
  ])('is refused to %s, and leaves no trace', async (_, client, code) => {
    const project = await makeProject(consultant.client, { members: team([researcher, 'MEMBER']) });
    const before = await newestEntry();
    expect((await client().ask(recordExport, { input: { projectId: project.id } })).codes).toEqual([code]);
    expect(await newestEntry()).toEqual(before);
  });
});

describe('row-level security', () => {
  const seenBy = (account: string, organisation: string, role: string, table: string) => asRole(api, { account, organisation, role }, (sql) => sql`select * from ${sql(table)}`);

  test.each(['projects', 'stages', 'project_members'])('%s without WHERE: the projects that one sees', async (table) => {
    const mine = await makeProject(colleague.client);
    await makeProject(partner);
    await makeProject(other.partner.client);
    const rows = await seenBy(colleague.accountId, firm.organisationId, 'CONSULTANT', table);
    const ids = new Set(rows.map((row) => (table === 'projects' ? row['id'] : row['project_id']) as string));
    expect(ids).toContain(mine.id);
    const own = await api.sql`select project_id from project_members where account_id = ${colleague.accountId}`;
    expect([...ids].sort()).toEqual(own.map((row) => row['project_id'] as string).sort());
    expect(await seenBy('acc_x', firm.organisationId, 'CANDIDATE', table)).toEqual([]);
    expect(await seenBy('', '', '', table)).toEqual([]);
  });

  test('nobody puts themself on a project', async () => {
    const project = await makeProject(partner);
    const join = asRole(api, { account: colleague.accountId, organisation: firm.organisationId, role: 'CONSULTANT' }, (sql) =>
      sql`insert into project_members (organisation_id, project_id, account_id, role) values (${firm.organisationId}, ${project.id}, ${colleague.accountId}, 'LEAD')`);
    await expect(join).rejects.toThrow(/row-level security/);
  });
});
