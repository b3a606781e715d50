import { boxPairOf, type BoxPair } from '../crypto/box.ts';
import { randomBytes, toBase64url, wipe } from '../crypto/bytes.ts';
import { deriveKey } from '../crypto/derive.ts';
import { signingPairOf, type SigningPair } from '../crypto/signatures.ts';
import type { Signature } from '../statements/statements.ts';

/** Everything that an account's 32-byte seed opens. Lives in the worker's memory only. */
export interface AccountKeys {
  seed: Uint8Array;
  signing: SigningPair;
  box: BoxPair;
  /** Matrix secret storage (4S) key, 32 bytes: cross-signing and key backup lie under it. */
  matrixStorageKey: Uint8Array;
  /** Seals what the account keeps in Matrix account data. */
  accountDataKey: Uint8Array;
  /** Seals the secrets of links that this account made. */
  linkSecretKey: Uint8Array;
}

/**
 * What an account has to know of itself to start on an empty device: this is the plaintext of every wrap.
 * `root` is the pin: with it, a server can't put another organisation under a person who signs in.
 */
export interface AccountSecrets {
  account: string;
  kind: 'member' | 'candidate';
  organisation: string;
  /** Fingerprint of the organisation's root. */
  root: string;
  /** The invitation through which the account came; null for the first partner. */
  invitation: string | null;
  /** Signature of the root or the link under the account's keys; goes into each of its certificates. */
  vouch: Signature;
  seed: Uint8Array;
}

/** The keys of a seed. Number 1 signs, 2 opens boxes, 3 is Matrix', 4 account data, 5 links' secrets. */
export function accountKeysOf(seed: Uint8Array): AccountKeys {
  const signingSeed = deriveKey(seed, 'account', 1);
  const boxSeed = deriveKey(seed, 'account', 2);
  const keys: AccountKeys = {
    seed,
    signing: signingPairOf(signingSeed),
    box: boxPairOf(boxSeed),
    matrixStorageKey: deriveKey(seed, 'account', 3),
    accountDataKey: deriveKey(seed, 'account', 4),
    linkSecretKey: deriveKey(seed, 'account', 5),
  };
  wipe(signingSeed, boxSeed);
  return keys;
}

/** Makes a new account's keys from 32 random bytes. */
export function makeAccount(): AccountKeys {
  return accountKeysOf(randomBytes(32));
}

/** Public halves, base64url, as statements and the API name them. */
export function publicKeysOf(keys: AccountKeys): { signingKey: string; boxKey: string } {
  return { signingKey: toBase64url(keys.signing.publicKey), boxKey: toBase64url(keys.box.publicKey) };
}

/** Overwrites the keys: sign-out. */
export function forgetAccount(keys: AccountKeys): void {
  wipe(keys.seed, keys.signing.privateKey, keys.box.privateKey, keys.matrixStorageKey, keys.accountDataKey, keys.linkSecretKey);
}
