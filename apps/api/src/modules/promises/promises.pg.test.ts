import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makeCandidacy, makeCandidate, makePerson, makeProject, makePromise, promiseFields, recordDocuments, type ProjectRecord } from '../../testing/records.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange } from '../../testing/subscribe.ts';

let api: TestApi;
let firm: TestFirm;
let other: TestFirm;
let lead: TestPerson;
let researcher: TestPerson;
let colleague: TestPerson;
let outsider: TestPerson;
let candidate: TestClient;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  other = await makeFirm(api);
  lead = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
  colleague = await firm.addMember('CONSULTANT');
  outsider = await firm.addMember('CONSULTANT');
  candidate = await makeCandidate(api, firm);
});
afterAll(() => api.close());

const settle = `mutation ($input: SettlePromiseInput!) { settlePromise(input: $input) { promise { ${promiseFields} } userErrors { field code } } }`;
const ofCandidacy = 'query ($id: ID!) { candidacy(id: $id) { promises { id body dueOn state } } }';
const ofProject = 'query ($id: ID!) { project(id: $id) { openPromises { id body candidacy { id person { name } } } } }';

let project: ProjectRecord;
let candidacyId: string;

beforeEach(async () => {
  project = await makeProject(lead.client, { members: [researcher, colleague].map(({ accountId }) => ({ memberId: accountId, role: 'MEMBER' })) });
  candidacyId = (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, project.id)).id;
});

const added = async (client: TestClient, input: object = {}) =>
  (await client.must(recordDocuments.addPromise, { input: { id: newId('promise'), candidacyId, body: '周五前给答复', ...input } }))['addPromise'];
const settled = async (client: TestClient, id: string, state: string) => (await client.must(settle, { input: { id, state } }))['settlePromise'];
const bodies = async (client: TestClient): Promise<string[]> => (await client.must(ofCandidacy, { id: candidacyId }))['candidacy'].promises.map(({ body }: { body: string }) => body);
async function archive(): Promise<void> {
  const stages = project.stages.map(({ id, name, kind }) => ({ id, name, kind }));
  const document = 'mutation ($input: UpdateProjectInput!) { updateProject(input: $input) { userErrors { code } } }';
  expect((await lead.client.must(document, { input: { id: project.id, expectedVersion: 1, name: 'Old', clientName: 'Acme', publicTitle: 'Old', stages, archived: true } }))['updateProject'].userErrors).toEqual([]);
}

