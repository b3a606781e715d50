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
    if (!isStorable(value)) throw new TypeError('Statement: it holds a character that can not be stored');
    return value;
  },
  parseLiteral(): never {
    throw new TypeError('Statement: give it as a variable');
  },
};

/** Whether PostgreSQL takes it as JSON: no zero bytes, no halves of characters. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return value.isWellFormed() && !value.includes('\0');
  return typeof value !== 'object' || value === null || Object.entries(value).every((entry) => entry.every(isStorable));
}

export const scalars = { DateTime, Statement };
