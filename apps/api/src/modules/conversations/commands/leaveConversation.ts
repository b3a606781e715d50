import { and, eq, notInArray } from 'drizzle-orm';
import type { LeaveConversationInput } from '../../../generated/resolvers.ts';
import { deny } from '../../../platform/errors/refusal.ts';
import { candidate, type ApiContext } from '../../../platform/graphql/context.ts';
import { orderMatrixTasks } from '../../../platform/matrix/tasks/matrixTasks.ts';
import { ownAccount } from '../../accounts/accounts.ts';
import { record } from '../../audit/audit.ts';
import { conversations, type ConversationRow } from '../conversations.table.ts';
import { isCandidateOf } from '../conversations.policy.ts';
import { lockConversation } from '../conversations.ts';

/**
 * The candidate leaves a conversation, or blocks the firm: then all of theirs end, and no new one can be opened. Sent
 * twice, it leaves once; who left may still block.
 */
export async function leaveConversation(ctx: ApiContext, input: LeaveConversationInput): Promise<ConversationRow> {
  const viewer = candidate(ctx);
  const { mxid } = await ownAccount(ctx);
  return ctx.write(async (tx, unit) => {
    const conversation = await lockConversation(tx, input.conversationId, 'update');
    if (!isCandidateOf(viewer, conversation)) return deny('NOT_FOUND');
    const block = input.block || conversation.state === 'BLOCKED';
    const which = block ? eq(conversations.candidateId, viewer.accountId) : eq(conversations.id, conversation.id);
    const left = await tx.update(conversations).set({ state: block ? 'BLOCKED' : 'LEFT' }).where(and(which, notInArray(conversations.state, block ? ['BLOCKED'] : ['BLOCKED', 'LEFT']))).returning();
    for (const { id } of left) record(unit, viewer, block ? 'CONVERSATION_BLOCKED' : 'CONVERSATION_LEFT', id);
    await orderMatrixTasks(tx, left.map(({ roomId }) => ({ kind: 'remove', roomId, mxid, reason: 'left' })));
    unit.afterCommit(() => ctx.services.matrixTasks.run());
    unit.afterCommit(() => left.forEach(({ id, organisationId }) => ctx.services.changes.publish({ topic: 'CONVERSATION', id, organisationId })));
    return left.find((row) => row.id === conversation.id) ?? conversation;
  });
}
