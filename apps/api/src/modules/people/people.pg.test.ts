import { newId } from '@baton/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makePerson, makeProject, personFields, makeCandidate, recordDocuments } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;
let other: TestFirm;
let consultant: TestPerson;
let researcher: TestPerson;
let candidate: TestClient;
let partner: TestClient;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  other = await makeFirm(api);
  partner = firm.partner.client;
  consultant = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
  candidate = await makeCandidate(api, firm);
});
afterAll(() => api.close());

const { createPerson: create } = recordDocuments;
const update = `mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { person { ${personFields} } duplicates { id name } userErrors { field code } } }`;
const read = `query ($id: ID!) { person(id: $id) { ${personFields} } }`;

const input = (fields: object = {}) => ({ id: newId('person'), name: '王思远', ...fields });
const unchanged = (person: Record<string, any>, fields: object = {}) => ({
  id: person['id'], expectedVersion: person['version'], name: person['name'], title: person['title'], companyName: person['company']?.name ?? null,
  location: person['location'], source: person['source'], handles: person['handles'].map(({ kind, raw }: any) => ({ kind, raw })), tags: person['tags'], ...fields,
});

describe('createPerson', () => {
  test('adds a person with everything that was typed, cleaned', async () => {
    const id = newId('person');
    const { createPerson } = await researcher.client.must(create, {
      input: {
        id, name: '  欧阳\u200b娜娜 ', title: 'CTO', companyName: 'Byte  Dance', location: '上海', source: 'Referral', tags: ['Go', 'ｇｏ', ' 分布式 '],
        handles: [
          { kind: 'EMAIL', raw: 'Nana@Example.com' }, { kind: 'PHONE', raw: '138 0013 8000' }, { kind: 'WECHAT', raw: '@Nana_Oy' },
          { kind: 'LINKEDIN', raw: 'https://www.linkedin.com/in/Nana-OY/' }, { kind: 'EMAIL', raw: 'nana@example.com' }, { kind: 'PHONE', raw: ' ' },
        ],
      },
    });
    expect(createPerson).toEqual({
      person: {
        id, name: '欧阳娜娜', pinyin: 'Ouyang Nana', title: 'CTO', company: { id: expect.stringMatching(/^cmp_/), name: 'Byte Dance' }, location: '上海',
        handles: [
          { kind: 'EMAIL', raw: 'Nana@Example.com', normalised: 'nana@example.com' }, { kind: 'PHONE', raw: '138 0013 8000', normalised: '+8613800138000' },
          { kind: 'WECHAT', raw: '@Nana_Oy', normalised: 'nana_oy' }, { kind: 'LINKEDIN', raw: 'https://www.linkedin.com/in/Nana-OY/', normalised: 'nana-oy' },
        ],
        tags: ['Go', '分布式'], source: 'Referral', version: 1, candidacies: [], notes: [],
      },
      duplicates: [], userErrors: [],
    });
  });

  test('finds the company by its name, whatever its case, width and spaces', async () => {
    const first = await makePerson(partner, { companyName: '星河 Data' });
    const second = await makePerson(partner, { companyName: '星河ＤＡＴＡ' });
    expect(second['company']).toEqual(first['company']);
  });

  test('sent twice, also at once, adds one', async () => {
    const twice = { input: input({ tags: ['Twice'] }) };
    const answers = await Promise.all([consultant.client.must(create, twice), consultant.client.must(create, twice), consultant.client.must(create, twice)]);
    expect(answers.map((answer) => [answer['createPerson'].person.id, answer['createPerson'].userErrors])).toEqual(Array.from({ length: 3 }, () => [twice.input.id, []]));
    expect(await api.sql`select count(*)::int as n from people where id = ${twice.input.id}`).toEqual([{ n: 1 }]);
  });

  test('puts the person into a project’s first stage', async () => {
    const project = await makeProject(partner);
    const person = await makePerson(partner, { projectId: project.id });
    expect(person['candidacies']).toEqual([{ id: expect.stringMatching(/^cdy_/), stage: { name: 'Sourced' }, project: { id: project.id } }]);
  });

  test('leaves nothing when the project is not one of the viewer’s', async () => {
    const project = await makeProject(partner);
    const person = input({ projectId: project.id });
    expect((await researcher.client.ask(create, { input: person })).codes).toEqual(['NOT_FOUND']);
    expect((await partner.must(read, { id: person.id }))['person']).toBeNull();
  });

  test('names who has the address already', async () => {
    const known = await makePerson(partner, { name: 'Priya Shah', handles: [{ kind: 'EMAIL', raw: 'priya@example.com' }] });
    const { createPerson } = await consultant.client.must(create, { input: input({ handles: [{ kind: 'WECHAT', raw: 'priya_new' }, { kind: 'EMAIL', raw: 'PRIYA@example.com' }] }) });
    expect(createPerson).toEqual({
      person: null, duplicates: [{ id: known.id, name: 'Priya Shah' }], userErrors: [{ field: 'handles.1.raw', code: 'DUPLICATE_HANDLE' }],
    });
  });

  test('of two colleagues who type the same address at once, one gets it', async () => {
    const handles = [{ kind: 'EMAIL', raw: 'race@example.com' }];
    const answers = await Promise.all([partner, consultant.client, researcher.client].map((client) => client.must(create, { input: input({ handles }) })));
    const codes = answers.map((answer) => answer['createPerson'].userErrors.map((error: { code: string }) => error.code).join());
    expect(codes.sort()).toEqual(['', 'DUPLICATE_HANDLE', 'DUPLICATE_HANDLE']);
  });

  test('of many who type the same addresses in another order, one gets them and nobody waits forever', async () => {
    const handles = Array.from({ length: 12 }, (_, at) => ({ kind: 'EMAIL', raw: `order${at}@example.com` }));
    const answers = await Promise.all(Array.from({ length: 6 }, (_, at) => partner.ask(create, { input: input({ handles: at % 2 === 0 ? handles : handles.toReversed() }) })));
    expect(answers.flatMap((answer) => answer.codes)).toEqual([]);
    expect(answers.filter((answer) => answer.data?.['createPerson'].person !== null)).toHaveLength(1);
  });

  test.each<[string, object, { field: string; code: string }]>([
    ['an empty name', { name: '  ' }, { field: 'name', code: 'REQUIRED' }],
    ['a name of nothing but emoji', { name: '🎉🎉' }, { field: 'name', code: 'NAME_NEEDS_LETTER' }],
    ['a name of 201 letters', { name: 'x'.repeat(201) }, { field: 'name', code: 'TOO_LONG' }],
    ['a title of 201 letters', { title: 'x'.repeat(201) }, { field: 'title', code: 'TOO_LONG' }],
    ['a company without a letter', { companyName: '!!' }, { field: 'companyName', code: 'NAME_NEEDS_LETTER' }],
    ['a bad e-mail address', { handles: [{ kind: 'EMAIL', raw: 'nobody' }] }, { field: 'handles.0.raw', code: 'INVALID_EMAIL' }],
    ['a bad telephone number', { handles: [{ kind: 'PHONE', raw: '12' }] }, { field: 'handles.0.raw', code: 'INVALID_PHONE' }],
    ['a bad WeChat id', { handles: [{ kind: 'WECHAT', raw: '王' }] }, { field: 'handles.0.raw', code: 'INVALID_WECHAT' }],
    ['a bad profile', { handles: [{ kind: 'LINKEDIN', raw: 'https://example.com' }] }, { field: 'handles.0.raw', code: 'INVALID_LINKEDIN' }],
    ['a tag of 61 letters', { tags: ['x'.repeat(61)] }, { field: 'tags.0', code: 'TOO_LONG' }],
    ['51 tags', { tags: Array.from({ length: 51 }, (_, at) => `t${at}`) }, { field: 'tags', code: 'TOO_MANY' }],
    ['31 handles', { handles: Array.from({ length: 31 }, () => ({ kind: 'EMAIL', raw: 'a@b.cn' })) }, { field: 'handles', code: 'TOO_MANY' }],
    ['a malformed id', { id: 'per_1' }, { field: 'id', code: 'INVALID_ID' }],
    ['another kind of id', { id: newId('note') }, { field: 'id', code: 'INVALID_ID' }],
  ])('refuses %s', async (_what, fields, error) => {
    const { createPerson } = await partner.must(create, { input: input(fields) });
    expect(createPerson).toEqual({ person: null, duplicates: [], userErrors: [error] });
  });

  test('zero bytes and halves of characters do no harm', async () => {
    const person = await makePerson(partner, { name: 'Zero\0 Byte\ud83d', tags: ['a\0'], handles: [{ kind: 'EMAIL', raw: 'ze\0ro@example.com' }] });
    expect(person).toMatchObject({ name: 'Zero Byte\ufffd', tags: ['a'], handles: [{ normalised: 'zero@example.com' }] });
    const { people } = await partner.must('query ($f: PersonFilter) { people(first: 5, filter: $f) { edges { node { id } } } }', { f: { search: 'zero\0 b', tag: 'a\0' } });
    expect(people.edges).toEqual([{ node: { id: person.id } }]);
  });

  test('is for members', async () => {
    expect((await candidate.ask(create, { input: input() })).codes).toEqual(['FORBIDDEN']);
    expect((await api.client().ask(create, { input: input() })).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('another firm’s ids and addresses are neither shown nor shared', async () => {
    const handles = [{ kind: 'EMAIL', raw: 'both@example.com' }];
    const mine = await makePerson(partner, { handles, companyName: 'Shared Name' });
    const theirs = await makePerson(other.partner.client, { handles, companyName: 'Shared Name' });
    expect(theirs['company'].id).not.toBe(mine['company'].id);
    const { createPerson } = await other.partner.client.must(create, { input: input({ id: mine.id }) });
    expect(createPerson).toEqual({ person: null, duplicates: [], userErrors: [{ field: 'id', code: 'ID_TAKEN' }] });
  });
});

describe('updatePerson', () => {
  test('replaces the fields and raises the version', async () => {
    const person = await makePerson(partner, { handles: [{ kind: 'EMAIL', raw: 'old@example.com' }], tags: ['a', 'b'] });
    const { updatePerson } = await researcher.client.must(update, {
      input: unchanged(person, { name: '王思源', title: 'VP', companyName: 'Nebula', handles: [{ kind: 'PHONE', raw: '+44 20 7946 0958' }], tags: ['b', 'c'] }),
    });
    expect(updatePerson.userErrors).toEqual([]);
    expect(updatePerson.person).toMatchObject({
      name: '王思源', title: 'VP', company: { name: 'Nebula' }, handles: [{ normalised: '+442079460958' }], tags: ['b', 'c'], version: 2,
    });
    const freed = await makePerson(partner, { handles: [{ kind: 'EMAIL', raw: 'old@example.com' }] });
    expect(freed['handles']).toHaveLength(1);
  });

  test('refuses an outdated version and shows the fresh person', async () => {
    const person = await makePerson(partner);
    await partner.must(update, { input: unchanged(person, { title: 'First' }) });
    const { updatePerson } = await consultant.client.must(update, { input: unchanged(person, { title: 'Second' }) });
    expect(updatePerson.userErrors).toEqual([{ field: null, code: 'STALE_VERSION' }]);
    expect(updatePerson.person).toMatchObject({ title: 'First', version: 2 });
  });

  test('of two who write at once, one is refused', async () => {
    const person = await makePerson(partner);
    const answers = await Promise.all(['A', 'B'].map((title) => partner.must(update, { input: unchanged(person, { title }) })));
    expect(answers.map((answer) => answer['updatePerson'].userErrors.length).sort()).toEqual([0, 1]);
  });

  test('sent twice, writes once', async () => {
    const person = await makePerson(partner);
    const change = { input: unchanged(person, { title: 'Once', tags: ['x'] }) };
    await partner.must(update, change);
    const { updatePerson } = await partner.must(update, change);
    expect(updatePerson).toMatchObject({ userErrors: [], person: { version: 2, title: 'Once' } });
  });

  test('names who has the new address', async () => {
    const known = await makePerson(partner, { name: 'Owner', handles: [{ kind: 'EMAIL', raw: 'owner@example.com' }] });
    const person = await makePerson(partner);
    const { updatePerson } = await partner.must(update, { input: unchanged(person, { handles: [{ kind: 'EMAIL', raw: 'owner@example.com' }] }) });
    expect(updatePerson).toEqual({ person: null, duplicates: [{ id: known.id, name: 'Owner' }], userErrors: [{ field: 'handles.0.raw', code: 'DUPLICATE_HANDLE' }] });
  });

  test('another firm, a candidate and nobody reach nothing', async () => {
    const person = await makePerson(partner);
    const change = { input: unchanged(person, { title: 'Stolen' }) };
    expect((await other.partner.client.ask(update, change)).codes).toEqual(['NOT_FOUND']);
    expect((await candidate.ask(update, change)).codes).toEqual(['FORBIDDEN']);
    expect((await api.client().ask(update, change)).codes).toEqual(['UNAUTHENTICATED']);
  });
});

describe('person and node', () => {
  test('the whole firm reads a person', async () => {
    const person = await makePerson(partner);
    expect((await researcher.client.must(read, { id: person.id }))['person']).toMatchObject({ id: person.id });
    const { node } = await researcher.client.must(`query ($id: ID!) { node(id: $id) { id ... on Person { name } } }`, { id: person.id });
    expect(node).toEqual({ id: person.id, name: '王思远' });
  });

  test('another firm does not, nor a candidate', async () => {
    const person = await makePerson(partner);
    expect((await other.partner.client.must(read, { id: person.id }))['person']).toBeNull();
    expect((await candidate.ask(read, { id: person.id })).codes).toEqual(['FORBIDDEN']);
    expect((await candidate.must(`query ($id: ID!) { node(id: $id) { id } }`, { id: person.id }))['node']).toBeNull();
  });
});

describe('tags', () => {
  test('are the firm’s, the most used first', async () => {
    const own = await makeFirm(api);
    const client = own.partner.client;
    await makePerson(client, { tags: ['Kotlin', 'Go'] });
    await makePerson(client, { tags: ['go'] });
    await makePerson(client, { tags: ['Go', 'Rust'] });
    expect((await client.must('{ tags }'))['tags']).toEqual(['Go', 'Kotlin', 'Rust']);
    expect((await other.partner.client.must('{ tags }'))['tags']).not.toContain('Kotlin');
    expect((await candidate.ask('{ tags }')).codes).toEqual(['FORBIDDEN']);
  });
});

describe('changes', () => {
  test('a write tells of the person after its commit, and only its firm', async () => {
    const heard: string[] = [];
    const ends = [api.services.changes.subscribe(firm.organisationId, ({ topic, id }) => heard.push(`${topic} ${id}`)), api.services.changes.subscribe(other.organisationId, () => heard.push('leak'))];
    const person = await makePerson(partner);
    await partner.must(update, { input: unchanged(person, { title: 'Heard' }) });
    await partner.must(update, { input: unchanged(person, { title: 'Refused' }) });
    ends.forEach((end) => end());
    expect(heard).toEqual([`PERSON ${person.id}`, `PERSON ${person.id}`]);
  });
});

describe('row-level security', () => {
  test.each(['companies', 'people', 'person_handles', 'person_tags', 'notes'])('%s without WHERE: the viewer’s firm, and nothing for a candidate', async (table) => {
    for (const client of [partner, other.partner.client]) {
      const person = await makePerson(client, { companyName: 'Here', tags: ['here'], handles: [{ kind: 'EMAIL', raw: `${newId('handle')}@example.com` }] });
      await client.must(`mutation ($input: AddNoteInput!) { addNote(input: $input) { userErrors { code } } }`, { input: { id: newId('note'), personId: person.id, body: 'here' } });
    }
    const seenBy = async (account: string, organisation: string, role: string): Promise<string[]> =>
      (await asRole(api, { account, organisation, role }, (sql) => sql`select distinct organisation_id from ${sql(table)}`)).map((row) => row['organisation_id'] as string);
    expect(await seenBy(researcher.accountId, firm.organisationId, 'RESEARCHER')).toEqual([firm.organisationId]);
    expect(await seenBy('acc_x', firm.organisationId, 'CANDIDATE')).toEqual([]);
    expect(await seenBy('', '', '')).toEqual([]);
  });
});
