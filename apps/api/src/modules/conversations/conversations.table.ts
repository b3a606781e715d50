import { pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { CounterpartState } from '../../generated/resolvers.ts';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { organisations } from '../organisations/organisations.table.ts';

export const conversations = pgTable('conversations', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull().references(() => organisations.id),
  candidacyId: text('candidacy_id').notNull().unique(),
  projectId: text('project_id').notNull(),
  personId: text('person_id').notNull(),
  roomId: text('room_id').notNull().unique(),
  about: text('about').notNull(),
  candidateName: text('candidate_name').notNull(),
  ownerId: text('owner_id').notNull().references(() => accounts.id),
  /** Who looked after it when their account ended, until it is handed over. */
  leftBy: text('left_by').references(() => accounts.id),
  candidateId: text('candidate_id').references(() => accounts.id),
  state: text('state').$type<CounterpartState>().notNull(),
  reportedAt: moment('reported_at'),
  createdAt: moment('created_at').notNull().defaultNow(),
  /** Under which the candidate wrote before a link was made anew for them. */
  formerMxids: text('former_mxids').array().notNull().default([]),
});

/** Sessions' keys, sealed to a link, until the candidate is in the room. */
export const welcomeDeposits = pgTable(
  'welcome_deposits',
  {
    conversationId: text('conversation_id').notNull().references(() => conversations.id),
    invitationId: text('invitation_id').notNull(),
    sessionId: text('session_id').notNull(),
    depositorId: text('depositor_id').notNull().references(() => accounts.id),
    sealed: text('sealed').notNull(),
    depositedAt: moment('deposited_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.invitationId, table.sessionId, table.depositorId] })],
);

export type ConversationRow = typeof conversations.$inferSelect;
export type WelcomeDepositRow = typeof welcomeDeposits.$inferSelect;
