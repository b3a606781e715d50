import { CandidateInvitationDocument } from '../../../generated/graphql.ts';
import { request } from '../../../platform/graphql/request.ts';
import type { LinkView } from '../../../session/contract.ts';

/**
 * What the server says of an invitation: enough for the first page, at once. Nobody has checked it yet; that takes the
 * vault, and happens before anything is claimed. Null for an id that the server does not know.
 */
export async function readInvitation(id: string): Promise<LinkView | null> {
  const { publicInvitation: answer } = await request(CandidateInvitationDocument, { id });
  if (answer === null) return null;
  const { kind, state, statement, id: invitationId, ...words } = answer;
  return {
    ...words,
    invitationId,
    kind: kind === 'CANDIDATE' ? 'candidate' : 'colleague',
    state: state.toLowerCase() as LinkView['state'],
    mine: false,
    conversationId: conversationIn(statement),
  };
}

/** The conversation that a signed invitation names, as far as its words go. */
function conversationIn(signed: unknown): string | null {
  const purpose = (signed as { statement?: { for?: { conversation?: unknown } } } | null)?.statement?.for;
  const id = purpose?.conversation;
  return typeof id === 'string' ? id : null;
}
