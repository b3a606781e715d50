import { BatonError } from '@baton/base';
import type { CertificateStatement, InvitationStatement, Signed } from '@baton/vault';
import {
  SessionAcknowledgeWelcomeDocument, SessionConversationDocument, SessionConversationsDocument, SessionEnterConversationDocument,
  SessionLeaveConversationDocument, SessionOpenConversationDocument, SessionRenewConversationInvitationDocument,
  type ConversationFieldsFragment,
} from '../../generated/graphql.ts';
import type { Requester, UserErrorLike } from '../../platform/graphql/request.ts';
import { accept } from './accountServer.ts';

/** A conversation as the API tells it, with what the page must not see: the signed invitation and the sealed secret. */
export type ConversationAnswer = ConversationFieldsFragment;

/** The API's commands on conversations. Refusals are BatonErrors. */
export interface ConversationServer {
  list(): Promise<ConversationAnswer[]>;
  one(id: string): Promise<ConversationAnswer | null>;
  open(input: { conversationId: string; candidacyId: string; about: string; invitation: Signed<InvitationStatement>; sealedSecret: string }): Promise<ConversationAnswer>;
  renew(input: { conversationId: string; invitation: Signed<InvitationStatement>; sealedSecret: string; replaces?: string }): Promise<ConversationAnswer>;
  enter(input: { conversationId: string; certificate?: Signed<CertificateStatement> }): Promise<ConversationAnswer>;
  leave(input: { conversationId: string; block: boolean }): Promise<ConversationAnswer>;
  acknowledgeWelcome(conversationId: string): Promise<void>;
}

/** The same over GraphQL. */
export function makeConversationServer(request: Requester): ConversationServer {
  return {
    list: async () => (await request(SessionConversationsDocument)).conversations,
    one: async (id) => (await request(SessionConversationDocument, { id })).conversation,
    open: async (input) => opened((await request(SessionOpenConversationDocument, { input })).openConversation),
    renew: async (input) => conversationOf((await request(SessionRenewConversationInvitationDocument, { input })).renewConversationInvitation),
    enter: async (input) => conversationOf((await request(SessionEnterConversationDocument, { input })).enterConversation),
    leave: async (input) => conversationOf((await request(SessionLeaveConversationDocument, { input })).leaveConversation),
    acknowledgeWelcome: async (conversationId) => accept((await request(SessionAcknowledgeWelcomeDocument, { input: { conversationId } })).acknowledgeWelcome),
  };
}

type Payload = { conversation: ConversationAnswer | null; userErrors: readonly UserErrorLike[] };

/** ALREADY_OPEN says which it is: the API answers with it beside the refusal. */
function opened(payload: Payload): ConversationAnswer {
  const alreadyOpen = payload.userErrors.some(({ code }) => code === 'ALREADY_OPEN');
  if (alreadyOpen && payload.conversation) throw new BatonError('ALREADY_OPEN', { conversationId: payload.conversation.id });
  return conversationOf(payload);
}

function conversationOf(payload: Payload): ConversationAnswer {
  accept(payload);
  if (!payload.conversation) throw new BatonError('UNEXPECTED');
  return payload.conversation;
}
