import { eq } from 'drizzle-orm';
import type { ReportInvitationInput } from '../../generated/resolvers.ts';
import { refuse } from '../../platform/errors/refusal.ts';
import { optionalText } from '../../platform/errors/validate.ts';
import type { ApiContext } from '../../platform/graphql/context.ts';
import { accounts, type AccountRow } from '../accounts/accounts.table.ts';
import { conversations } from '../conversations/conversations.table.ts';
import { organisations, type OrganisationRow } from '../organisations/organisations.table.ts';
import { invitations, type InvitationRow } from './invitations.table.ts';

/** An invitation with what its link's page tells. */
export interface PublicInvitationRow {
  invitation: InvitationRow;
  organisation: OrganisationRow;
  inviter: AccountRow;
  about: string | null;
}

/** What whoever has a link's address may know; null when there is no such invitation. No effect. */
export async function publicInvitation(ctx: ApiContext, id: string): Promise<PublicInvitationRow | null> {
  await ctx.throttle('look');
  // As nobody: whoever has the link has no account yet.
  const [found] = await ctx.services.system.read((tx) =>
    tx.select({ invitation: invitations, organisation: organisations, inviter: accounts, about: conversations.about })
      .from(invitations)
      .innerJoin(organisations, eq(organisations.id, invitations.organisationId))
      .innerJoin(accounts, eq(accounts.id, invitations.inviterId))
      .leftJoin(conversations, eq(conversations.id, invitations.conversationId))
      .where(eq(invitations.id, id)),
  );
  return found ?? null;
}

/** "Not you, or not expecting this?": remembered for the inviter to see, the first time. Refused: LINK_UNKNOWN, TOO_LONG. */
export async function reportInvitation(ctx: ApiContext, input: ReportInvitationInput): Promise<void> {
  await ctx.throttle('report', input.invitationId);
  const reason = optionalText(input.reason, 'reason', 1000);
  // As nobody: whoever reports has no account.
  await ctx.services.system.write(async (tx, unit) => {
    const [row] = await tx.select().from(invitations).where(eq(invitations.id, input.invitationId)).for('update');
    if (!row) return refuse('LINK_UNKNOWN', 'invitationId');
    if (row.reportedAt) return;
    const reportedAt = new Date(ctx.services.clock.now());
    await tx.update(invitations).set({ reportedAt, reportReason: reason }).where(eq(invitations.id, row.id));
    const { conversationId, organisationId } = row;
    if (conversationId === null) return;
    await tx.update(conversations).set({ reportedAt }).where(eq(conversations.id, conversationId));
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'CONVERSATION', id: conversationId, organisationId }));
  });
}
