import { newId } from '@baton/base';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildSchema, getNamedType, isScalarType, type GraphQLField, type GraphQLSchema } from 'graphql';
import { loadSchema } from './platform/graphql/loadSchema.ts';
import { makeAccessFixture, type AccessFixture } from './testing/accessFixture.ts';
import { operations } from './testing/operations.ts';
import { sampleOf, textsIn, withText } from './testing/sampleVariables.ts';
import * as vault from './testing/signing.ts';
import { startTestApi, type TestApi } from './testing/startTestApi.ts';

/** What PostgreSQL, JSON or a regular expression may choke on. */
const malformed = {
  'a zero byte': (text: string) => `${text}\0`,
  'half a character': (text: string) => `${text}\ud800`,
  'another text': () => 'nonsense',
  'a very long text': (text: string) => text + 'x'.repeat(9000),
};

const schema: GraphQLSchema = buildSchema(await loadSchema());
const rootFields = [schema.getQueryType(), schema.getMutationType()].flatMap((type) => Object.values(type?.getFields() ?? {}).map((field) => [`${type?.name}.${field.name}`, field] as const));
const takesText = rootFields.filter(([, field]) => field.args.some((arg) => textsIn(arg.type).length > 0));

let api: TestApi;
let fixture: AccessFixture;

beforeAll(async () => {
  api = await startTestApi();
  await vault.ready();
  fixture = await makeAccessFixture(api);
});
afterAll(() => api.close());

/** A document that gives every argument of a field as a variable. */
function documentOf(name: string, { name: field, args, type }: GraphQLField<unknown, unknown>): string {
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const given = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  return `${name.startsWith('Query') ? 'query' : 'mutation'} (${declared}) { ${field}(${given}) ${isScalarType(getNamedType(type)) ? '' : '{ __typename }'} }`;
}

describe.each(takesText)('%s', (name, field) => {
  test.each(Object.entries(malformed))('is not broken by %s, wherever it stands', async (_what, spoil) => {
    const document = documentOf(name, field);
    const sound: Record<string, unknown> = { ...operations[name]?.variables?.(fixture, 'outsider') };
    for (const { name: argument, type } of field.args) sound[argument] ??= sampleOf(type);
    const { partner } = fixture.firm;
    for (const person of [partner, fixture.lead, fixture.counterpart]) {
      for (const { name: argument, type } of field.args) {
        for (const place of textsIn(type, sound[argument])) {
          // A browser of its own, so that nobody is told to wait.
          const client = api.client();
          client.setCookie(person.client.cookie());
          const { codes, errors } = await client.ask(document, { ...sound, [argument]: withText(type, sound[argument], place, spoil) });
          expect.soft(codes, `${argument}.${place.join('.')}: ${JSON.stringify(errors)}`).not.toContain('INTERNAL');
        }
      }
    }
  });
});

describe('a zero byte', () => {
  const spoilt = 'per_\0';
  test('in a query is a bad request', async () => {
    const { codes, errors } = await fixture.lead.client.ask('query ($id: ID!) { person(id: $id) { id } }', { id: spoilt });
    expect([codes, errors[0]?.extensions?.['refusal']]).toEqual([['BAD_REQUEST'], 'INVALID_TEXT']);
  });
  test('in a command refuses it', async () => {
    const { addNote } = await fixture.lead.client.must('mutation ($input: AddNoteInput!) { addNote(input: $input) { note { id } userErrors { code } } }', {
      input: { id: newId('note'), personId: spoilt, body: 'x' },
    });
    expect(addNote).toEqual({ note: null, userErrors: [{ code: 'INVALID_TEXT' }] });
  });
  test('in a line that a person writes is a space, as other control characters are', async () => {
    const { updateProfile } = await fixture.lead.client.must('mutation { updateProfile(input: { name: "Ze\\u0000ro" }) { account { name } userErrors { code } } }');
    expect(updateProfile).toEqual({ account: { name: 'Ze ro' }, userErrors: [] });
  });
  test('in a signed statement is a bad request', async () => {
    const certificate = { statement: { account: spoilt } };
    expect((await fixture.lead.client.ask('mutation ($input: PublishCertificateInput!) { publishCertificate(input: $input) { userErrors { code } } }', { input: { certificate } })).codes).toEqual(['BAD_REQUEST']);
  });
});

test('texts come in at the top of a document only', () => {
  const nested = Object.values(schema.getTypeMap()).filter((type) => 'getFields' in type && !['Query', 'Mutation'].includes(type.name) && !type.name.startsWith('__'));
  const fields = nested.flatMap((type) => Object.values((type as { getFields(): Record<string, Partial<GraphQLField<unknown, unknown>>> }).getFields()));
  expect(fields.flatMap((field) => field.args ?? []).filter((arg) => textsIn(arg.type).length > 0)).toEqual([]);
});
