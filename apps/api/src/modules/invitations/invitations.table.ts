import type { ClaimStatement, InvitationStatement, Signed } from '@baton/vault/verify';
import { jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { InvitationKind, Role } from '../../generated/resolvers.ts';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { conversations } from '../conversations/conversations.table.ts';
import { organisations } from '../organisations/organisations.table.ts';

export const invitations = pgTable('invitations', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull().references(() => organisations.id),
  kind: text('kind').$type<InvitationKind>().notNull(),
  inviterId: text('inviter_id').notNull().references(() => accounts.id),
  inviteeName: text('invitee_name').notNull(),
  role: text('role').$type<Role>(),
  conversationId: text('conversation_id').references(() => conversations.id),
  statement: jsonb('statement').$type<Signed<InvitationStatement>>().notNull(),
  sealedSecret: text('sealed_secret').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  expiresAt: moment('expires_at').notNull(),
  revokedAt: moment('revoked_at'),
  claim: jsonb('claim').$type<Signed<ClaimStatement>>(),
  claimedAt: moment('claimed_at'),
  claimedOn: text('claimed_on'),
  claimedBy: text('claimed_by').unique(),
  reportedAt: moment('reported_at'),
  reportReason: text('report_reason'),
});

export type InvitationRow = typeof invitations.$inferSelect;
