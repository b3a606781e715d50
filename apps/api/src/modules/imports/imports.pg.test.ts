import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makePerson, makeProject, personFields, makeCandidate } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let other: TestFirm;
let candidate: TestClient;
let firm: TestFirm;
let client: TestClient;
let researcher: TestPerson;

beforeAll(async () => {
  api = await startTestApi();
  other = await makeFirm(api);
});
afterAll(() => api.close());

const document = `mutation ($input: ImportPeopleInput!) { importPeople(input: $input) {
  dryRun created updated unchanged refused rows { line outcome person { id name } userErrors { field code } } userErrors { field code } } }`;
const people = `query ($filter: PersonFilter) { people(first: 200, filter: $filter) { totalCount edges { node { ${personFields} } } } }`;

const rows = [
  { line: 2, externalId: 'a1', name: '王思远', title: '架构师', companyName: '星河科技', email: 'Siyuan@example.com', phone: '138 0013 8000', tags: ['Go', 'go', '分布式'], note: '第一次通话' },
  { line: 3, name: 'Priya Shah', companyName: ' 星河　科技 ', linkedin: 'linkedin.com/in/priya' },
  { line: 4, name: '🎉', email: 'party@example.com' },
  { line: 5, name: '=1+1', phone: '+86 139 0013 9000' },
  { line: 6, name: 'Siyuan Again', email: 'siyuan@example.com' },
  { line: 7, name: 'Nobody’s Handle', companyName: 'Nova' },
  { line: 8, name: 'Bad Mail', email: 'not an address', wechat: 'bad_mail_1' },
];

const run = async (fields: object = {}, by = client) =>
  (await by.must(document, { input: { id: newId('import'), rows, dryRun: false, fileName: 'people.csv', ...fields } }))['importPeople'];
const outline = (answer: Record<string, any>): string[] =>
  answer['rows'].map((row: any) => [row.line, row.outcome, row.person?.name ?? '-', ...row.userErrors.map((error: any) => error.code)].join(' '));
const all = async (filter: object = {}) => (await client.must(people, { filter }))['people'];

beforeEach(async () => {
  firm = await makeFirm(api);
  client = firm.partner.client;
});

const expected = [
  '2 CREATED 王思远', '3 CREATED Priya Shah', '4 REFUSED - NAME_NEEDS_LETTER', '5 CREATED =1+1 FORMULA_CELL', '6 REFUSED - DUPLICATE_IN_FILE', '7 CREATED Nobody’s Handle', '8 CREATED Bad Mail INVALID_EMAIL',
];

