import { eq } from 'drizzle-orm';
import type { Signed } from '@baton/vault/verify';
import type { EnterConversationInput } from '../../../generated/resolvers.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { candidate, type ApiContext } from '../../../platform/graphql/context.ts';
import { ownAccount, publishCertificate } from '../../accounts/accounts.ts';
import type { AccountRow } from '../../accounts/accounts.table.ts';
import { conversations, type ConversationRow } from '../conversations.table.ts';
import { isCandidateOf, isOver } from '../conversations.policy.ts';
import { conversationById, lockConversation } from '../conversations.ts';

/**
 * Lets the candidate into the room, once their Matrix identity is certified. Sent twice, it enters once.
 * Refused: CONVERSATION_OVER, CERTIFICATE_REQUIRED, STATEMENT_INVALID, CERTIFICATE_OUTDATED, MATRIX_UNAVAILABLE.
 */
export async function enterConversation(ctx: ApiContext, input: EnterConversationInput): Promise<ConversationRow> {
  const viewer = candidate(ctx);
  const conversation = await conversationById(ctx, input.conversationId);
  if (!conversation || !isCandidateOf(viewer, conversation)) return deny('NOT_FOUND');
  if (isOver(conversation)) refuse('CONVERSATION_OVER', 'conversationId');
  const account = await certified(ctx, input.certificate);
  await ctx.services.matrix.join(conversation.roomId, account.mxid);
  return ctx.write(async (tx, unit) => {
    const locked = await lockConversation(tx, conversation.id, 'update');
    if (locked.state === 'ENTERED') return locked;
    if (isOver(locked)) refuse('CONVERSATION_OVER', 'conversationId');
    const [stored] = await tx.update(conversations).set({ state: 'ENTERED' }).where(eq(conversations.id, locked.id)).returning();
    const { id, organisationId } = locked;
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'CONVERSATION', id, organisationId }));
    return stored as ConversationRow;
  });
}

/** The viewer's account with a certificate: this one, unless it is the very one that is published. */
async function certified(ctx: ApiContext, certificate: unknown): Promise<AccountRow> {
  const account = await ownAccount(ctx);
  const signatureOf = (signed: unknown): string | undefined => (signed as Partial<Signed<unknown>>).signatures?.[0]?.signature;
  const published = account.certificate?.certificate;
  if (certificate == null) return published ? account : refuse('CERTIFICATE_REQUIRED', 'certificate');
  return published && signatureOf(published) === signatureOf(certificate) ? account : publishCertificate(ctx, certificate);
}
