import { BatonError, newId } from '@baton/base';
import { SessionColleagueInvitationsDocument } from '../../generated/graphql.ts';
import type { ConversationCommands } from '../contract.ts';
import { makeConversationServer, type ConversationAnswer } from '../server/conversationServer.ts';
import type { Vault } from './dependencies.ts';
import { candidateLink, colleagueLink } from './links.ts';
import type { ClientState } from './clientState.ts';
import type { RunningSession } from './runningSession.ts';

/** The commands on conversations. */
export function makeConversationCommands(state: ClientState): Omit<ConversationCommands, 'list' | 'teamRooms'> {
  const { deps } = state;
  const server = makeConversationServer(deps.request);
  const vault = async (): Promise<Vault> => {
    const loaded = await deps.loadVault();
    await loaded.ready();
    return loaded;
  };
  const requireConversation = (session: RunningSession, id: string): ConversationAnswer => {
    const conversation = session.conversations.byId(id);
    if (!conversation) throw new BatonError('NOT_FOUND');
    return conversation;
  };

  return {
    open: async ({ candidacyId, about }) => {
      const session = state.session();
      const conversationId = newId('conversation');
      const made = (await vault()).makeCandidateInvitation(deps, await session.certified(), conversationId);
      const conversation = await server.open({ conversationId, candidacyId, about, invitation: made.invitation, sealedSecret: made.sealedSecret });
      session.conversations.take(conversation);
      // A person who has an account needs no link, and the API keeps none.
      const link = conversation.invitation?.id === made.id ? candidateLink(deps.origin, made.link) : null;
      return { conversationId: conversation.id, roomId: conversation.roomId, link };
    },
    linkOf: async (invitationId) => {
      const session = state.session();
      const account = await session.account();
      const open = async (sealedSecret: string | null | undefined): Promise<string | null> =>
        sealedSecret ? (await vault()).linkOf(account, invitationId, sealedSecret) : null;
      const ofCandidate = session.conversations.changes.current().find(({ invitation }) => invitation?.id === invitationId)?.invitation;
      if (ofCandidate) {
        const link = await open(ofCandidate.sealedSecret);
        return link && candidateLink(deps.origin, link);
      }
      const { colleagueInvitations } = await deps.request(SessionColleagueInvitationsDocument);
      const link = await open(colleagueInvitations.find(({ id }) => id === invitationId)?.sealedSecret);
      return link && colleagueLink(deps.origin, link);
    },
    renewLink: async (conversationId, options) => {
      const session = state.session();
      const made = (await vault()).makeCandidateInvitation(deps, await session.certified(), conversationId);
      const replaces = options?.letBackIn ? requireConversation(session, conversationId).candidate?.accountId : undefined;
      const conversation = await server.renew({ conversationId, invitation: made.invitation, sealedSecret: made.sealedSecret, ...(replaces === undefined ? {} : { replaces }) });
      session.conversations.take(conversation);
      await depositAgain(session, requireConversation(session, conversationId), { theirs: replaces !== undefined });
      return { link: candidateLink(deps.origin, made.link) };
    },
    leave: async (conversationId, { block }) => {
      const session = state.session();
      session.conversations.take(await server.leave({ conversationId, block }));
    },
    refresh: async () => {
      const { conversations, teamRooms } = state.session();
      await Promise.all([conversations.refresh(), teamRooms.refresh()]);
    },
  };
}

/**
 * What was written before is sealed to the old link: every session that this device can read goes to the new one too. With
 * `theirs` also to the vault: of what an account deposited that is no more, nobody could be sure any longer.
 */
async function depositAgain(session: RunningSession, { roomId }: ConversationAnswer, { theirs }: { theirs: boolean }): Promise<void> {
  const { connection: { homeserver }, depositor, vaults } = await session.online();
  const readable = new Set<string>();
  for (const { wire, decryption } of await session.local.store.events(roomId, undefined, Number.MAX_SAFE_INTEGER)) {
    if (decryption?.ok && typeof wire.content['session_id'] === 'string') readable.add(wire.content['session_id']);
  }
  const held = (await homeserver.exportSessions([...readable].map((sessionId) => ({ roomId, sessionId })))).map((exported) => {
    const { session_id: sessionId } = JSON.parse(exported) as { session_id: string };
    return { roomId, sessionId, exportSession: async () => exported };
  });
  if (theirs) await vaults?.share(held);
  await depositor?.leaveAtLink(roomId, held);
}
