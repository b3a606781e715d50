import { and, eq, isNull } from 'drizzle-orm';
import type { InvitationStatement, Signed } from '@baton/vault/verify';
import type { RenewConversationInvitationInput } from '../../../generated/resolvers.ts';
import { asNobody, type Tx } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { record } from '../../audit/audit.ts';
import { insertInvitation } from '../../invitations/invitations.ts';
import { invitations } from '../../invitations/invitations.table.ts';
import { canOpenConversations } from '../../projects/projects.policy.ts';
import { projectById } from '../../projects/projects.ts';
import { conversations, welcomeDeposits, type ConversationRow } from '../conversations.table.ts';
import { isOver, takesDeposits } from '../conversations.policy.ts';
import { lockConversation } from '../conversations.ts';
import { letCandidateGo } from './letCandidateGo.ts';
import { soundInvitation } from './openConversation.ts';

/**
 * A new link for a candidate who is not in the room; the old one ends, and so does a claim of it that led nowhere. With
 * `replaces` also for one who is in and has lost every way back: their account goes, and whoever claims the new link takes
 * its place. Sent twice, it is made once.
 * Refused: CLAIMED (somebody is in, who was not to be replaced), CONVERSATION_OVER, STATEMENT_INVALID, LINK_EXPIRED, CERTIFICATE_REQUIRED, ID_TAKEN.
 */
export async function renewInvitation(ctx: ApiContext, input: RenewConversationInvitationInput): Promise<ConversationRow> {
  const viewer = member(ctx);
  const { conversationId } = input;
  await ctx.read(async (tx) => {
    const [row] = await tx.select({ projectId: conversations.projectId }).from(conversations).where(eq(conversations.id, conversationId));
    if (!row) return deny('NOT_FOUND');
    if (!canOpenConversations(viewer, await projectById(tx, viewer, row.projectId))) deny('FORBIDDEN');
  });
  const signed = await soundInvitation(ctx, input, conversationId);

  return ctx.write(async (tx, unit) => {
    const conversation = await lockConversation(tx, conversationId, 'update');
    if (await isMade(tx, signed, conversationId)) return conversation;
    if (isOver(conversation)) refuse('CONVERSATION_OVER', 'conversationId');
    const { candidateId } = conversation;
    // Whoever asks must mean the account that is in: it may have changed since they looked.
    if (!takesDeposits(conversation) && candidateId !== input.replaces) refuse('CLAIMED', 'conversationId');
    let { formerMxids } = conversation;
    // As nobody: other colleagues' invitations, deposits and the claimant's sessions end with the old link.
    await asNobody(tx, async () => {
      const ended = await tx.update(invitations).set({ revokedAt: new Date(ctx.services.clock.now()) })
        .where(and(eq(invitations.conversationId, conversationId), isNull(invitations.revokedAt), isNull(invitations.claimedAt)))
        .returning({ id: invitations.id });
      for (const { id } of ended) record(unit, viewer, 'INVITATION_REVOKED', id);
      await tx.delete(welcomeDeposits).where(eq(welcomeDeposits.conversationId, conversationId));
      if (candidateId === null) return;
      const mxid = await letCandidateGo(ctx.services, tx, unit, viewer, conversation, candidateId);
      if (takesDeposits(conversation)) return;
      formerMxids = [...formerMxids, mxid];
      record(unit, viewer, 'CANDIDATE_REPLACED', candidateId, conversationId);
    });
    await insertInvitation(tx, unit, signed, { inviteeName: conversation.candidateName, sealedSecret: input.sealedSecret, conversationId });
    const [stored] = await tx.update(conversations).set({ state: 'INVITED', candidateId: null, reportedAt: null, formerMxids })
      .where(eq(conversations.id, conversationId)).returning();
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'CONVERSATION', id: conversationId, organisationId: viewer.organisationId }));
    return stored as ConversationRow;
  });
}

/** Whether this very command came before, and its answer did not arrive. */
async function isMade(tx: Tx, { statement: { invitation } }: Signed<InvitationStatement>, conversationId: string): Promise<boolean> {
  const made = await tx.select({ id: invitations.id }).from(invitations)
    .where(and(eq(invitations.id, invitation), eq(invitations.conversationId, conversationId), isNull(invitations.revokedAt)));
  return made.length > 0;
}
