import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makeCandidate, makeProject, type ProjectRecord } from '../../testing/records.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange } from '../../testing/subscribe.ts';

let api: TestApi;
let firm: TestFirm;
let lead: TestPerson;
let colleague: TestPerson;
let outsider: TestPerson;
let stranger: TestPerson;
let candidate: TestClient;
let project: ProjectRecord;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  stranger = (await makeFirm(api)).partner;
  [lead, colleague, outsider] = [await firm.addMember('CONSULTANT'), await firm.addMember('CONSULTANT'), await firm.addMember('CONSULTANT')];
  candidate = await makeCandidate(api, firm);
});
beforeEach(async () => {
  project = await makeProject(lead.client, { members: [{ memberId: colleague.accountId, role: 'MEMBER' }] });
});
afterAll(() => api.close());

const document = 'mutation ($input: SetCriteriaInput!) { setCriteria(input: $input) { project { version criteria { id name hint } } userErrors { field code } } }';
const criterion = (name: string, hint: string | null = null) => ({ id: newId('criterion'), name, hint });
const set = async (client: TestClient, criteria: object[], expectedVersion = 1) => (await client.must(document, { input: { projectId: project.id, expectedVersion, criteria } }))['setCriteria'];
const [depth, clarity] = [criterion('Depth', 'Let them explain the hardest bug.\nWhat did they rule out?'), criterion('表达')];

describe('setCriteria', () => {
  test('sets the list in its order, and the project has a new version', async () => {
    expect(await set(lead.client, [depth, clarity])).toEqual({ project: { version: 2, criteria: [depth, clarity] }, userErrors: [] });
    expect(await set(firm.partner.client, [clarity, { ...depth, name: 'Depth of knowledge' }], 2)).toMatchObject({ project: { criteria: [{ id: clarity.id }, { id: depth.id, name: 'Depth of knowledge' }] } });
  });

  test('what is left out goes, and comes back under its id', async () => {
    const list = [criterion('One'), criterion('Two')];
    await set(lead.client, list);
    expect((await set(lead.client, list.slice(1), 2)).project.criteria).toEqual(list.slice(1));
    expect((await set(lead.client, list, 3)).project.criteria).toEqual(list);
  });

  test('sent twice, it is set once; what a colleague set meanwhile is not lost', async () => {
    const list = [criterion('One')];
    await Promise.all([set(lead.client, list), set(lead.client, list)]);
    expect(await set(lead.client, list)).toMatchObject({ project: { version: 2 }, userErrors: [] });
    expect(await set(firm.partner.client, [])).toEqual({ project: { version: 2, criteria: list }, userErrors: [{ field: null, code: 'STALE_VERSION' }] });
  });

  test.each([
    ['21 of them', () => Array.from({ length: 21 }, (_, at) => criterion(`C${at}`)), { field: 'criteria', code: 'TOO_MANY' }],
    ['one without a name', () => [criterion('One'), criterion(' ')], { field: 'criteria.1.name', code: 'REQUIRED' }],
    ['a name of 101 characters', () => [criterion('x'.repeat(101))], { field: 'criteria.0.name', code: 'TOO_LONG' }],
    ['a hint of 501 characters', () => [criterion('One', 'x'.repeat(501))], { field: 'criteria.0.hint', code: 'TOO_LONG' }],
    ['a malformed id', () => [{ ...criterion('One'), id: 'crt_1' }], { field: 'criteria.0.id', code: 'INVALID_ID' }],
    ['the same one twice', () => Array(2).fill(criterion('One')), { field: 'criteria.1.id', code: 'ID_TAKEN' }],
  ])('refuses %s', async (_what, list, refusal) => {
    expect((await set(lead.client, list())).userErrors).toEqual([refusal]);
  });

  test('refuses an id of another project', async () => {
    const list = [criterion('One')];
    await set(lead.client, list);
    project = await makeProject(lead.client);
    expect((await set(lead.client, list)).userErrors).toEqual([{ field: 'criteria', code: 'ID_TAKEN' }]);
  });

  test('is for the leads and partners', async () => {
    const attempt = async (client: TestClient) => (await client.ask(document, { input: { projectId: project.id, expectedVersion: 1, criteria: [] } })).codes;
    expect(await attempt(colleague.client)).toEqual(['FORBIDDEN']);
    expect(await attempt(outsider.client)).toEqual(['NOT_FOUND']);
    expect(await attempt(stranger.client)).toEqual(['NOT_FOUND']);
    expect(await attempt(candidate)).toEqual(['FORBIDDEN']);
    expect(await attempt(api.client())).toEqual(['UNAUTHENTICATED']);
  });

  test('the team hears of it, and reads it', async () => {
    const list = [criterion('One')];
    const heard = await nextChange(api, testOrigin, colleague.client.cookie(), async () => void (await set(lead.client, list)));
    expect(heard).toEqual({ change: { topic: 'PROJECT', id: project.id } });
    expect((await colleague.client.must('query ($id: ID!) { project(id: $id) { criteria { id name hint } } }', { id: project.id }))['project'].criteria).toEqual(list);
  });

  test('the database lets nobody else write it, and nobody delete it', async () => {
    await set(lead.client, [criterion('One')]);
    const as = (person: TestPerson, statement: string) => asRole(api, { account: person.accountId, organisation: person.organisationId, role: 'CONSULTANT' }, (sql) => sql.unsafe(statement));
    expect(await as(colleague, `update criteria set name = 'x' where project_id = '${project.id}' returning id`)).toEqual([]);
    expect(await as(outsider, 'select id from criteria')).toEqual([]);
    await expect(as(lead, 'delete from criteria')).rejects.toThrow(/permission denied/);
  });
});
