import type { Attributions, Homeserver, OwnedSession } from '@baton/messaging';
import type { AccountServer, OpenedAccount, TrustDirectory } from '@baton/vault';
import type { DeviceStore } from '@baton/vault/device';
import type { ConversationServer } from '../server/conversationServer.ts';
import type { ConversationList } from './conversationList.ts';
import type { ClientDependencies, Vault } from './dependencies.ts';
import type { ClientRecords } from './records.ts';

interface EnteringDependencies {
  vault: Vault;
  client: Pick<ClientDependencies, 'clock' | 'report'>;
  device: DeviceStore;
  records: ClientRecords;
  account: OpenedAccount;
  server: AccountServer;
  conversationServer: ConversationServer;
  conversations: ConversationList;
  trust: TrustDirectory;
  session: OwnedSession;
  homeserver: Homeserver;
  attributions: Attributions;
}

/**
 * Brings a candidate from a claim into the room, and may be repeated at any point:
 *   certificate, with the Matrix identity that this device has just made
 *   enter: the API checks it and joins us to the room
 *   what was written before we came: opened with the link, verified, imported
 *   then the messages that waited under the conversation's id go out
 * Returns the account without the link's secret, which opens nothing any more.
 */
export async function enterConversation(deps: EnteringDependencies, conversationId: string, masterKey: string): Promise<OpenedAccount> {
  const { vault, account, server, conversationServer, conversations, records } = deps;
  let certificate: Parameters<AccountServer['publishCertificate']>[0] | undefined;
  // A first certificate goes along with entering: one round trip less while somebody waits.
  const publishing: AccountServer = {
    ...server,
    publishCertificate: async (made) => {
      certificate = made;
    },
  };
  await vault.publishIdentity({ server: publishing, clock: deps.client.clock, log: null }, account, { mxid: account.viewer.mxid, matrixMasterKey: masterKey });
  const conversation = await conversationServer.enter({ conversationId, ...(certificate ? { certificate } : {}) });
  conversations.take(conversation);
  const adopted = deps.session.adopt(conversationId, conversation.roomId);
  const after = await readWelcome(deps, { conversationId, roomId: conversation.roomId });
  await adopted;
  await records.entering.remove();
  return after;
}

async function readWelcome(deps: EnteringDependencies, place: { conversationId: string; roomId: string }): Promise<OpenedAccount> {
  const { vault, client, account, server, trust, homeserver, attributions, conversationServer, device } = deps;
  const { sessions, refused } = await vault.openWelcomeBundle({ server, trust }, account, place);
  for (const { sessionId, sender } of sessions) attributions.learn(place.roomId, sessionId, sender);
  if (sessions.length > 0) await homeserver.importSessions(sessions.map(({ exported }) => exported));
  if (refused.length > 0) client.report(new Error(`Refused in the welcome bundle: ${refused.map(({ code }) => code).join(', ')}`));
  await conversationServer.acknowledgeWelcome(place.conversationId);
  return await vault.forgetWelcome({ device }, account);
}
