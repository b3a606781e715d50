import { BatonError, makeSubject, type Clock, type Subscribable } from '@baton/base';
import type { DeviceStore } from '../device/deviceStore.ts';
import { vaultErrorCodes } from '../errors.ts';
import type { AccountServer } from '../flows/server.ts';
import type { OrganisationLogView } from '../log/client.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { judgeChain } from './judge.ts';
import { openPins } from './pins.ts';

/** Which Matrix identities count: those that a valid certificate names. */
export interface TrustDirectory {
  /**
   * The certified master cross-signing key of each id that has a valid certificate; others are absent. Throws when a stranger's
   * can't be fetched, and LOG_FORK, LOG_ROLLBACK and the like for as long as the server's organisation log doesn't hold.
   */
  certifiedMasterKeys(userIds: string[]): Promise<ReadonlyMap<string, string>>;
  /** The same, with everything that was verified. */
  identities(userIds: string[]): Promise<ReadonlyMap<string, VerifiedIdentity>>;
  /** Asks the server now, for instance when a master key in Matrix is not the certified one. */
  refresh(userIds: string[]): Promise<void>;
  /** Why a Matrix id does not count, or why its newest certificate was refused: code by id. For a notice to the user. */
  readonly refusals: Subscribable<ReadonlyMap<string, string>>;
}

/** How long an answer is taken as new. After it the known one still counts, and is looked up again in the background. */
const freshFor = 60_000;
/** How long "no certificate" is believed: somebody may be publishing theirs right now. */
const absentFor = 3_000;
/** Ids in one question to the server. */
const mostAtOnce = 200;

/** Opens the directory as this device remembers it. `log` is null for whoever is not shown it; so is what it adds up to, for a candidate before there is a vault. */
export async function openTrustDirectory(deps: {
  server: Pick<AccountServer, 'certificates'>;
  device: DeviceStore;
  root: string;
  log: OrganisationLogView | null;
  clock: Clock;
}): Promise<TrustDirectory> {
  const { server, root, log, clock } = deps;
  const pins = await openPins(deps.device);
  const askedAt = new Map<string, number>();
  const refusals = makeSubject<ReadonlyMap<string, string>>(new Map());
  let turn: Promise<void> = Promise.resolve();
  let next: { batch: Set<string>; done: Promise<void> } | null = null;
  /** Set while the server shows a log that can't be: nobody is believed on such a server's word, and nothing is sent. */
  let lie: BatonError | null = null;

  const take = async (chain: unknown, asked: ReadonlySet<string>): Promise<void> => {
    const mxid = namedIn(chain);
    if (mxid === undefined || !asked.has(mxid)) return;
    try {
      await pins.pin(judgeChain(chain, root, log?.current() ?? null));
      note(mxid, null);
    } catch (error) {
      if (!(error instanceof BatonError)) throw error;
      note(mxid, error.code);
    }
  };

  const note = (mxid: string, code: string | null): void => {
    if ((refusals.current().get(mxid) ?? null) === code) return;
    const next = new Map(refusals.current());
    if (code === null) next.delete(mxid);
    else next.set(mxid, code);
    refusals.set(next);
  };

  const refreshLog = async (): Promise<void> => {
    try {
      await log?.refresh();
      lie = null;
    } catch (error) {
      if (error instanceof BatonError && (vaultErrorCodes as readonly string[]).includes(error.code)) lie = error;
      throw error;
    }
  };

  const fetchAll = async (asked: ReadonlySet<string>): Promise<void> => {
    const mxids = [...asked];
    const lots = Array.from({ length: Math.ceil(mxids.length / mostAtOnce) }, (_, lot) => mxids.slice(lot * mostAtOnce, (lot + 1) * mostAtOnce));
    // Certificates are judged by the log, but need not wait for it on their way.
    const [chains] = await Promise.all([Promise.all(lots.map((lot) => server.certificates(lot))), refreshLog()]);
    for (const chain of chains.flat()) await take(chain, asked);
    for (const mxid of mxids) askedAt.set(mxid, clock.now());
  };

  const refresh = (userIds: string[]): Promise<void> => {
    // One lookup at a time, so that an older answer never overtakes a newer one; whoever asks meanwhile shares the next.
    if (next === null) {
      const batch = new Set<string>();
      const done = turn.then(() => {
        next = null;
        return fetchAll(batch);
      });
      turn = done.catch(() => undefined);
      next = { batch, done };
    }
    for (const mxid of userIds) next.batch.add(mxid);
    return next.done;
  };

  const identities = async (userIds: string[]): Promise<ReadonlyMap<string, VerifiedIdentity>> => {
    const age = (mxid: string): number => clock.now() - (askedAt.get(mxid) ?? Number.NEGATIVE_INFINITY);
    const strangers = userIds.filter((mxid) => pins.byMxid(mxid) === undefined && age(mxid) > absentFor);
    if (strangers.length > 0) await refresh(strangers);
    const stale = userIds.filter((mxid) => pins.byMxid(mxid) !== undefined && age(mxid) > freshFor);
    if (stale.length > 0) {
      // Asked for once, also by the calls that come before the answer. Without a network, what was verified before still holds.
      for (const mxid of stale) askedAt.set(mxid, clock.now());
      void refresh(stale).catch(() => undefined);
    }
    if (lie !== null) throw lie;
    const known = userIds.map((mxid) => pins.byMxid(mxid)).filter((identity) => identity !== undefined);
    return new Map(known.filter((identity) => !isRevoked(identity, log)).map((identity) => [identity.mxid, identity]));
  };

  return {
    identities,
    certifiedMasterKeys: async (userIds) =>
      new Map([...(await identities(userIds))].map(([mxid, identity]) => [mxid, identity.matrixMasterKey])),
    refresh,
    refusals,
  };
}

/** The Matrix id that an unverified chain is about. */
function namedIn(chain: unknown): string | undefined {
  const mxid = (chain as { certificate?: { statement?: { mxid?: unknown } } } | null)?.certificate?.statement?.mxid;
  return typeof mxid === 'string' ? mxid : undefined;
}

function isRevoked(identity: VerifiedIdentity, log: OrganisationLogView | null): boolean {
  const member = log?.current()?.members[identity.account];
  return member !== undefined && member.revokedAt !== null;
}
