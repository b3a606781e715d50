import { BatonError } from '@baton/base';
import type { Gossip, LogHead, NamedHeads } from '@baton/messaging';
import type { OrganisationLogView, OrganisationState, ProjectLog } from '@baton/vault';
import type { JsonRecord } from '@baton/vault/device';
import { orTryAgain } from '../orTryAgain.ts';

/** A head that somebody named and the server has not shown yet, or shows another of. */
export interface Claim extends LogHead {
  /** The project, or the organisation. */
  log: string;
  /** Where it was heard. */
  roomId: string;
  by: string;
}

interface Dependencies {
  organisation: string;
  /** The viewer's Matrix id. */
  own: string;
  /** The log behind a room, as the one who writes there has it. */
  logOf(roomId: string): Promise<ProjectLog | null>;
  /** The same for who only listens: nothing is begun. Null for a room of no project. */
  heardLogOf(roomId: string): Promise<ProjectLog | null>;
  /** Of members. A candidate's comes with the project's. */
  organisationLog: OrganisationLogView | null;
  /** Whether a Matrix id is a member's of the firm. */
  isColleague(mxid: string): boolean;
  /** Claims that did not hold when this device was last open. */
  record: JsonRecord<Claim[]>;
  kept: readonly Claim[];
  /** Something that messages waited for holds now. */
  wake(): void;
  report(problem: unknown): void;
}

/**
 * Heads of the organisation's and the project's log, told with each message and held against what this device has seen. A newer one
 * is asked for; while the server doesn't show it, or shows another history, nothing is sent where it counts:
 *   of a colleague: in every room of the project, of the firm's own log everywhere
 *   of a candidate: in their own conversation, for they could name anything
 * What a colleague said who has left counts no more.
 */
export function makeLogGossip(deps: Dependencies): Gossip {
  const { organisation, own, logOf, heardLogOf, organisationLog, isColleague, record, wake, report } = deps;
  const opened = new Map<string, ProjectLog>();
  /** By log and where they count: one each, the newest, but for one that has failed. */
  const claims = new Map<string, Claim>();
  const failed = new Set<Claim>();

  const open = async (roomId: string, ask: Dependencies['logOf']): Promise<ProjectLog | null> => {
    const log = await ask(roomId);
    if (log === null) opened.delete(roomId);
    else opened.set(roomId, log);
    return log;
  };
  const headsOf = (log: ProjectLog | null): NamedHeads => {
    const [firm, project] = [(log?.organisation ?? organisationLog)?.current(), log?.current()];
    return { ...(firm && { [organisation]: headOf(firm) }), ...(log && project && { [log.project]: headOf(project) }) };
  };

  const countsIn = ({ by, roomId }: Claim): string => (by === own || isColleague(by) ? 'everywhere' : roomId);
  const keyOf = (claim: Claim): string => `${claim.log} ${countsIn(claim)}`;
  const firmKnown = (): OrganisationState | null => organisationLog?.current() ?? [...opened.values()][0]?.organisation.current() ?? null;
  const hasLeft = (mxid: string): boolean => Object.values(firmKnown()?.members ?? {}).some(({ identity, revokedAt }) => identity.mxid === mxid && revokedAt !== null);

  const keepFailed = (): void => void record.write([...failed]).catch(report);
  const drop = (claim: Claim): void => {
    if (claims.get(keyOf(claim)) === claim) claims.delete(keyOf(claim));
    if (!failed.delete(claim)) return;
    keepFailed();
    wake();
  };

  /** Throws LOG_ROLLBACK, LOG_FORK, what is wrong with a log that the server shows, and what keeps it from being asked. */
  const check = async (claim: Claim): Promise<void> => {
    try {
      await holdTo(claim);
      drop(claim);
    } catch (error) {
      if (hasLeft(claim.by)) return drop(claim);
      if (!failed.has(claim)) {
        failed.add(claim);
        keepFailed();
      }
      throw error;
    }
  };
  const holdTo = async (claim: Claim): Promise<void> => {
    if (claim.log === organisation && organisationLog !== null) return organisationLog.holdTo(claim);
    const log = await open(claim.roomId, heardLogOf);
    // A candidate is shown both logs together, or that there are none.
    if (log === null && organisationLog === null) throw new BatonError('LOG_ROLLBACK', { seen: claim.length });
    if (claim.log === organisation) return log?.organisation.holdTo(claim);
    // A conversation may have moved to another project since.
    if (log?.project === claim.log) return log.holdTo(claim);
  };

  const listen = (claim: Claim): void => {
    const before = claims.get(keyOf(claim));
    if (before !== undefined && (failed.has(before) || before.length >= claim.length)) return;
    claims.set(keyOf(claim), claim);
    check(claim).catch(report);
  };
  const isCovered = (roomId: string, name: string, { length, head }: LogHead): boolean => {
    const log = opened.get(roomId);
    const state = name === organisation ? (organisationLog ?? log?.organisation)?.current() : log?.project === name ? log.current() : null;
    return state?.heads[length - 1] === head;
  };
  const concerns = (claim: Claim, roomId: string): boolean =>
    claim.roomId === roomId || (countsIn(claim) === 'everywhere' && (claim.log === organisation || opened.get(roomId)?.project === claim.log));
  const checkAll = async (roomId: string): Promise<void> => {
    if (!opened.has(roomId)) await open(roomId, heardLogOf);
    for (const claim of [...claims.values()]) if (concerns(claim, roomId)) await check(claim);
  };

  for (const claim of deps.kept) {
    claims.set(keyOf(claim), claim);
    failed.add(claim);
  }

  return {
    tell: (roomId) => {
      const opening = open(roomId, logOf);
      const known = opened.get(roomId);
      // Who may be written to is asked of the same log right after this, and says so where it can't be had.
      const told = opening.then(headsOf, () => headsOf(null));
      return known === undefined ? told : headsOf(known);
    },
    hear: (roomId, sender, told) => {
      for (const [log, head] of Object.entries(told)) if (!isCovered(roomId, log, head)) listen({ ...head, log, roomId, by: sender });
    },
    requireConsistent: (roomId) => {
      const isConcerned = [...claims.values()].some((claim) => concerns(claim, roomId) || !opened.has(roomId));
      return isConcerned ? orTryAgain(() => checkAll(roomId)) : undefined;
    },
  };
}

const headOf = ({ length, head }: LogHead): LogHead => ({ length, head });
