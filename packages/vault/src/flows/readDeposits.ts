import { isBatonError } from '@baton/base';
import type { OpenedAccount } from '../account/openedAccount.ts';
import { openDeposit, verifyDeposit } from '../deposits/open.ts';
import { inSlices } from '../deposits/slices.ts';
import { refusal } from '../errors.ts';
import type { OrganisationState } from '../log/state.ts';
import type { EpochKeys } from '../project/epoch.ts';
import type { ProjectState } from '../project/state.ts';
import type { TrustDirectory } from '../trust/directory.ts';
import { mxidOf } from '../verification/certificate.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import type { DepositAnswer } from './projectServer.ts';

/** A vault that is open to this account. `keys` as `openEpochs` gives them. */
export interface OpenVault {
  state: ProjectState;
  organisation: OrganisationState;
  keys: readonly EpochKeys[];
}

/** One person's copy of a session. */
export interface SessionCopy {
  number: number;
  /** Matrix id of who deposited it. */
  depositor: string;
  /** The same, where they say that the session is their own: what proves who wrote, if the events are of that sender. Else null. */
  writer: string | null;
  /** The first message that it opens: 0 for a whole session. */
  firstIndex: number;
  /** Session export, JSON. */
  exported: string;
}

/** What a page of deposits held. */
export interface ReadDeposits {
  /**
   * By room and session, each with its copies, best first: the sender's own, then who says it is their own, then what members
   * received, the most complete before others. A copy that is not the sender's own may be garbage from its first message on:
   * import it when it has opened an event, or the genuine one is refused later as "another session of that name". Never import
   * two copies in one go.
   */
  sessions: { roomId: string; sessionId: string; copies: SessionCopy[] }[];
  /** What doesn't count, with the code that says why. */
  refused: (Pick<DepositAnswer, 'number' | 'roomId' | 'sessionId' | 'depositorId'> & { code: string })[];
}

/**
 * Opens and verifies a page of deposits. One bad deposit doesn't keep the others out; a missing network does (OFFLINE and the
 * like are thrown, and the page can be read again). Members count by the log, also those who have left: only under epochs that
 * they were given. Candidates count by their certificate, and only with sessions of their own.
 * @param deps.senderOf whose events a session's are, as the room shows them (Matrix id); undefined while it shows none
 */
export async function readDeposits(
  deps: {
    account: Pick<OpenedAccount, 'viewer'>;
    trust: Pick<TrustDirectory, 'identities'>;
    senderOf(roomId: string, sessionId: string): string | undefined;
  },
  vault: OpenVault,
  page: readonly DepositAnswer[],
): Promise<ReadDeposits> {
  const candidates = await candidatesAmong(deps, vault, page);
  const sessions = new Map<string, ReadDeposits['sessions'][number]>();
  const refused: ReadDeposits['refused'] = [];
  await inSlices(page, (deposit) => {
    const { number, roomId, sessionId, depositorId } = deposit;
    try {
      const copy = read(deposit, vault, candidates);
      const sender = deps.senderOf(roomId, sessionId);
      if (copy.writer !== null && sender !== undefined && copy.writer !== sender) throw refusal('DEPOSIT_FORGED');
      const place = `${roomId} ${sessionId}`;
      const session = sessions.get(place) ?? { roomId, sessionId, copies: [] };
      session.copies.push(copy);
      sessions.set(place, session);
    } catch (error) {
      if (!isBatonError(error)) throw error;
      refused.push({ number, roomId, sessionId, depositorId, code: error.code });
    }
  });
  for (const { copies } of sessions.values()) copies.sort(bestFirst);
  return { sessions: [...sessions.values()], refused };
}

const bestFirst = (one: SessionCopy, other: SessionCopy): number =>
  Number(one.writer === null) - Number(other.writer === null) || one.firstIndex - other.firstIndex || one.number - other.number;

/** Throws EPOCH_CLOSED, UNKNOWN_MEMBER, NOT_IN_PROJECT, and what `openDeposit` and `verifyDeposit` throw. */
function read({ number, roomId, sessionId, depositorId, epoch, sealed }: DepositAnswer, vault: OpenVault, candidates: ReadonlyMap<string, VerifiedIdentity>): SessionCopy {
  const keys = vault.keys.find((candidate) => candidate.number === epoch);
  if (keys === undefined) throw refusal('EPOCH_CLOSED');
  const opened = openDeposit(sealed, keys);
  // Filed under somebody else it would stand in the place of their copy.
  if (opened.depositor !== depositorId) throw refusal('DEPOSIT_TRANSPLANTED');
  const depositor = memberIn(vault, depositorId, epoch) ?? candidates.get(depositorId);
  if (depositor === undefined) throw refusal('UNKNOWN_MEMBER');
  const expected = { depositor, organisation: vault.state.organisation, epoch: keys, room: roomId, session: sessionId };
  return { number, depositor: depositor.mxid, ...verifyDeposit(opened, expected) };
}

/** Undefined for somebody who is no member of the firm. Throws NOT_IN_PROJECT for a member who was not given that epoch. */
function memberIn({ state, organisation }: OpenVault, account: string, epoch: number): VerifiedIdentity | undefined {
  if (!Object.hasOwn(organisation.members, account)) return undefined;
  if (!Object.hasOwn(state.epochs[epoch - 1]?.wraps ?? {}, account)) throw refusal('NOT_IN_PROJECT');
  return organisation.members[account]?.identity;
}

/** The certified candidates among the depositors, by account. */
async function candidatesAmong(
  { account, trust }: { account: Pick<OpenedAccount, 'viewer'>; trust: Pick<TrustDirectory, 'identities'> },
  { organisation }: OpenVault,
  page: readonly DepositAnswer[],
): Promise<Map<string, VerifiedIdentity>> {
  const { mxid } = account.viewer;
  const serverName = mxid.slice(mxid.indexOf(':') + 1);
  const accounts = new Set(page.map(({ depositorId }) => depositorId).filter((id) => !Object.hasOwn(organisation.members, id)));
  const known = accounts.size === 0 ? new Map<string, VerifiedIdentity>() : await trust.identities([...accounts].map((id) => mxidOf('candidate', id, serverName)));
  return new Map([...known.values()].map((identity) => [identity.account, identity]));
}
