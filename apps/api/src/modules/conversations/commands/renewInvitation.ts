import { and, eq, isNull } from 'drizzle-orm';
import type { RenewConversationInvitationInput } from '../../../generated/resolvers.ts';
import { asNobody } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { endSessionsOf } from '../../accounts/accounts.ts';
import { record } from '../../audit/audit.ts';
import { insertInvitation } from '../../invitations/invitations.ts';
import { invitations } from '../../invitations/invitations.table.ts';
import { canOpenConversations } from '../../projects/projects.policy.ts';
import { projectById } from '../../projects/projects.ts';
import { conversations, welcomeDeposits, type ConversationRow } from '../conversations.table.ts';
import { isOver, takesDeposits } from '../conversations.policy.ts';
import { lockConversation } from '../conversations.ts';
import { soundInvitation } from './openConversation.ts';

/**
 * A new link for a candidate who is not in the room; the old one ends, and so does a claim of it that led nowhere.
 * Refused: CLAIMED, CONVERSATION_OVER, STATEMENT_INVALID, LINK_EXPIRED, CERTIFICATE_REQUIRED, ID_TAKEN.
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
    if (isOver(conversation)) refuse('CONVERSATION_OVER', 'conversationId');
    if (!takesDeposits(conversation)) refuse('CLAIMED', 'conversationId');
    // As nobody: other colleagues' invitations, deposits and the claimant's sessions end with the old link.
    await asNobody(tx, async () => {
      const ended = await tx.update(invitations).set({ revokedAt: new Date(ctx.services.clock.now()) })
        .where(and(eq(invitations.conversationId, conversationId), isNull(invitations.revokedAt), isNull(invitations.claimedAt)))
        .returning({ id: invitations.id });
      for (const { id } of ended) record(unit, viewer, 'INVITATION_REVOKED', id);
      await tx.delete(welcomeDeposits).where(eq(welcomeDeposits.conversationId, conversationId));
      if (conversation.candidateId) await endSessionsOf(ctx.services, tx, unit, viewer, conversation.candidateId);
    });
    await insertInvitation(tx, unit, signed, { inviteeName: conversation.candidateName, sealedSecret: input.sealedSecret, conversationId });
    const [stored] = await tx.update(conversations).set({ state: 'INVITED', candidateId: null, reportedAt: null })
      .where(eq(conversations.id, conversationId)).returning();
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'CONVERSATION', id: conversationId, organisationId: viewer.organisationId }));
    return stored as ConversationRow;
  });
}
