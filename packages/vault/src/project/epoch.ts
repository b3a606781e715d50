import { boxPairOf, openSealed, sealTo, type BoxPair } from '../crypto/box.ts';
import { decrypt, encrypt } from '../crypto/aead.ts';
import { concat, fromBase64url, fromUtf8, randomBytes, toBase64url, toUtf8, wipe } from '../crypto/bytes.ts';
import { canonicalJson } from '../crypto/canonical.ts';
import { deriveKey } from '../crypto/derive.ts';
import { hashObject } from '../crypto/hash.ts';
import { refusal } from '../errors.ts';
import type { EpochStatement } from '../statements/statements.ts';

/** The secrets of one epoch of a project. */
export interface EpochKeys {
  project: string;
  /** From 1. */
  number: number;
  /** s_i: 32 random bytes. */
  seed: Uint8Array;
  /** What is deposited is sealed to its public key. */
  deposits: BoxPair;
}

const commitmentDomain = 'baton/v1/epoch-commitment';
const wrapDomain = 'baton/v1/epoch-wrap';
const backLinkDomain = 'baton/v1/epoch-back-link';

/** Makes an epoch of 32 random bytes. */
export function makeEpoch(project: string, number: number): EpochKeys {
  return epochOf(project, number, randomBytes(32));
}

/** The keys of an epoch's seed. Subkey 1 is the box pair's, 2 opens the back link. */
export function epochOf(project: string, number: number, seed: Uint8Array): EpochKeys {
  const pairSeed = deriveKey(seed, 'epoch', 1);
  const deposits = boxPairOf(pairSeed);
  wipe(pairSeed);
  return { project, number, seed, deposits };
}

/** The public part of an epoch. `before` is the epoch that it follows; null for the first. */
export function epochStatement(epoch: EpochKeys, before: EpochKeys | null): EpochStatement {
  return { number: epoch.number, depositKey: toBase64url(epoch.deposits.publicKey), commitment: commitmentOf(epoch), backLink: before === null ? null : sealBackLink(epoch, before) };
}

/** Hash of project, number and seed (base64url): binds everybody's wrap of an epoch to one seed, which no AEAD does here. */
export function commitmentOf({ project, number, seed }: Pick<EpochKeys, 'project' | 'number' | 'seed'>): string {
  return toBase64url(hashObject(commitmentDomain, { project, number, seed: toBase64url(seed) }));
}

/**
 * Seals an epoch to a holder's box key (base64url). `holder` is an account, or the organisation with its recovery key. Throws
 * WRAP_MISSING {account} for a key that nothing can be sealed to.
 */
export function sealEpoch({ project, number, seed }: EpochKeys, holder: string, boxKey: string): string {
  const plain = toUtf8(canonicalJson({ domain: wrapDomain, project, number, holder, seed: toBase64url(seed) }));
  const sealed = sealTo(fromBase64url(boxKey), plain);
  wipe(plain);
  if (sealed === null) throw refusal('WRAP_MISSING', { account: holder });
  return toBase64url(sealed);
}

/**
 * Opens a wrap. Throws EPOCH_WRAP_UNREADABLE for garbage and what was sealed to another key, EPOCH_WRAP_TRANSPLANTED for a wrap
 * of another project, epoch or holder, COMMITMENT_MISMATCH for another seed than the log commits to.
 */
export function openEpoch(sealed: string, box: BoxPair, expected: { project: string; holder: string; epoch: EpochStatement }): EpochKeys {
  const { project, holder, epoch } = expected;
  const inner = readWrap(sealed, box);
  if (inner.domain !== wrapDomain || inner.project !== project || inner.number !== epoch.number || inner.holder !== holder) throw refusal('EPOCH_WRAP_TRANSPLANTED');
  return checked(epochOf(project, epoch.number, inner.seed), epoch);
}

/** The epoch before, through the back link of `epoch`. Throws BACK_LINK_DAMAGED, COMMITMENT_MISMATCH. */
export function openBackLink(keys: EpochKeys, backLink: string, before: EpochStatement): EpochKeys {
  const seed = readBackLink(keys, backLink);
  if (seed?.length !== 32) throw refusal('BACK_LINK_DAMAGED', { epoch: keys.number });
  return checked(epochOf(keys.project, before.number, seed), before);
}

/** Overwrites an epoch's secrets. */
export function forgetEpoch({ seed, deposits }: EpochKeys): void {
  wipe(seed, deposits.privateKey);
}

function sealBackLink(epoch: EpochKeys, before: EpochKeys): string {
  const linkKey = deriveKey(epoch.seed, 'epoch', 2);
  const { nonce, ciphertext } = encrypt(linkKey, before.seed, backLinkContext(epoch));
  wipe(linkKey);
  return toBase64url(concat(nonce, ciphertext));
}

function readBackLink(epoch: EpochKeys, backLink: string): Uint8Array | null {
  const linkKey = deriveKey(epoch.seed, 'epoch', 2);
  try {
    const bytes = fromBase64url(backLink);
    return decrypt(linkKey, { nonce: bytes.subarray(0, 24), ciphertext: bytes.subarray(24) }, backLinkContext(epoch));
  } catch {
    // Stray bits at its end: no base64url of anything.
    return null;
  } finally {
    wipe(linkKey);
  }
}

const backLinkContext = ({ project, number }: EpochKeys): object => ({ domain: backLinkDomain, project, number });

function readWrap(sealed: string, box: BoxPair): { domain: unknown; project: unknown; number: unknown; holder: unknown; seed: Uint8Array } {
  try {
    const plain = openSealed(fromBase64url(sealed), box);
    if (plain === null) throw refusal('EPOCH_WRAP_UNREADABLE');
    const inner = JSON.parse(fromUtf8(plain)) as { domain: unknown; project: unknown; number: unknown; holder: unknown; seed: string };
    wipe(plain);
    const seed = fromBase64url(inner.seed);
    if (seed.length !== 32) throw refusal('EPOCH_WRAP_UNREADABLE');
    return { ...inner, seed };
  } catch (error) {
    throw refusal('EPOCH_WRAP_UNREADABLE', {}, { cause: error });
  }
}

function checked(keys: EpochKeys, epoch: EpochStatement): EpochKeys {
  if (commitmentOf(keys) !== epoch.commitment || toBase64url(keys.deposits.publicKey) !== epoch.depositKey) throw refusal('COMMITMENT_MISMATCH', { epoch: epoch.number });
  return keys;
}
