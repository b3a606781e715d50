import { makeSession, type Gossip, type KeyDepositor, type MessageStore, type OwnedSession, type Sealer } from '@baton/messaging';
import type { DeviceStore } from '@baton/vault/device';
import type { TeamRoomSummary, ViewerSummary } from '../contract.ts';
import type { ClientDependencies } from './dependencies.ts';
import type { KeptList } from './keptList.ts';
import { recordsOf } from './records.ts';
import { sideOf } from './viewer.ts';

interface SignedInParts {
  depositor: KeyDepositor;
  accountDataSealer: Sealer;
  gossip: Gossip;
}

/** What works without a network and without the vault: reading what is here, and queueing. */
export interface LocalSession {
  session: OwnedSession;
  store: MessageStore;
  /** Hands in what only the signed-in account has, once the vault is open. */
  complete(parts: SignedInParts): void;
  close(): Promise<void>;
}

export const messagesName = (accountId: string): string => `baton-messages-${accountId}`;

/** Opens what this device has of a person's messages. */
export async function openLocalSession(deps: Pick<ClientDependencies, 'openMessages' | 'report'>, device: DeviceStore, viewer: ViewerSummary, openingTeamRooms: Promise<KeptList<TeamRoomSummary>>): Promise<LocalSession> {
  const [store, teamRooms] = await Promise.all([deps.openMessages(messagesName(viewer.accountId), device.sealer), openingTeamRooms]);
  const parts = Promise.withResolvers<SignedInParts>();
  /** Nothing is sent or read before. */
  let gossip: Gossip | null = null;
  const session = await makeSession({
    store,
    userId: viewer.mxid,
    sideOf,
    // Every room is a conversation with a candidate, also before they come, but for a team's own.
    awaitsOtherSide: (roomId) => !teamRooms.changes.current().some((room) => room.roomId === roomId),
    readReceipts: recordsOf(device).readReceipts,
    report: deps.report,
    depositor: { deposit: async (key) => (await parts.promise).depositor.deposit(key) },
    gossip: {
      tell: (roomId) => gossip?.tell(roomId) ?? {},
      hear: (roomId, sender, told) => gossip?.hear(roomId, sender, told),
      requireConsistent: (roomId) => gossip?.requireConsistent(roomId),
    },
    accountDataSealer: {
      seal: async (plain) => (await parts.promise).accountDataSealer.seal(plain),
      open: async (sealed) => (await parts.promise).accountDataSealer.open(sealed),
    },
  });
  // Whom a message has to reach is counted anew.
  const unfollow = teamRooms.changes.subscribe(() => session.identify(viewer.mxid));
  return {
    session,
    store,
    complete: (complete) => {
      gossip = complete.gossip;
      parts.resolve(complete);
    },
    close: async () => {
      unfollow();
      session.stop();
      await store.close();
    },
  };
}
