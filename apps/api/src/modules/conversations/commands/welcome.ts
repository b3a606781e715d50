import { and, asc, eq, sql } from 'drizzle-orm';
import type { DepositWelcomeInput } from '../../../generated/resolvers.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { requiredText } from '../../../platform/errors/validate.ts';
import { candidate, member, type ApiContext } from '../../../platform/graphql/context.ts';
import { invitations } from '../../invitations/invitations.table.ts';
import { welcomeDeposits, type ConversationRow, type WelcomeDepositRow } from '../conversations.table.ts';
import { isCandidateOf, takesDeposits } from '../conversations.policy.ts';
import { conversationById, lockConversation } from '../conversations.ts';
import { teamsOf } from '../teamRooms.ts';

const mostDeposits = 100;

/**
 * Leaves sessions' keys at the link of a candidate who has not come. Again replaces the depositor's own copies.
 * Refused: CLAIMED (Matrix carries the keys from here on), CONVERSATION_OVER, LINK_UNKNOWN, LINK_REVOKED, TOO_MANY (more than
 * 100), REQUIRED, TOO_LONG.
 */
export async function depositWelcome(ctx: ApiContext, input: DepositWelcomeInput): Promise<void> {
  const viewer = member(ctx);
  const { conversationId, invitationId } = input;
  if (input.deposits.length === 0) refuse('REQUIRED', 'deposits');
  if (input.deposits.length > mostDeposits) refuse('TOO_MANY', 'deposits');
  // Postgres takes no row twice in one statement.
  const deposits = new Map(input.deposits.map((each) => [requiredText(each.sessionId, 'sessionId', 100), requiredText(each.sealed, 'sealed', 16_384)]));
  await ctx.write(async (tx) => {
    // The lock that entering waits for: what is accepted here, the candidate finds.
    const conversation = await lockConversation(tx, conversationId, 'share');
    if (!(await teamsOf(tx, [conversationId])).get(conversationId)?.includes(viewer.accountId)) deny('FORBIDDEN');
    if (conversation.state === 'ENTERED') refuse('CLAIMED', 'conversationId');
    if (!takesDeposits(conversation)) refuse('CONVERSATION_OVER', 'conversationId');
    const [invitation] = await tx.select().from(invitations)
      .where(and(eq(invitations.id, invitationId), eq(invitations.conversationId, conversationId)));
    if (!invitation) return refuse('LINK_UNKNOWN', 'invitationId');
    if (invitation.revokedAt && !invitation.claimedAt) refuse('LINK_REVOKED', 'invitationId');
    await tx.insert(welcomeDeposits).values([...deposits].map(([sessionId, sealed]) => ({ conversationId, invitationId, sessionId, depositorId: viewer.accountId, sealed })))
      .onConflictDoUpdate({ target: [welcomeDeposits.invitationId, welcomeDeposits.sessionId, welcomeDeposits.depositorId], set: { sealed: sql`excluded.sealed` } });
  });
}

/** What was written before the candidate came, oldest first. The candidate's own. */
export async function welcomeBundle(ctx: ApiContext, conversationId: string): Promise<WelcomeDepositRow[]> {
  const viewer = candidate(ctx);
  const conversation = await conversationById(ctx, conversationId);
  if (!conversation || !isCandidateOf(viewer, conversation)) return deny('NOT_FOUND');
  return ctx.read((tx) =>
    tx.select().from(welcomeDeposits).where(eq(welcomeDeposits.conversationId, conversationId)).orderBy(asc(welcomeDeposits.depositedAt)),
  );
}

/** The candidate has read and kept the bundle: it goes. Refused: NOT_ENTERED (more of it may still come). */
export async function acknowledgeWelcome(ctx: ApiContext, conversationId: string): Promise<ConversationRow> {
  const viewer = candidate(ctx);
  return ctx.write(async (tx) => {
    const conversation = await lockConversation(tx, conversationId, 'share');
    if (!isCandidateOf(viewer, conversation)) return deny('NOT_FOUND');
    if (takesDeposits(conversation)) refuse('NOT_ENTERED', 'conversationId');
    await tx.delete(welcomeDeposits).where(eq(welcomeDeposits.conversationId, conversationId));
    return conversation;
  });
}
