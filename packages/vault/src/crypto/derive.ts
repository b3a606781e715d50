import { sodium } from './sodium.ts';

/** Names of libsodium's key derivation: exactly eight characters, one for each kind of seed. */
export const derivations = { account: 'BatonAcc', organisation: 'BatonOrg', link: 'BatonLnk', recovery: 'BatonRec', epoch: 'BatonEpo' } as const;

/** Subkey number `number` (32 bytes) of a 32-byte seed (crypto_kdf, BLAKE2b). */
export function deriveKey(seed: Uint8Array, kind: keyof typeof derivations, number: number): Uint8Array {
  return sodium().crypto_kdf_derive_from_key(32, number, derivations[kind], seed);
}
