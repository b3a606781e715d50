import { concat, randomBytes, toBase64url, wipe } from '../crypto/bytes.ts';
import { deriveKey } from '../crypto/derive.ts';
import type { StretchedSecret } from './password.ts';
import { fromWords, toWords } from './words.ts';

/** A new recovery code: 128 random bits as 12 words. */
export function makeRecoveryCode(): string[] {
  return toWords(randomBytes(16));
}

/**
 * The halves of a recovery code as typed. It is random, so it needs no stretching: a key of 16 bytes and 16 zeros, subkeys 1
 * and 2. Throws what `fromWords` throws.
 */
export function openRecoveryCode(typed: string): StretchedSecret {
  const entropy = fromWords(typed, 12);
  const seed = concat(entropy, new Uint8Array(16));
  const halves = { authKey: toBase64url(deriveKey(seed, 'recovery', 1)), wrapKey: deriveKey(seed, 'recovery', 2) };
  wipe(entropy, seed);
  return halves;
}
