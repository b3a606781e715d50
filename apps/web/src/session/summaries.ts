import type { ConversationSummary } from './contract.ts';
import type { ConversationAnswer } from './server/conversationServer.ts';

/** What a page may know of a conversation. `mine` of an invitation: this account made it, so it can open its link's secret. */
export function summaryOf(conversation: ConversationAnswer): ConversationSummary {
  const { candidacy, invitation } = conversation;
  return {
    conversationId: conversation.id,
    roomId: conversation.roomId,
    candidateName: conversation.candidateName,
    firmName: conversation.firmName,
    about: conversation.about,
    state: conversation.state,
    ownerId: conversation.owner.accountId,
    ownerName: conversation.owner.name,
    team: conversation.team.map(({ accountId, name, mxid, role }) => ({ accountId, name, mxid, role })),
    candidate: conversation.candidate && { ...conversation.candidate },
    formerly: [...conversation.formerTeam, ...conversation.formerMxids.map((mxid) => ({ name: conversation.candidateName, mxid }))].map(({ name, mxid }) => ({ name, mxid })),
    candidacyId: candidacy?.id ?? null,
    personId: candidacy?.person.id ?? null,
    projectId: candidacy?.project.id ?? null,
    projectName: candidacy?.project.name ?? null,
    stageName: candidacy?.stage.name ?? null,
    invitation: invitation && {
      id: invitation.id,
      state: invitation.state,
      expiresAt: invitation.expiresAt,
      claimedAt: invitation.claimedAt,
      claimedOn: invitation.claimedOn,
      reportReason: invitation.reportReason,
      mine: invitation.sealedSecret !== null,
    },
    reportedAt: conversation.reportedAt,
    createdAt: conversation.createdAt,
  };
}
