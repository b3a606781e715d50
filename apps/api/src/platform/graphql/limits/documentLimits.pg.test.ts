import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeFirm } from '../../../testing/firm.ts';
import type { TestClient } from '../../../testing/client.ts';
import { startTestApi, testOrigin, type TestApi } from '../../../testing/startTestApi.ts';
import { nextChange } from '../../../testing/subscribe.ts';
import { documentLimits } from './documentLimits.ts';

let api: TestApi;
let client: TestClient;

beforeAll(async () => {
  api = await startTestApi();
  client = (await makeFirm(api)).partner.client;
});
afterAll(() => api.close());

const people = 'query ($first: Int!) { people(first: $first) { edges { node { notes { body author { name } } candidacies { history { reason actor { name } } } } } } }';
const names = Array.from({ length: documentLimits.aliases + 1 }, (_, at) => `a${at}: viewer { role }`).join(' ');

describe('a document of somebody’s own', () => {
  test('is answered, and told what it was estimated at', async () => {
    const answer = await client.ask('{ viewer { role } }');
    expect(answer).toMatchObject({ codes: [], status: 200, extensions: { cost: { asked: 2, allowed: documentLimits.cost } } });
  });

  test.each([
    ['aliases', `{ ${names} }`],
    ['fields', `{ ${'viewer { role } '.repeat(300)} }`],
    ['characters', `{ viewer { role } } #${'x'.repeat(documentLimits.characters)}`],
  ])('with too many %s is refused as a whole', async (limit, document) => {
    const { data, status, errors } = await client.ask(document);
    expect({ data, status, extensions: errors[0]?.extensions }).toMatchObject({ data: null, status: 400, extensions: { code: 'TOO_COMPLEX', limit, allowed: documentLimits[limit as 'fields'] } });
  });

  test('that was affordable is measured again with other variables', async () => {
    expect((await client.ask(people, { first: 3 })).codes).toEqual([]);
    expect((await client.ask(people, { first: 200 })).codes).toEqual(['TOO_COMPLEX']);
    expect((await client.ask(people, { first: 3 })).codes).toEqual([]);
  });

  test('that lacks a variable is a bad request', async () => {
    expect((await client.ask(people)).codes).toEqual(['BAD_REQUEST']);
  });

  test('is held to the same over the WebSocket, which takes a valid one', async () => {
    const heard = (document: string) => nextChange(api, testOrigin, client.cookie(), () => {}, document);
    expect(await heard('subscription { changes { id topic } }')).toEqual({ silent: true });
    expect(await heard(`subscription { changes { ${names.replaceAll('viewer { role }', 'id')} } }`)).toEqual({ refused: 'TOO_COMPLEX' });
    expect(await heard('subscription { changes { id nothing } }')).toEqual({ refused: 'BAD_REQUEST' });
  });
});
