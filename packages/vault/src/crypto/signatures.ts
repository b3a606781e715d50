import { fromBase64url, toBase64url } from './bytes.ts';
import { hashObject } from './hash.ts';
import { sodium } from './sodium.ts';

/** An Ed25519 pair. */
export interface SigningPair {
  publicKey: Uint8Array;
  privateKey: Uint8Array;
}

/** The Ed25519 pair of a 32-byte seed. */
export function signingPairOf(seed: Uint8Array): SigningPair {
  const { publicKey, privateKey } = sodium().crypto_sign_seed_keypair(seed);
  return { publicKey, privateKey };
}

/** Detached Ed25519 signature of `hashObject(domain, object)`, base64url. */
export function signObject(domain: string, object: unknown, pair: SigningPair): string {
  return toBase64url(sodium().crypto_sign_detached(hashObject(domain, object), pair.privateKey));
}

/** Whether `signature` (base64url) was made over this object under this domain by the holder of `publicKey` (base64url). */
export function isSignedBy(domain: string, object: unknown, signature: string, publicKey: string): boolean {
  try {
    return sodium().crypto_sign_verify_detached(fromBase64url(signature), hashObject(domain, object), fromBase64url(publicKey));
  } catch {
    // A key or signature of the wrong length, or a point off the curve, makes libsodium throw: not signed.
    return false;
  }
}
