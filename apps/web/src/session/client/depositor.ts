import { isBatonError, type Clock } from '@baton/base';
import type { Homeserver, KeyDepositor } from '@baton/messaging';
import type { AccountServer, DepositableSession, OpenedAccount, TrustDirectory } from '@baton/vault';
import type { ConversationAnswer } from '../server/conversationServer.ts';
import type { ConversationList } from './conversationList.ts';
import type { Vault } from './dependencies.ts';
import { sendSessionKey } from './sessionKeys.ts';
import { orTryAgain } from './orTryAgain.ts';

/** How long after a claim a session may have been encrypted by somebody who did not know of it. */
const justCameMs = 10 * 60_000;

interface DepositorDependencies {
  vault: Vault;
  account: OpenedAccount;
  server: AccountServer;
  trust: TrustDirectory;
  conversations: ConversationList;
  homeserver(): Homeserver;
  /** The vault of the project, of whichever room. */
  toVault: KeyDepositor;
  clock: Clock;
}

/** What a member's client does with sessions' keys. */
export interface MemberDepositor extends KeyDepositor {
  /** Leaves sessions of a room, whoever made them, at the link of its candidate who has not come. Throws as `deposit` does. */
  leaveAtLink(roomId: string, sessions: readonly DepositableSession[]): Promise<void>;
}

/**
 * Where a session's key goes before the first message on it: always to the project's vault; while the candidate has not come, sealed to their link;
 * when they are just coming, to their devices, for the room's encryption may not have known of them yet.
 */
export function makeDepositor({ vault, account, server, trust, conversations, homeserver, toVault, clock }: DepositorDependencies): MemberDepositor {
  const awaiting = (conversation: ConversationAnswer): boolean => conversation.state === 'INVITED' || conversation.state === 'CLAIMED';
  const cameInTheMeantime = new Set<string>();
  const welcome = vault.makeWelcomeDepositor({
    account,
    trust,
    clock,
    server: {
      depositWelcome: async (input) => {
        try {
          await server.depositWelcome(input);
        } catch (error) {
          if (isBatonError(error, 'CLAIMED')) cameInTheMeantime.add(input.conversationId);
          throw error;
        }
      },
    },
    awaited: async (roomId) => {
      const conversation = conversations.byRoom(roomId);
      if (!conversation?.invitation || !awaiting(conversation)) return null;
      return { conversationId: conversation.id, invitation: conversation.invitation.statement };
    },
  });
  const isComing = (conversation: ConversationAnswer): boolean => {
    if (cameInTheMeantime.has(conversation.id)) return true;
    const claimedAt = conversation.invitation?.claimedAt;
    return conversation.state === 'ENTERED' && claimedAt != null && clock.now() - Date.parse(claimedAt) < justCameMs;
  };

  /** For who is coming in this very moment: what was left at their link may have come too late. */
  const handToArrival = async (roomId: string, sessions: readonly DepositableSession[]): Promise<void> => {
    const before = conversations.byRoom(roomId);
    if (!before || !isComing(before)) return;
    if (!before.candidate || before.state !== 'ENTERED') await conversations.refresh();
    const { candidate, state } = conversations.byRoom(roomId) ?? {};
    if (!candidate || state !== 'ENTERED') return;
    for (const session of sessions) await sendSessionKey(homeserver(), [candidate.mxid], session);
  };

  return {
    deposit: (session) =>
      orTryAgain(async () => {
        if (!conversations.byRoom(session.roomId)) await conversations.refresh();
        await Promise.all([toVault.deposit(session), welcome.deposit(session.roomId, [session])]);
        await handToArrival(session.roomId, [session]);
      }),
    leaveAtLink: (roomId, sessions) =>
      orTryAgain(async () => {
        await welcome.deposit(roomId, sessions);
        await handToArrival(roomId, sessions);
      }),
  };
}

/** A candidate's: they deposit to the vault alone. */
export function makeCandidateDepositor(toVault: KeyDepositor): KeyDepositor {
  return { deposit: (session) => orTryAgain(() => toVault.deposit(session)) };
}
