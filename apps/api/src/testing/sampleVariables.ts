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
