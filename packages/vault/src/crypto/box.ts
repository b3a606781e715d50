import { sodium } from './sodium.ts';

/** An X25519 pair. */
export interface BoxPair {
  publicKey: Uint8Array;
  privateKey: Uint8Array;
}

/** The X25519 pair of a 32-byte seed. */
export function boxPairOf(seed: Uint8Array): BoxPair {
  const { publicKey, privateKey } = sodium().crypto_box_seed_keypair(seed);
  return { publicKey, privateKey };
}

/**
 * Seals to a public key (crypto_box_seal); null for a point of low order, to which nothing can be sealed. Anonymous: what is
 * inside must be signed by whoever sends it.
 */
export function sealTo(publicKey: Uint8Array, plain: Uint8Array): Uint8Array | null {
  try {
    return sodium().crypto_box_seal(plain, publicKey);
  } catch {
    return null;
  }
}

/** Opens what was sealed to this pair; null when it was not, or was changed. */
export function openSealed(sealed: Uint8Array, pair: BoxPair): Uint8Array | null {
  try {
    return sodium().crypto_box_seal_open(sealed, pair.publicKey, pair.privateKey);
  } catch {
    return null;
  }
}
