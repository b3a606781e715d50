import { boxPairOf, type BoxPair } from '../crypto/box.ts';
import { randomBytes, toBase64url, wipe } from '../crypto/bytes.ts';
import { deriveKey } from '../crypto/derive.ts';
import { signingPairOf, type SigningPair } from '../crypto/signatures.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type OrganisationStatement, type Signed } from '../statements/statements.ts';
import { fingerprintOf } from './fingerprint.ts';

/** An organisation's root: exists while the firm is set up or its recovery kit is used, and otherwise on paper only. */
export interface OrganisationRoot {
  seed: Uint8Array;
  signing: SigningPair;
  /** Project epochs will be sealed to its public key. */
  recovery: BoxPair;
  /** Fingerprint, base64url. */
  fingerprint: string;
}

/** The root of a 32-byte seed. Subkey 1 signs, 2 opens recovery boxes. */
export function rootOf(seed: Uint8Array): OrganisationRoot {
  const signingSeed = deriveKey(seed, 'organisation', 1);
  const recoverySeed = deriveKey(seed, 'organisation', 2);
  const signing = signingPairOf(signingSeed);
  const recovery = boxPairOf(recoverySeed);
  wipe(signingSeed, recoverySeed);
  return { seed, signing, recovery, fingerprint: fingerprintOf(toBase64url(signing.publicKey)) };
}

/** Makes a new organisation's root. */
export function makeRoot(): OrganisationRoot {
  return rootOf(randomBytes(32));
}

/** The organisation's signed statement. `createdAt` in milliseconds. */
export function makeOrganisation(root: OrganisationRoot, organisation: string, createdAt: number): Signed<OrganisationStatement> {
  const statement: OrganisationStatement = {
    v: 1,
    organisation,
    rootKey: toBase64url(root.signing.publicKey),
    recoveryKey: toBase64url(root.recovery.publicKey),
    createdAt: new Date(createdAt).toISOString(),
  };
  return { statement, signatures: [makeSignature('root', root.signing, domains.organisation, statement)] };
}

/** Overwrites the root's secrets. */
export function forgetRoot(root: OrganisationRoot): void {
  wipe(root.seed, root.signing.privateKey, root.recovery.privateKey);
}
