import { fromBase64url, toBase64url } from '../crypto/bytes.ts';
import { hashObject } from '../crypto/hash.ts';

/** Fingerprint of an organisation's root key (base64url, 32 bytes): what links, wraps and devices pin. Base64url, 32 bytes. */
export function fingerprintOf(rootKey: string): string {
  return toBase64url(hashObject('baton/v1/root', { rootKey }));
}

/** Crockford's base 32: no I, L, O or U, so it can be read out over the telephone. */
const digits = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** A fingerprint's first 100 bits in five groups of four, to compare by eye: `7K2M 90QX …`. */
export function shortFingerprint(fingerprint: string): string {
  let bits = '';
  for (const byte of fromBase64url(fingerprint).subarray(0, 13)) bits += byte.toString(2).padStart(8, '0');
  const letters = Array.from({ length: 20 }, (_, index) => digits[Number.parseInt(bits.slice(index * 5, index * 5 + 5), 2)]);
  return [0, 4, 8, 12, 16].map((start) => letters.slice(start, start + 4).join('')).join(' ');
}