describe('addPromise', () => {
  test('notes who promised what until when', async () => {
    expect(await added(researcher.client, { body: ' Send the offer \n', dueOn: '2026-11-30' })).toEqual({
      promise: {
        id: expect.stringMatching(/^prm_/), candidacy: { id: candidacyId }, body: 'Send the offer', dueOn: '2026-11-30', state: 'OPEN',
        promisedBy: { id: researcher.accountId, name: researcher.name }, promisedAt: expect.any(String), settledBy: null, settledAt: null,
      },
      userErrors: [],
    });
  });

  test('sent twice, also at once, it is noted once, and stays settled', async () => {
    const id = newId('promise');
    await Promise.all([added(lead.client, { id }), added(lead.client, { id })]);
    expect(await bodies(lead.client)).toEqual(['周五前给答复']);
    await settled(lead.client, id, 'TAKEN_BACK');
    expect((await added(lead.client, { id })).promise.state).toBe('TAKEN_BACK');
    expect(await bodies(lead.client)).toEqual([]);
  });

  test.each([
    ['no words', { body: ' \n' }, { field: 'body', code: 'REQUIRED' }],
    ['501 characters', { body: 'x'.repeat(501) }, { field: 'body', code: 'TOO_LONG' }],
    ['a day that no month has', { dueOn: '2026-02-31' }, { field: 'dueOn', code: 'INVALID_DATE' }],
    ['a moment', { dueOn: '2026-11-30T10:00:00Z' }, { field: 'dueOn', code: 'INVALID_DATE' }],
    ['a year of five digits', { dueOn: '20260-11-30' }, { field: 'dueOn', code: 'INVALID_DATE' }],
    ['a malformed id', { id: 'prm_1' }, { field: 'id', code: 'INVALID_ID' }],
  ])('refuses %s', async (_what, input, refusal) => {
    expect((await added(lead.client, input)).userErrors).toEqual([refusal]);
  });

  test('refuses an archived project, and the id of a promise to somebody else', async () => {
    const elsewhere = await makePromise(lead.client, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, project.id)).id);
    expect((await added(lead.client, { id: elsewhere.id })).userErrors).toEqual([{ field: 'id', code: 'ID_TAKEN' }]);
    await archive();
    expect((await added(lead.client)).userErrors).toEqual([{ field: null, code: 'PROJECT_ARCHIVED' }]);
  });

  test('is for who sees the project', async () => {
    const attempt = async (client: TestClient) => (await client.ask(recordDocuments.addPromise, { input: { id: newId('promise'), candidacyId, body: 'x' } })).codes;
    expect(await attempt(outsider.client)).toEqual(['NOT_FOUND']);
    expect(await attempt(other.partner.client)).toEqual(['NOT_FOUND']);
    expect(await attempt(candidate)).toEqual(['FORBIDDEN']);
    expect(await attempt(api.client())).toEqual(['UNAUTHENTICATED']);
  });

  test('the team hears of it', async () => {
    const heard = await nextChange(api, testOrigin, colleague.client.cookie(), async () => void (await added(lead.client)));
    expect(heard).toEqual({ change: { topic: 'PROJECT', id: project.id } });
  });
});

describe('settlePromise', () => {
  test('whoever is on the project keeps it; of two who tick it off, the first has', async () => {
    const { id } = await makePromise(lead.client, candidacyId);
    const { promise } = await settled(researcher.client, id, 'KEPT');
    expect(promise).toMatchObject({ state: 'KEPT', settledBy: { id: researcher.accountId }, settledAt: expect.any(String), promisedBy: { id: lead.accountId } });
    expect((await settled(colleague.client, id, 'KEPT')).promise).toEqual(promise);
  });

  test('and opens it again, as it was', async () => {
    const made = await makePromise(lead.client, candidacyId, { dueOn: '2026-12-01' });
    await settled(researcher.client, made.id, 'KEPT');
    expect((await settled(colleague.client, made.id, 'OPEN')).promise).toEqual(made);
  });

  test('its maker, a lead or a partner takes it back, and brings it back', async () => {
    const { id } = await makePromise(researcher.client, candidacyId);
    expect((await colleague.client.ask(settle, { input: { id, state: 'TAKEN_BACK' } })).codes).toEqual(['FORBIDDEN']);
    for (const { client } of [researcher, lead, firm.partner]) {
      expect((await settled(client, id, 'TAKEN_BACK')).promise.state).toBe('TAKEN_BACK');
      expect(await bodies(colleague.client)).toEqual([]);
      expect((await colleague.client.ask(settle, { input: { id, state: 'OPEN' } })).codes).toEqual(['FORBIDDEN']);
      expect((await settled(client, id, 'OPEN')).promise).toMatchObject({ state: 'OPEN', promisedBy: { id: researcher.accountId } });
    }
  });

  test('an archived project’s promises are settled too', async () => {
    const { id } = await makePromise(lead.client, candidacyId);
    await archive();
    expect((await settled(lead.client, id, 'KEPT')).userErrors).toEqual([]);
  });

  test('is for who sees the project', async () => {
    const { id } = await makePromise(lead.client, candidacyId);
    const attempt = async (client: TestClient) => (await client.ask(settle, { input: { id, state: 'KEPT' } })).codes;
    expect(await attempt(outsider.client)).toEqual(['NOT_FOUND']);
    expect(await attempt(other.partner.client)).toEqual(['NOT_FOUND']);
    expect(await attempt(candidate)).toEqual(['FORBIDDEN']);
  });
});

