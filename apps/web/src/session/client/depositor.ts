import { isBatonError, type Clock } from '@baton/base';
import { HomeserverError, type Homeserver, type KeyDepositor } from '@baton/messaging';
import type { AccountServer, OpenedAccount, TrustDirectory } from '@baton/vault';
import type { ConversationAnswer } from '../server/conversationServer.ts';
import type { ConversationList } from './conversationList.ts';
import type { Vault } from './dependencies.ts';
import { sendSessionKey } from './sessionKeys.ts';

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

/**
 * Where a session's key goes before the first message on it: always to the project's vault; while the candidate has not come, sealed to their link;
 * when they are just coming, to their devices, for the room's encryption may not have known of them yet.
 */
export function makeDepositor({ vault, account, server, trust, conversations, homeserver, toVault, clock }: DepositorDependencies): KeyDepositor {
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

  return {
    deposit: async (session) => {
      try {
        if (!conversations.byRoom(session.roomId)) await conversations.refresh();
        await Promise.all([toVault.deposit(session), welcome.deposit(session)]);
        let conversation = conversations.byRoom(session.roomId);
        if (!conversation || !isComing(conversation)) return;
        if (!conversation.candidate || conversation.state !== 'ENTERED') await conversations.refresh();
        conversation = conversations.byRoom(session.roomId);
        if (conversation?.candidate && conversation.state === 'ENTERED') await sendSessionKey(homeserver(), [conversation.candidate.mxid], session);
      } catch (error) {
        throw tryAgain(error);
      }
    },
  };
}

/** A candidate's: they deposit to the vault alone. */
export function makeCandidateDepositor(toVault: KeyDepositor): KeyDepositor {
  return {
    deposit: (session) =>
      toVault.deposit(session).catch((error: unknown) => {
        throw tryAgain(error);
      }),
  };
}

const passing = new Set(['OFFLINE', 'SERVER_UNREACHABLE', 'THROTTLED', 'INTERNAL', 'UNAUTHENTICATED', 'CONFLICT', 'EPOCH_OUTDATED', 'MATRIX_UNAVAILABLE']);

/** What passes by itself, in the words that the outbox understands; anything else as it is. */
function tryAgain(error: unknown): unknown {
  const passes = isBatonError(error) && passing.has(error.code);
  return passes ? new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'The key could not be deposited', { cause: error }) : error;
}
