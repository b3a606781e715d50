import canonicalize from 'canonicalize';

/** Canonical JSON (RFC 8785). Throws a TypeError on what JSON can't carry unchanged: undefined, NaN, a lone surrogate. */
export function canonicalJson(value: unknown): string {
  let text: string | undefined;
  try {
    text = canonicalize(value);
  } catch (error) {
    throw new TypeError('value has no canonical JSON', { cause: error });
  }
  if (text === undefined) throw new TypeError('value has no canonical JSON');
  return text;
}