describe('promises', () => {
  test('of a candidacy: the earliest due first, what was kept last', async () => {
    const kept: string[] = [];
    for (const [body, dueOn] of [['whenever', undefined], ['later', '2026-12-09'], ['sooner', '2026-11-29'], ['first kept', '2026-01-01'], ['kept since', undefined]] as const) {
      const { id } = await makePromise(lead.client, candidacyId, { body, ...(dueOn && { dueOn }) });
      if (body.includes('kept')) kept.push(id);
    }
    for (const id of kept) {
      api.clock.advance(1000);
      await settled(lead.client, id, 'KEPT');
    }
    expect(await bodies(researcher.client)).toEqual(['sooner', 'later', 'whenever', 'kept since', 'first kept']);
  });

  test('of a project: those that are open, with whom they were made to', async () => {
    const { id } = await makePromise(lead.client, candidacyId);
    await settled(lead.client, (await makePromise(lead.client, candidacyId, { body: 'done' })).id, 'KEPT');
    await settled(lead.client, (await makePromise(lead.client, candidacyId, { body: 'withdrawn' })).id, 'TAKEN_BACK');
    const { project: seen } = await colleague.client.must(ofProject, { id: project.id });
    expect(seen.openPromises).toEqual([{ id, body: 'Send the interview’s agenda', candidacy: { id: candidacyId, person: { name: '王思远' } } }]);
  });

  test('are found by their id by the team alone', async () => {
    const { id } = await makePromise(lead.client, candidacyId);
    const node = async (client: TestClient) => (await client.must('query ($id: ID!) { node(id: $id) { id } }', { id }))['node'];
    expect([await node(colleague.client), await node(outsider.client), await node(other.partner.client), await node(candidate)]).toEqual([{ id }, null, null, null]);
  });
});

describe('the database', () => {
  const as = (person: TestPerson, role: string, statement: string) => asRole(api, { account: person.accountId, organisation: firm.organisationId, role }, (sql) => sql.unsafe(statement));

  test.each(["update promises set body = 'x'", "update promises set promised_by = 'x'", 'delete from promises', 'truncate promises'])('gives the API no right to: %s', async (statement) =>
    expect(as(lead, 'CONSULTANT', statement)).rejects.toThrow(/permission denied/));

  test('lets nobody promise or keep in a colleague’s name', async () => {
    const { id } = await makePromise(lead.client, candidacyId);
    await expect(
      as(colleague, 'CONSULTANT', `insert into promises (id, organisation_id, project_id, candidacy_id, body, promised_by, promised_at)
        values ('${newId('promise')}', '${firm.organisationId}', '${project.id}', '${candidacyId}', 'x', '${lead.accountId}', now())`),
    ).rejects.toThrow(/row-level security/);
    await expect(as(colleague, 'CONSULTANT', `update promises set state = 'KEPT', settled_by = '${lead.accountId}', settled_at = now() where id = '${id}'`)).rejects.toThrow(/row-level security/);
    await expect(as(colleague, 'CONSULTANT', `update promises set state = 'TAKEN_BACK', settled_by = '${colleague.accountId}', settled_at = now() where id = '${id}'`)).rejects.toThrow(/row-level security/);
  });

  test('shows them, without WHERE, of the projects that one sees; to a candidate none', async () => {
    await makePromise(lead.client, candidacyId);
    expect(await as(lead, 'CONSULTANT', 'select distinct project_id from promises')).toContainEqual({ project_id: project.id });
    expect(await as(outsider, 'CONSULTANT', 'select id from promises')).toEqual([]);
    expect(await asRole(api, { account: 'acc_x', organisation: firm.organisationId, role: 'CANDIDATE' }, (sql) => sql`select id from promises`)).toEqual([]);
    expect(await asRole(api, { account: other.partner.accountId, organisation: other.organisationId, role: 'PARTNER' }, (sql) => sql`select id from promises`)).toEqual([]);
  });
});
