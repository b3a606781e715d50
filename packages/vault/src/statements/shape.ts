import { isId, type IdKind } from '@baton/base';
import { refusal } from '../errors.ts';

/**
 * Checks JSON from outside and returns a clean copy of it. Strict: another type, a missing or an unknown field is refused with
 * MALFORMED_STATEMENT {path}, so that nothing unread is ever hashed, stored or passed on.
 */
export type Shape<T> = (value: unknown, path: string) => T;

function malformed(path: string): never {
  throw refusal('MALFORMED_STATEMENT', { path: path === '' ? '.' : path });
}

/** Exactly this value. */
export const exactly =
  <const T extends string | number | null>(...allowed: readonly T[]): Shape<T> =>
  (value, path) =>
    allowed.includes(value as T) ? (value as T) : malformed(path);

/** True or false. */
export const flag: Shape<boolean> = (value, path) => (typeof value === 'boolean' ? value : malformed(path));

/** A text that matches, whole. */
export const matching =
  (pattern: RegExp): Shape<string> =>
  (value, path) =>
    typeof value === 'string' && pattern.test(value) ? value : malformed(path);

/** A well-formed text of at most `max` UTF-16 units. */
export const text =
  (max: number): Shape<string> =>
  (value, path) =>
    typeof value === 'string' && value.length <= max && value.isWellFormed() ? value : malformed(path);

/** A whole number of these bounds. */
export const integer =
  (min: number, max: number): Shape<number> =>
  (value, path) =>
    Number.isInteger(value) && (value as number) >= min && (value as number) <= max ? (value as number) : malformed(path);

/** A Baton id of one kind. */
export const id =
  (kind: IdKind): Shape<string> =>
  (value, path) =>
    typeof value === 'string' && isId(kind, value) ? value : malformed(path);

/** base64url of 16 bytes, canonical: no stray bits in the last digit. */
export const bytes16 = matching(/^[A-Za-z0-9_-]{21}[AQgw]$/);
/** base64url of 24 bytes. */
export const bytes24 = matching(/^[A-Za-z0-9_-]{32}$/);
/** base64url of 32 bytes, canonical. */
export const bytes32 = matching(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
/** base64url of 64 bytes, canonical. */
export const bytes64 = matching(/^[A-Za-z0-9_-]{85}[AQgw]$/);

/** `2026-01-31T12:00:00.000Z`, exactly as `Date.toISOString` writes it. */
export const instant: Shape<string> = (value, path) => {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/.test(value)) return malformed(path);
  const time = Date.parse(value);
  return !Number.isNaN(time) && new Date(time).toISOString() === value ? value : malformed(path);
};

/** The shape, or null. */
export const nullable =
  <T>(shape: Shape<T>): Shape<T | null> =>
  (value, path) =>
    value === null ? null : shape(value, path);

/** A list of `min` to `max` things. */
export const list =
  <T>(shape: Shape<T>, min: number, max: number): Shape<T[]> =>
  (value, path) =>
    Array.isArray(value) && value.length >= min && value.length <= max
      ? value.map((item, index) => shape(item, `${path}[${index}]`))
      : malformed(path);

/** An object with these fields and no others. */
export const object =
  <T extends object>(fields: { [K in keyof T]-?: Shape<T[K]> }): Shape<T> =>
  (value, path) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return malformed(path);
    const given = value as Record<string, unknown>;
    for (const key of Object.keys(given)) if (!Object.hasOwn(fields, key)) malformed(`${path}.${key}`);
    const copy: Partial<T> = {};
    for (const key of Object.keys(fields) as (keyof T & string)[]) {
      if (!Object.hasOwn(given, key)) malformed(`${path}.${key}`);
      copy[key] = fields[key](given[key], `${path}.${key}`);
    }
    return copy as T;
  };

/** One of several objects, told apart by the text in field `tag`. */
export const tagged =
  <Tag extends string, T extends { [K in Tag]: string }>(tag: Tag, cases: { [K in T[Tag]]: Shape<Extract<T, { [P in Tag]: K }>> }): Shape<T> =>
  (value, path) => {
    const name = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[tag] : undefined;
    if (typeof name !== 'string' || !Object.hasOwn(cases, name)) return malformed(`${path}.${tag}`);
    return (cases[name as T[Tag]] as Shape<T>)(value, path);
  };
