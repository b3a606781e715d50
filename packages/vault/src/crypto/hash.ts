import { canonicalJson } from './canonical.ts';
import { concat, toUtf8 } from './bytes.ts';
import { sodium } from './sodium.ts';

/**
 * BLAKE2b-256 of `length(domain) ‖ domain ‖ bytes`. The domain's length is one byte in front of it, so no two kinds of
 * statement ever hash the same bytes.
 */
export function hashBytes(domain: string, bytes: Uint8Array): Uint8Array {
  const name = toUtf8(domain);
  if (name.length === 0 || name.length > 255) throw new RangeError('domain must have 1 to 255 bytes');
  return sodium().crypto_generichash(32, concat(Uint8Array.of(name.length), name, bytes), null);
}

/** The same of an object's canonical JSON. */
export function hashObject(domain: string, object: unknown): Uint8Array {
  return hashBytes(domain, toUtf8(canonicalJson(object)));
}
