import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { buildSchema, Kind, parse, print, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { assertAffordable, assertShort, documentLimits } from './documentLimits.ts';
import { Denial } from '../../errors/refusal.ts';
import { loadSchema } from '../loadSchema.ts';
import { sampleVariables } from '../../../testing/sampleVariables.ts';

const web = fileURLToPath(new URL('../../../../../web/src/', import.meta.url));
const files = readdirSync(web, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.graphql'));
const { definitions } = parse(files.map((name) => readFileSync(web + name, 'utf8')).join('\n'));
const operations = definitions.filter((definition) => definition.kind === Kind.OPERATION_DEFINITION);
const fragments = definitions.filter((definition) => definition.kind !== Kind.OPERATION_DEFINITION);

let schema: GraphQLSchema;
beforeAll(async () => {
  schema = buildSchema(await loadSchema());
});

/** The limit that stops a document; null when none does. */
function stoppedBy(work: () => unknown): unknown {
  try {
    work();
    return null;
  } catch (error) {
    if (error instanceof Denial) return error.details['limit'];
    throw error;
  }
}
const limitOf = (source: string, variables?: Record<string, unknown>): unknown => stoppedBy(() => assertAffordable(schema, parse(source), variables));

describe('what our own pages ask', () => {
  test.each(operations.map((operation): [string, OperationDefinitionNode] => [String(operation.name?.value), operation]))('%s is within the limits, a whole page of it too', (_name, operation) => {
    const query: DocumentNode = { kind: Kind.DOCUMENT, definitions: [operation, ...fragments] };
    assertShort(print(operation));
    expect(assertAffordable(schema, query, { ...sampleVariables(schema, operation), first: 200 })).toBeLessThan(documentLimits.cost);
  });
  test('was really read', () => expect(operations.length).toBeGreaterThan(50));
});

describe('what is too much', () => {
  test('a long text', () => {
    expect(stoppedBy(() => assertShort(`{ viewer { role } } #${'x'.repeat(10_000)}`))).toBe('characters');
  });

  test('many names for one field: a way to try many passwords in one request', () => {
    const guesses = (count: number): string => `{ ${Array.from({ length: count }, (_, at) => `g${at}: viewer { role }`).join(' ')} }`;
    expect(limitOf(guesses(documentLimits.aliases))).toBeNull();
    expect(limitOf(guesses(documentLimits.aliases + 1))).toBe('aliases');
  });

  test('many fields, hidden in fragments that spread one another', () => {
    const layers = Array.from({ length: 20 }, (_, at) => `fragment F${at} on Viewer { ...F${at + 1} ...F${at + 1} }`);
    expect(limitOf(`{ viewer { ...F0 } } ${layers.join(' ')} fragment F20 on Viewer { role }`)).toBe('fields');
  });

  test('rows of rows', () => {
    const people = (first: number): string => `{ people(first: ${first}) { edges { node { candidacies { project { candidacies { person { name } } } } } } } }`;
    expect(limitOf(people(20))).toBeNull();
    expect(limitOf(people(200))).toBe('cost');
  });

  test('rows that only the variables name, each time anew', () => {
    const query = 'query ($first: Int!) { people(first: $first) { edges { node { notes { body author { name } } candidacies { history { reason actor { name } } } } } } }';
    expect(limitOf(query, { first: 10 })).toBeNull();
    expect(limitOf(query, { first: 200 })).toBe('cost');
    expect(limitOf(query, { first: 2_147_483_647 })).toBe('cost');
  });

  test('a negative `first` makes nothing cheaper', () => {
    const people = (first: number): string => `people(first: ${first}) { edges { node { candidacies { project { candidacies { person { name } } } } } } }`;
    expect(limitOf(`{ none: ${people(-1_000_000)} ${people(200)} }`)).toBe('cost');
  });
});
