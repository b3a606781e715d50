import { date, pgTable, text } from 'drizzle-orm/pg-core';
import type { PromiseState } from '../../generated/resolvers.ts';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { candidacies } from '../candidacies/candidacies.table.ts';
import { projects } from '../projects/projects.table.ts';

export const promises = pgTable('promises', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  projectId: text('project_id').notNull().references(() => projects.id),
  candidacyId: text('candidacy_id').notNull().references(() => candidacies.id),
  body: text('body').notNull(),
  /** A plain date, `2026-11-30`. */
  dueOn: date('due_on', { mode: 'string' }),
  state: text('state').$type<PromiseState>().notNull().default('OPEN'),
  promisedBy: text('promised_by').notNull().references(() => accounts.id),
  promisedAt: moment('promised_at').notNull(),
  /** Null while it is open, like `settledAt`. */
  settledBy: text('settled_by').references(() => accounts.id),
  settledAt: moment('settled_at'),
});

export type PromiseRow = typeof promises.$inferSelect;
