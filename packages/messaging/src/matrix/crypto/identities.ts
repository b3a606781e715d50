import { BatonError } from '@baton/base';
import type { IdentityDirectory } from '../../ports.ts';
import { wasm } from '../vendor.ts';
import { masterKeyOf, queryKeys } from './bootstrap.ts';
import type { Machine } from './machine.ts';

/** Which users' Matrix identities a valid certificate vouches for, as far as this device has seen. */
export interface Identities {
  /** Throws BatonError `UNCERTIFIED_MEMBER {userId}` unless all of them are certified. Cheap when nothing changed. */
  requireCertified(userIds: string[]): Promise<void>;
  isCertified(userId: string): Promise<boolean>;
  /** Somebody was asked about before there was a certificate, and there is one now. It is looked for again for some minutes. */
  onCertified(handler: (userId: string) => void): () => void;
  /** True as long as nothing was learnt that could change an earlier answer. */
  readonly version: () => number;
  /** Lets our own identity sign those that were waiting for it. Called once it is complete. */
  signPending(): void;
  stop(): void;
}

/** How long an identity waits for our signature: the upload and what follows from it must not hold up a message. */
const signAfterMs = 3_000;
/** Certificates can be revoked: after this many milliseconds the directory is asked again. */
const answerLastsMs = 60_000;
/** When somebody is looked for again who wrote before they were certified, in milliseconds: as a rule they are being certified just now. */
const lookAgainMs = [4_000, 10_000, 30_000, 120_000, 600_000];
/** The same once their keys have changed. */
const changedRestMs = 1_000;

/**
 * An identity counts when the master key that the homeserver shows is the one that the directory certifies. Such an
 * identity is then verified in Matrix' sense, without a flow: from then on the machine itself refuses a replaced one.
 */
export function makeIdentities(machine: Machine, directory: IdentityDirectory, now: () => number): Identities {
  const certified = new Map<string, { at: number }>();
  const unsigned = new Set<string>();
  /** Who wrote without a certificate, and how often they were looked for since. */
  const awaited = new Map<string, number>();
  const listeners = new Set<(userId: string) => void>();
  let looking: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let version = 0;
  let canSign = false;
  const own = machine.olm.userId.toString();
  const unsubscribe = machine.onUsersChanged((userIds) => {
    version++;
    for (const userId of userIds) certified.delete(userId);
    if (userIds.some((userId) => awaited.has(userId))) lookAgain(changedRestMs);
  });

  const holds = async (userId: string, masterKey: string): Promise<boolean> => {
    const identity = await machine.olm.getIdentity(new wasm.UserId(userId));
    if (identity === undefined) return false;
    try {
      // Ourselves we know by the private keys that we hold, not by a certificate that we may not have yet.
      if (userId === own) return identity.isVerified();
      if (masterKeyOf(identity) !== masterKey) return false;
      if (!identity.isVerified()) unsigned.add(userId);
      return true;
    } finally {
      identity.free();
    }
  };

  const sign = async (userId: string): Promise<void> => {
    const identity = await machine.olm.getIdentity(new wasm.UserId(userId));
    if (identity === undefined) return;
    try {
      if (!identity.isVerified() && certified.has(userId)) {
        await machine.requests.makeOutgoingRequest(await identity.verify());
        // Without this the new signature is not seen, and the identity stays unverified.
        await queryKeys(machine, [userId]);
      }
    } finally {
      identity.free();
    }
  };

  let signing: ReturnType<typeof setTimeout> | undefined;
  const signPending = (): void => {
    canSign = true;
    if (unsigned.size === 0) return;
    signing ??= setTimeout(() => {
      signing = undefined;
      for (const userId of unsigned) {
        unsigned.delete(userId);
        sign(userId).catch(() => unsigned.add(userId));
      }
    }, signAfterMs);
  };

  /** The users of this list that are not certified. */
  const uncertifiedOf = async (userIds: string[]): Promise<string[]> => {
    const asked = userIds.filter((userId) => !((certified.get(userId)?.at ?? Number.NEGATIVE_INFINITY) > now() - answerLastsMs));
    if (asked.length === 0) return [];
    const keys = await directory.certifiedMasterKeys(asked.filter((userId) => userId !== own));
    const check = async (candidates: string[]): Promise<string[]> => {
      const held = await Promise.all(candidates.map(async (userId) => ({ userId, ok: await holds(userId, keys.get(userId) ?? '') })));
      for (const { userId, ok } of held) if (ok) certified.set(userId, { at: now() });
      return held.filter(({ ok }) => !ok).map(({ userId }) => userId);
    };
    const missing = await check(asked);
    for (const userId of missing) certified.delete(userId);
    const refreshable = missing.filter((userId) => keys.has(userId));
    // What we know of them may be older than their certificate.
    if (refreshable.length > 0) await queryKeys(machine, refreshable);
    const still = refreshable.length > 0 ? await check(refreshable) : [];
    if (canSign) signPending();
    return [...missing.filter((userId) => !keys.has(userId)), ...still];
  };

  const look = async (): Promise<void> => {
    looking = undefined;
    for (const [userId, times] of awaited) awaited.set(userId, times + 1);
    const still = new Set(await uncertifiedOf([...awaited.keys()]).catch(() => [...awaited.keys()]));
    for (const [userId, times] of awaited) {
      if (still.has(userId) && times < lookAgainMs.length) continue;
      awaited.delete(userId);
      if (!still.has(userId)) for (const listener of listeners) listener(userId);
    }
    lookAgain();
  };
  /** After so long as befits the one who was looked for least often. */
  function lookAgain(inMs = lookAgainMs[Math.min(...awaited.values())]): void {
    if (inMs === undefined || awaited.size === 0 || stopped) return;
    clearTimeout(looking);
    looking = setTimeout(() => void look(), inMs);
  }
  const isCertified = async (userId: string): Promise<boolean> => {
    // A directory that can't be asked now takes nothing back of what it said.
    const answer = await uncertifiedOf([userId]).then((uncertified) => uncertified.length === 0, () => certified.has(userId));
    if (!answer && !awaited.has(userId)) {
      awaited.set(userId, 0);
      lookAgain();
    }
    return answer;
  };

  return {
    async requireCertified(userIds) {
      const [userId] = await uncertifiedOf(userIds);
      if (userId !== undefined) throw new BatonError('UNCERTIFIED_MEMBER', { userId });
    },
    isCertified,
    onCertified: (handler) => {
      listeners.add(handler);
      return () => listeners.delete(handler);
    },
    version: () => version,
    signPending,
    stop: () => {
      stopped = true;
      clearTimeout(signing);
      clearTimeout(looking);
      unsubscribe();
    },
  };
}
