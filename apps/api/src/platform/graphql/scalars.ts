import { Kind, type ValueNode } from 'graphql';

/** `DateTime`: a Date inside, ISO 8601 in UTC outside. */
const DateTime = {
  serialize(value: unknown): string {
    const date = value instanceof Date ? value : new Date(String(value));
    if (Number.isNaN(date.getTime())) throw new TypeError('DateTime: not a time');
    return date.toISOString();
  },
  parseValue(value: unknown): Date {
    const date = typeof value === 'string' ? new Date(value) : new Date(Number.NaN);
    if (Number.isNaN(date.getTime())) throw new TypeError('DateTime: ISO 8601 is wanted');
    return date;
  },
  parseLiteral(node: ValueNode): Date {
    return DateTime.parseValue(node.kind === Kind.STRING ? node.value : undefined);
  },
};

/** `Statement`: JSON as it was signed. Only as a variable: a literal in a document could not be persisted. */
const Statement = {
  serialize: (value: unknown): unknown => value,
  parseValue(value: unknown): unknown {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('Statement: an object is wanted');
    return value;
  },
  parseLiteral(): never {
    throw new TypeError('Statement: give it as a variable');
  },
};

export const scalars = { DateTime, Statement };
