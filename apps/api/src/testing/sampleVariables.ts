import {
  getNullableType, isEnumType, isInputObjectType, isListType, isNonNullType, typeFromAST,
  type GraphQLInputType, type GraphQLSchema, type OperationDefinitionNode,
} from 'graphql';

/** Something of each scalar. An id of no kind: whoever needs one that exists puts it in. */
const samples: Readonly<Record<string, unknown>> = { ID: 'x', String: 'x', Int: 1, Boolean: true, DateTime: '2026-01-01T00:00:00.000Z', Statement: {} };

/** Variables that an operation's declarations take: only what it must have. */
export function sampleVariables(schema: GraphQLSchema, { variableDefinitions = [] }: OperationDefinitionNode): Record<string, unknown> {
  const needed = variableDefinitions.map(({ variable, type }) => [variable.name.value, typeFromAST(schema, type) as GraphQLInputType] as const).filter(([, type]) => isNonNullType(type));
  return Object.fromEntries(needed.map(([name, type]) => [name, sampleOf(type)]));
}

/** A value that an input type takes, as little as it must hold. */
export function sampleOf(type: GraphQLInputType): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return [];
  if (isEnumType(nullable)) return nullable.getValues()[0]?.name;
  if (isInputObjectType(nullable)) {
    const needed = Object.values(nullable.getFields()).filter((field) => isNonNullType(field.type) && field.defaultValue === undefined);
    return Object.fromEntries(needed.map((field) => [field.name, sampleOf(field.type)]));
  }
  if (!(nullable.name in samples)) throw new Error(`no sample of ${nullable.name}`);
  return samples[nullable.name];
}

/** Where a text stands in a value: names of fields, and places in lists. */
export type Place = readonly (string | number)[];

/** Every place where an input type takes a text or an id, given or not; of a signed statement, those that this one has. */
export function textsIn(type: GraphQLInputType, value: unknown = undefined): Place[] {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return textsIn(nullable.ofType, (value as unknown[] | undefined)?.[0]).map((place) => [0, ...place]);
  if (isInputObjectType(nullable)) {
    const given = (value ?? {}) as Record<string, unknown>;
    return Object.values(nullable.getFields()).flatMap((field) => textsIn(field.type, given[field.name]).map((place) => [field.name, ...place]));
  }
  if (nullable.name === 'Statement') return textsOfStatement(value);
  return nullable.name === 'String' || nullable.name === 'ID' ? [[]] : [];
}

function textsOfStatement(value: unknown): Place[] {
  if (typeof value === 'string') return [[]];
  return Object.entries(typeof value === 'object' && value !== null ? value : {}).flatMap(([key, inner]) => textsOfStatement(inner).map((place) => [key, ...place]));
}

/** The value with another text in one of its places; what leads there is filled in. */
export function withText(type: GraphQLInputType, value: unknown, [step, ...rest]: Place, change: (text: string) => string): unknown {
  const nullable = getNullableType(type);
  if (step === undefined) return change(typeof value === 'string' ? value : 'x');
  if (isListType(nullable)) {
    const [first, ...others] = (value ?? []) as unknown[];
    return [withText(nullable.ofType, first ?? sampleOf(nullable.ofType), rest, change), ...others];
  }
  const given = (value ?? sampleOf(nullable)) as Record<string, unknown>;
  const inner = isInputObjectType(nullable) ? nullable.getFields()[step]?.type : nullable;
  if (!inner) throw new Error(`${nullable.name} has no ${step}`);
  const changed = withText(inner, given[step], rest, change);
  return Array.isArray(given) ? given.with(Number(step), changed) : { ...given, [step]: changed };
}
