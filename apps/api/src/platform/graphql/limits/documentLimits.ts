import { getNullableType, isListType, visit, type DocumentNode, type GraphQLSchema } from 'graphql';
import { getComplexity, type ComplexityEstimatorArgs } from 'graphql-query-complexity';
import { deny } from '../../errors/refusal.ts';

/**
 * What one document may ask for, far above what our own ask (documentLimits.test.ts measures them). Depth is Mercurius's.
 * `fields` counts a fragment's as often as it is spread; `cost` is about the number of values in the answer.
 */
export const documentLimits = { characters: 10_000, aliases: 20, fields: 500, cost: 30_000 } as const;

/** How many rows a list is taken for that does not say it with `first`. */
const assumedRows = 10;

/** Denied with TOO_COMPLEX when the document's text is too long: before it is parsed. */
export function assertShort(source: string): void {
  assertWithin('characters', source.length);
}

/**
 * Denied with TOO_COMPLEX when the document asks for too much with these variables. It must be valid.
 * @returns its cost
 */
export function assertAffordable(schema: GraphQLSchema, query: DocumentNode, variables: Record<string, unknown> = {}): number {
  let aliases = 0;
  visit(query, { Field: ({ alias }) => void (aliases += alias ? 1 : 0) });
  assertWithin('aliases', aliases);

  let fields = 0;
  const estimate = (field: ComplexityEstimatorArgs): number => {
    // While it is measured: a document can be written that would take for ever to.
    assertWithin('fields', (fields += 1));
    return 1 + rowsOf(field) * field.childComplexity;
  };
  const cost = getComplexity({ schema, query, variables, estimators: [estimate] });
  assertWithin('cost', cost);
  return cost;
}

function rowsOf({ args, field, type }: ComplexityEstimatorArgs): number {
  const first: unknown = args['first'];
  if (typeof first === 'number') return Math.max(first, 0);
  // A connection's `first` stands one field above its list.
  return isListType(getNullableType(field.type)) && !type.name.endsWith('Connection') ? assumedRows : 1;
}

function assertWithin(limit: keyof typeof documentLimits, asked: number): void {
  const allowed = documentLimits[limit];
  if (asked > allowed) deny('TOO_COMPLEX', { limit, allowed, asked });
}