describe('importPeople', () => {
  test('brings the good rows in, and says of each row what became of it', async () => {
    const answer = await run();
    expect(answer).toMatchObject({ dryRun: false, created: 5, updated: 0, unchanged: 0, refused: 2, userErrors: [] });
    expect(outline(answer)).toEqual(expected);
    const { edges, totalCount } = await all();
    expect(totalCount).toBe(5);
    const wang = edges.find((edge: any) => edge.node.name === '王思远').node;
    expect(wang).toMatchObject({
      title: '架构师', company: { name: '星河科技' }, tags: ['Go', '分布式'], source: 'people.csv', version: 1, notes: [{ body: '第一次通话', author: { id: firm.partner.accountId } }],
      handles: [{ kind: 'EMAIL', raw: 'Siyuan@example.com', normalised: 'siyuan@example.com' }, { kind: 'PHONE', normalised: '+8613800138000' }],
    });
    expect((await all({ search: 'xinghe' })).totalCount, 'one company, found by pinyin').toBe(2);
  });

  test('a dry run says the same and writes nothing', async () => {
    const dry = await run({ dryRun: true });
    expect(dry).toMatchObject({ dryRun: true, created: 5, refused: 2 });
    expect(outline(dry)).toEqual(expected.map((line) => line.replace(/CREATED (王思远|Priya Shah|=1\+1|Nobody’s Handle|Bad Mail)/, 'CREATED -')));
    expect((await all()).totalCount).toBe(0);
    expect(await api.sql`select id from imports where organisation_id = ${firm.organisationId}`).toEqual([]);
    expect(await api.sql`select id from companies where organisation_id = ${firm.organisationId}`).toEqual([]);
  });

  test('the same file again changes nothing', async () => {
    await run();
    for (const dryRun of [true, false]) {
      const again = await run({ dryRun });
      expect(again).toMatchObject({ created: 0, updated: 0, unchanged: 5, refused: 2 });
    }
    const { edges, totalCount } = await all();
    expect(totalCount).toBe(5);
    expect(edges.every((edge: any) => edge.node.version === 1 && edge.node.notes.length <= 1)).toBe(true);
  });

  test('the same command again answers what it answered', async () => {
    const id = newId('import');
    const first = await run({ id });
    expect(await run({ id })).toEqual(first);
    const answers = await Promise.all([1, 2].map(() => run({ id: newId('import'), rows: [{ line: 2, name: 'At Once', email: 'once@example.com' }] })));
    expect(answers.map((answer) => answer.rows[0].outcome).sort()).toEqual(['CREATED', 'UNCHANGED']);
  });

  test('a newer file updates whom it means, by id or handle', async () => {
    await run();
    const newer = await run({
      rows: [
        { line: 2, externalId: 'a1', name: '王思远', title: 'CTO', tags: ['Rust'] },
        { line: 3, name: 'P. Shah', linkedin: 'https://www.linkedin.com/in/priya/', email: 'priya@example.com' },
        { line: 4, externalId: 'a1', name: 'Somebody Else' },
      ],
    });
    expect(outline(newer)).toEqual(['2 UPDATED 王思远', '3 UPDATED Priya Shah NAME_KEPT', '4 REFUSED - DUPLICATE_IN_FILE']);
    const found = async (search: string) => (await all({ search })).edges.map((edge: any) => edge.node);
    expect(await found('rust')).toMatchObject([{ name: '王思远', title: 'CTO', company: { name: '星河科技' }, tags: ['Go', '分布式', 'Rust'], version: 2 }]);
    expect(await found('priya@example')).toMatchObject([{ name: 'Priya Shah', handles: [{ kind: 'LINKEDIN' }, { kind: 'EMAIL' }] }]);
  });

  test('finds people whom a colleague typed in', async () => {
    const known = await makePerson(client, { name: '王思远', handles: [{ kind: 'PHONE', raw: '+8613800138000' }] });
    const answer = await run();
    expect(answer.rows[0]).toMatchObject({ outcome: 'UPDATED', person: { id: known.id } });
  });

  test('puts everybody into a project’s first stage, once', async () => {
    const project = await makeProject(client);
    expect(await run({ projectId: project.id })).toMatchObject({ created: 5 });
    expect(await run({ projectId: project.id })).toMatchObject({ unchanged: 5, updated: 0 });
    const { edges } = await all({ projectId: project.id });
    expect(edges.map((edge: any) => edge.node.candidacies.map((candidacy: any) => candidacy.stage.name))).toEqual(Array.from({ length: 5 }, () => ['Sourced']));
    const second = await makeProject(client);
    expect(await run({ projectId: second.id })).toMatchObject({ updated: 5 });
  });

  test('is for members who see the project', async () => {
    researcher = await firm.addMember('RESEARCHER');
    candidate = await makeCandidate(api, firm);
    const project = await makeProject(client);
    const input = { id: newId('import'), rows: rows.slice(0, 1), dryRun: false, fileName: 'a.csv' };
    for (const dryRun of [true, false]) {
      const into = { input: { ...input, dryRun, projectId: project.id } };
      expect((await researcher.client.ask(document, into)).codes).toEqual(['NOT_FOUND']);
      expect((await other.partner.client.ask(document, into)).codes).toEqual(['NOT_FOUND']);
    }
    expect((await candidate.ask(document, { input })).codes).toEqual(['FORBIDDEN']);
    expect((await api.client().ask(document, { input })).codes).toEqual(['UNAUTHENTICATED']);
    expect((await all()).totalCount, 'nobody came in beside the candidate').toBe(1);
    expect((await run({}, researcher.client)).created).toBe(5);
  });

  test('another firm’s people are neither found nor touched', async () => {
    await run();
    const theirs = await run({}, other.partner.client);
    expect(theirs).toMatchObject({ created: 5, updated: 0 });
    const id = newId('import');
    await run({ id });
    expect((await run({ id }, other.partner.client)).userErrors).toEqual([{ field: 'id', code: 'ID_TAKEN' }]);
  });

  test('refuses an archived project, 2,001 rows, a malformed id', async () => {
    const project = await makeProject(client);
    await api.sql`update projects set archived_at = now() where id = ${project.id}`;
    expect(await run({ projectId: project.id })).toMatchObject({ rows: [], userErrors: [{ field: 'projectId', code: 'PROJECT_ARCHIVED' }] });
    const many = Array.from({ length: 2001 }, (_, at) => ({ line: at + 2, name: 'A' }));
    expect((await run({ rows: many })).userErrors).toEqual([{ field: 'rows', code: 'TOO_MANY_ROWS' }]);
    expect((await run({ id: 'imp_1' })).userErrors).toEqual([{ field: 'id', code: 'INVALID_ID' }]);
  });

  test('a failure in the middle leaves nothing', async () => {
    await api.sql`create function fail_tags() returns trigger language plpgsql as $$ begin raise exception 'disk'; end $$`;
    await api.sql`create trigger fail before insert on person_tags for each row execute function fail_tags()`;
    const answer = await client.ask(document, { input: { id: newId('import'), rows, dryRun: false, fileName: 'a.csv' } });
    await api.sql`drop function fail_tags() cascade`;
    expect(answer.codes).toEqual(['INTERNAL']);
    expect((await all()).totalCount).toBe(0);
    expect((await run()).created).toBe(5);
  });

  test('takes 2,000 rows in as many statements as two', async () => {
    const project = await makeProject(client);
    const file = (count: number) => Array.from({ length: count }, (_, at) => ({
      line: at + 2, externalId: `x${count}-${at}`, name: `王${String.fromCodePoint(0x4e00 + at)}`, title: 'Engineer', companyName: `Company ${at % 300}`, location: '上海',
      email: `p${count}.${at}@example.com`, phone: `139${String(count + at).padStart(8, '0')}`, tags: ['imported', `batch ${at % 10}`], note: `Row ${at}`,
    }));
    const statements = async (count: number, outcome: object): Promise<number> => {
      const calls = async () => Number((await api.sql`select count(*) as n from statement_log`)[0]?.['n']);
      const before = await calls();
      expect(await run({ rows: file(count), projectId: project.id })).toMatchObject(outcome);
      return (await calls()) - before;
    };
    await api.sql`create table statement_log (at timestamptz default now())`;
    await api.sql`grant insert on statement_log to baton_app`;
    await api.sql`create function log_statement() returns trigger language plpgsql as $$ begin insert into statement_log default values; return null; end $$`;
    for (const table of ['companies', 'people', 'person_handles', 'person_tags', 'notes', 'person_import_keys', 'candidacies', 'stage_events', 'imports']) {
      await api.sql`create trigger log_it after insert or update on ${api.sql(table)} for each statement execute function log_statement()`;
    }
    const two = await statements(2, { created: 2, refused: 0 });
    const thousands = await statements(2000, { created: 2000, refused: 0 });
    // Beyond a thousand rows a table takes a second or fourth statement.
    expect(thousands).toBeLessThan(two * 4);
    expect(await statements(2000, { unchanged: 2000 })).toBeLessThan(5);
  }, 60_000);
});
