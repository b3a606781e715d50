import { isBatonError, type Clock } from '@baton/base';
import { keepAccount, type OpenedAccount } from '../account/openedAccount.ts';
import { inSlices } from '../deposits/slices.ts';
import type { DeviceStore } from '../device/deviceStore.ts';
import { refusal } from '../errors.ts';
import { linkKeysOf } from '../invitations/link.ts';
import type { TrustDirectory } from '../trust/directory.ts';
import { mxidOf } from '../verification/certificate.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { verifyInvitation } from '../verification/invitation.ts';
import { openWelcome, verifyWelcome, type OpenedWelcome } from '../welcome/open.ts';
import { sealWelcome } from '../welcome/seal.ts';
import { mostDeposits } from './projectServer.ts';
import type { AccountServer } from './server.ts';

/** A session that the messaging core is about to use. */
export interface DepositableSession {
  roomId: string;
  sessionId: string;
  exportSession: () => Promise<string>;
}

/** The open invitation of a room's candidate, as the server shows it; null when nobody is awaited there. */
export type AwaitedCandidate = (roomId: string) => Promise<{ conversationId: string; invitation: unknown } | null>;

/** Leaves sessions at candidates' links. */
export interface WelcomeDepositor {
  /** All of one room. Resolves when they are there. */
  deposit(roomId: string, sessions: readonly DepositableSession[]): Promise<void>;
}

/**
 * Deposits sessions for a candidate who has not come yet: sealed to their link, once per link and session. Resolves at once
 * where nobody is awaited, or where the link has expired (whoever makes a new one deposits the sessions again).
 * Rejects with WRONG_INVITATION, WRONG_INVITER and the like when the server shows an invitation that no colleague made for
 * this conversation: the session must not be sealed to a key of the server's.
 */
export function makeWelcomeDepositor(deps: {
  account: OpenedAccount;
  server: Pick<AccountServer, 'depositWelcome'>;
  trust: Pick<TrustDirectory, 'identities'>;
  awaited: AwaitedCandidate;
  clock: Clock;
}): WelcomeDepositor {
  const { account, server, trust, awaited, clock } = deps;
  const deposited = new Set<string>();
  return {
    deposit: async (roomId, sessions) => {
      const candidate = await awaited(roomId);
      if (candidate === null) return;
      const { conversationId } = candidate;
      const inviterId = inviterNamedIn(candidate.invitation);
      const inviter = await memberNamed(trust, account, inviterId);
      const { statement } = verifyInvitation(candidate.invitation, { inviter });
      if (statement.for.kind !== 'candidate' || statement.for.conversation !== conversationId) throw refusal('WRONG_INVITATION');
      if (clock.now() >= Date.parse(statement.expiresAt)) return;
      const placeOf = ({ sessionId }: DepositableSession): string => `${statement.invitation} ${sessionId}`;
      const fresh = sessions.filter((session) => !deposited.has(placeOf(session)));
      for (let from = 0; from < fresh.length; from += mostDeposits) {
        const lot = fresh.slice(from, from + mostDeposits);
        const deposits: { sessionId: string; sealed: string }[] = [];
        await inSlices(lot, async ({ sessionId, exportSession }) => {
          const session = { conversation: conversationId, room: roomId, session: sessionId, exported: await exportSession() };
          deposits.push({ sessionId, sealed: sealWelcome({ account: account.secrets.account, keys: account.keys }, statement, session) });
        });
        try {
          await server.depositWelcome({ conversationId, invitationId: statement.invitation, deposits });
        } catch (error) {
          if (!isBatonError(error, 'CLAIMED')) throw error;
        }
        for (const session of lot) deposited.add(placeOf(session));
      }
    },
  };
}

/** What a welcome bundle held: exports to import, each with the Matrix id of who signed it, and what was refused, with the code that says why. */
export interface WelcomeBundle {
  sessions: { sessionId: string; sender: string; exported: string }[];
  refused: { sessionId: string; code: string }[];
}

/** Opens and verifies everything that was written before the candidate came. One bad deposit does not keep the others out. */
export async function openWelcomeBundle(
  deps: { server: Pick<AccountServer, 'welcomeBundle'>; trust: Pick<TrustDirectory, 'identities'> },
  account: OpenedAccount,
  place: { conversationId: string; roomId: string },
): Promise<WelcomeBundle> {
  const bundle: WelcomeBundle = { sessions: [], refused: [] };
  if (account.welcome === null) return bundle;
  const link = linkKeysOf(account.welcome.linkSecret);
  const invitation = account.welcome.invitation.statement;
  for (const { sessionId, sealed } of await deps.server.welcomeBundle(place.conversationId)) {
    try {
      const opened: OpenedWelcome = openWelcome(sealed, link);
      const sender = await memberNamed(deps.trust, account, opened.sender);
      const expected = { sender, invitation, conversation: place.conversationId, room: place.roomId, session: sessionId };
      bundle.sessions.push({ sessionId, sender: sender.mxid, exported: verifyWelcome(opened, expected) });
    } catch (error) {
      if (!isBatonError(error) || error.code === 'OFFLINE') throw error;
      bundle.refused.push({ sessionId, code: error.code });
    }
  }
  return bundle;
}

/** Forgets the link's secret, once the bundle is imported: it opens nothing any more. */
export async function forgetWelcome(deps: { device: DeviceStore }, account: OpenedAccount): Promise<OpenedAccount> {
  const next: OpenedAccount = { ...account, welcome: null };
  await keepAccount(deps.device, next);
  return next;
}

async function memberNamed(trust: Pick<TrustDirectory, 'identities'>, viewer: OpenedAccount, accountId: string): Promise<VerifiedIdentity> {
  const serverName = viewer.viewer.mxid.slice(viewer.viewer.mxid.indexOf(':') + 1);
  const mxid = mxidOf('member', accountId, serverName);
  const identity = (await trust.identities([mxid])).get(mxid);
  if (identity === undefined) throw refusal('UNKNOWN_MEMBER');
  return identity;
}

/** Read before it is verified, to know against whom. */
function inviterNamedIn(invitation: unknown): string {
  const inviter = (invitation as { statement?: { inviter?: unknown } } | null)?.statement?.inviter;
  if (typeof inviter !== 'string') throw refusal('MALFORMED_STATEMENT', { path: '.statement.inviter' });
  return inviter;
}
