import { newId } from '@baton/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { asRole } from '../../../testing/asRole.ts';
import type { TestClient } from '../../../testing/client.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../../testing/firm.ts';
import { makeCandidacy, makePerson, makeProject, makeCandidate } from '../../../testing/records.ts';
import { startTestApi, type TestApi } from '../../../testing/startTestApi.ts';
import { searchPatterns, type SearchPatterns } from '../../search/search.ts';
import { personDocument } from '../people.ts';

let api: TestApi;
let firm: TestFirm;
let other: TestFirm;
let researcher: TestPerson;
let client: TestClient;

const people = `query ($first: Int!, $after: String, $filter: PersonFilter) {
  people(first: $first, after: $after, filter: $filter) { edges { cursor node { id name } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } }`;
const total = `query ($filter: PersonFilter) { people(first: 1, filter: $filter) { totalCount } }`;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  other = await makeFirm(api);
  researcher = await firm.addMember('RESEARCHER');
  client = firm.partner.client;
});
afterAll(() => api.close());

const names = async (filter: object, by = client): Promise<string[]> =>
  (await by.must(people, { first: 50, filter }))['people'].edges.map((edge: any) => edge.node.name);
const found = (search: string, by = client): Promise<string[]> => names({ search }, by);

describe('search', () => {
  beforeAll(async () => {
    await makePerson(client, { name: '王思远', title: '平台架构师', companyName: '字节跳动', tags: ['分布式'], handles: [{ kind: 'EMAIL', raw: 'Siyuan.W@example.com' }, { kind: 'PHONE', raw: '138 0013 8000' }] });
    await makePerson(client, { name: 'Priya Shah', title: 'VP Engineering', companyName: 'Müller & Søn', location: 'London', handles: [{ kind: 'LINKEDIN', raw: 'linkedin.com/in/priya-s-42' }] });
    await makePerson(client, { name: '单雄信' });
    await makePerson(client, { name: '100% Real' });
  });

  test.each(['王', '思远', '王思远', 'siyuan', 'wangsiyuan', 'wsy', 'wang si', 'WANG SIYUAN', 'siyuan.w@', 'yuan.w', '8001380', '138-0013', '架构', '字节', 'zijietiaodong', '分布'])(
    '王思远 is found by %s',
    async (search) => expect(await found(search)).toEqual(['王思远']),
  );
  test.each(['shah', 'riy', 'PRIYA s', 'ri', 'shah pri', 'muller', 'son', 'priya-s-42', 'lond', 'vp eng'])('Priya Shah is found by %s', async (search) =>
    expect(await found(search)).toEqual(['Priya Shah']));
  test.each(['shanxiongxin', 'danxiong', 'sxx', '雄'])('单雄信 is found by %s', async (search) => expect(await found(search)).toEqual(['单雄信']));
  test.each(['远思', 'shahpri', 'zzz', '，', '%', '1_0', '100%x'])('nobody is found by %s', async (search) => expect(await found(search)).toEqual([]));
  test('a percent sign is itself', async () => expect(await found('100%')).toEqual(['100% Real']));

  test('another firm finds nobody, a colleague finds the same, a candidate may not ask', async () => {
    expect(await found('王思远', other.partner.client)).toEqual([]);
    expect(await found('王思远', researcher.client)).toEqual(['王思远']);
    const candidate = await makeCandidate(api, firm);
    expect((await candidate.ask(people, { first: 5, filter: { search: '王' } })).codes).toEqual(['FORBIDDEN']);
    expect((await candidate.ask(people, { first: 5 })).codes).toEqual(['FORBIDDEN']);
    expect((await api.client().ask(people, { first: 5 })).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('an edited person is found by what they are now', async () => {
    const person = await makePerson(client, { name: 'Before Edit' });
    await client.must(`mutation ($input: UpdatePersonInput!) { updatePerson(input: $input) { userErrors { code } } }`, {
      input: { id: person.id, expectedVersion: 1, name: 'Behind Them', handles: [], tags: ['quokka'] },
    });
    expect(await found('before edit')).toEqual([]);
    expect(await found('quokka')).toEqual(['Behind Them']);
  });

  test('the name itself comes first, then beginnings, then parts, then the rest', async () => {
    const own = (await makeFirm(api)).partner.client;
    for (const name of ['Xu Lin', 'Maria Lin Chen', 'Colin Farr', 'Linda Park', 'Lin']) await makePerson(own, { name });
    await makePerson(own, { name: 'Somebody', title: 'Linguist' });
    const order = await found('lin', own);
    expect(order[0]).toBe('Lin');
    expect(order[1]).toBe('Linda Park');
    expect(order.slice(2, 4).sort()).toEqual(['Maria Lin Chen', 'Xu Lin']);
    expect(order.slice(4)).toEqual(['Colin Farr', 'Somebody']);
  });
});

describe('filters', () => {
  test('by tag, by project, and all at once', async () => {
    const project = await makeProject(client);
    const tagged = await makePerson(client, { name: 'Filter One', tags: ['Ｅx-Founder'] });
    const plain = await makePerson(client, { name: 'Filter Two' });
    await makeCandidacy(client, tagged.id, project.id);
    await makeCandidacy(client, plain.id, project.id);
    expect(await names({ tag: 'ex-founder' })).toEqual(['Filter One']);
    expect(await names({ projectId: project.id })).toEqual(['Filter Two', 'Filter One']);
    expect(await names({ projectId: project.id, tag: 'ex-founder', search: 'filter' })).toEqual(['Filter One']);
    expect((await client.must(total, { filter: { projectId: project.id, search: 'filter' } }))['people'].totalCount).toBe(2);
    expect(await names({ projectId: project.id }, researcher.client), 'who is not on the project').toEqual([]);
  });
});

describe('pages', () => {
  test.each([undefined, 'page'])('hold each person once, although others are added meanwhile (search: %s)', async (search) => {
    const own = (await makeFirm(api)).partner.client;
    const made = [];
    for (let at = 0; at < 7; at += 1) made.push((await makePerson(own, { name: `Page ${at}` })).id);
    const seen: string[] = [];
    let after: string | null = null;
    for (let pages = 0; pages < 5; pages += 1) {
      const { people: page }: Record<string, any> = await own.must(people, { first: 3, after, filter: search === undefined ? null : { search } });
      seen.push(...page.edges.map((edge: any) => edge.node.id));
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      after = page.pageInfo.endCursor;
      await makePerson(own, { name: `Page new ${pages}` });
      if (!page.pageInfo.hasNextPage) break;
    }
    expect(seen).toEqual(made.reverse());
  });

  test('people of one import, made in the same moment, are kept apart', async () => {
    const own = (await makeFirm(api)).partner.client;
    const rows = Array.from({ length: 9 }, (_, at) => ({ line: at + 2, name: `Same ${at}` }));
    await own.must(`mutation ($input: ImportPeopleInput!) { importPeople(input: $input) { created } }`, { input: { id: newId('import'), rows, dryRun: false, fileName: 'a.csv' } });
    const first = (await own.must(people, { first: 4 }))['people'];
    const second = (await own.must(people, { first: 9, after: first.pageInfo.endCursor }))['people'];
    const ids = [...first.edges, ...second.edges].map((edge: any) => edge.node.id);
    expect(new Set(ids).size).toBe(9);
    expect(ids).toHaveLength(9);
  });

  test.each([0, -1, 201])('of %s people are refused', async (first) => expect((await client.ask(people, { first })).codes).toEqual(['BAD_REQUEST']));
  test('a made-up cursor is refused', async () => expect((await client.ask(people, { first: 1, after: 'WzFd' })).codes).toEqual(['BAD_REQUEST']));
});

describe('20,000 people', () => {
  test('are searched by the trigram index, the firm’s alone', async () => {
    const surnames = '王李张刘陈杨黄赵吴周徐孙马朱胡林郭何高罗';
    const given = '伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰萍健鹏';
    const rows = Array.from({ length: 20_000 }, (_, at) => {
      const name = `${surnames[at % 20]}${given[(at * 7) % 29]}${given[(at * 13 + 5) % 29]}`;
      const handles = [{ raw: `p${at}@example.com`, normalised: `p${at}@example.com` }];
      const document = personDocument({ name, title: 'Engineer', companyName: `Company ${at % 300}`, location: null, handles, tags: [] });
      const organisation = at % 2 === 0 ? firm : other;
      return { id: newId('person'), organisation_id: organisation.organisationId, name, created_by: organisation.partner.accountId, search_name: document.name, search_text: document.text };
    });
    // The index takes them in one go, for the test's own speed.
    await api.sql`alter index people_search set (fastupdate = on)`;
    for (let at = 0; at < rows.length; at += 4000) await api.sql`insert into people ${api.sql(rows.slice(at, at + 4000))}`;
    await api.sql`alter index people_search set (fastupdate = off)`;
    await api.sql`select gin_clean_pending_list('people_search')`;
    await api.sql`analyze people`;
    /** How often the index was read for what the API's search function did in this transaction. */
    const indexReadsOf = async (search: string): Promise<number> => {
      const { find, exact, prefix, starts, parts } = searchPatterns(search) as SearchPatterns;
      const reads = async (): Promise<number> =>
        (await api.sql`select idx_scan::int as n from pg_stat_user_indexes where indexrelname = 'people_search'`)[0]?.['n'] as number;
      const before = await reads();
      await asRole(api, { account: firm.partner.accountId, organisation: firm.organisationId, role: 'PARTNER' }, async (sql) => {
        await sql`select person_id from search_people(${find}, ${exact}, ${prefix}, ${starts}, ${parts})`;
        await sql`reset role`;
        return sql`select pg_stat_force_next_flush()`;
      });
      return (await reads()) - before;
    };
    for (const search of ['p1998@example.com', '郭娜', '郭', 'wangwei', 'wa', '1998']) expect(await indexReadsOf(search), search).toBe(1);

    expect(await found('p1998@example.com')).toHaveLength(1);
    expect(await found('p1999@example.com'), 'the other firm’s').toEqual([]);
    const guo = await found('郭娜');
    expect(guo.length).toBeGreaterThan(0);
    expect(guo.every((name) => name.includes('郭娜'))).toBe(true);
    expect((await found('wangwei')).length).toBeGreaterThan(0);
  }, 60_000);
});
