import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestClient } from '../../testing/client.ts';
import { makeFirm, type TestFirm } from '../../testing/firm.ts';
import { makeCandidate, makePerson } from '../../testing/records.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  for (const companyName of ['Neo Nova', 'Nova', '诺瓦科技', 'Novartis']) await makePerson(firm.partner.client, { companyName });
});
afterAll(() => api.close());

const document = 'query ($first: Int!, $search: String) { companies(first: $first, search: $search) { id name } }';
const complete = async (client: TestClient, search: string | null, first = 3): Promise<string[]> =>
  (await client.must(document, { first, search }))['companies'].map(({ name }: { name: string }) => name);

describe('companies', () => {
  test('are completed by any part, characters and pinyin, the best fit first', async () => {
    const { client } = firm.partner;
    expect(await complete(client, 'nova')).toEqual(['Nova', 'Novartis', 'Neo Nova']);
    expect(await complete(client, 'nova', 1)).toEqual(['Nova']);
    expect(await complete(client, 'nuowa')).toEqual(['诺瓦科技']);
    expect(await complete(client, '科技')).toEqual(['诺瓦科技']);
    expect(await complete(client, 'zzz')).toEqual([]);
    expect(await complete(client, '，')).toEqual([]);
  });

  test('stand by name when nothing was typed', async () => {
    expect(await complete(firm.partner.client, null, 50)).toEqual(['Neo Nova', 'Nova', 'Novartis', '诺瓦科技']);
  });

  test('a page of 51 is refused', async () => {
    expect((await firm.partner.client.ask(document, { first: 51 })).codes).toEqual(['BAD_REQUEST']);
  });

  test('are the firm’s: every colleague sees them, another firm, a candidate and nobody do not', async () => {
    const researcher = await firm.addMember('RESEARCHER');
    expect(await complete(researcher.client, 'nova', 1)).toEqual(['Nova']);
    const other = (await makeFirm(api)).partner.client;
    expect(await complete(other, 'nova')).toEqual([]);
    const { companies } = await firm.partner.client.must(document, { first: 1, search: 'nova' });
    expect((await other.must('query ($id: ID!) { node(id: $id) { id } }', { id: companies[0].id }))['node']).toBeNull();
    expect((await (await makeCandidate(api, firm)).ask(document, { first: 3 })).codes).toEqual(['FORBIDDEN']);
    expect((await api.client().ask(document, { first: 3 })).codes).toEqual(['UNAUTHENTICATED']);
  });
});
