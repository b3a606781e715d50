import { bigint, pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { people } from '../people/people.table.ts';
import { projects, stages } from '../projects/projects.table.ts';

export const candidacies = pgTable('candidacies', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  personId: text('person_id').notNull().references(() => people.id),
  projectId: text('project_id').notNull().references(() => projects.id),
  /** Follows from the stage events; a trigger writes it. */
  stageId: text('stage_id').notNull().references(() => stages.id),
  stageSince: moment('stage_since').notNull(),
  createdBy: text('created_by').notNull().references(() => accounts.id),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** Append-only: nobody may change or delete a row. */
export const stageEvents = pgTable('stage_events', {
  id: text('id').primaryKey(),
  /** The order in which they happened. */
  seq: bigint('seq', { mode: 'number' }).notNull().generatedAlwaysAsIdentity(),
  organisationId: text('organisation_id').notNull(),
  projectId: text('project_id').notNull().references(() => projects.id),
  candidacyId: text('candidacy_id').notNull().references(() => candidacies.id),
  /** Null for the first one. */
  fromStageId: text('from_stage_id').references(() => stages.id),
  toStageId: text('to_stage_id').notNull().references(() => stages.id),
  reason: text('reason'),
  actorId: text('actor_id').notNull().references(() => accounts.id),
  occurredAt: moment('occurred_at').notNull().defaultNow(),
});

export type CandidacyRow = typeof candidacies.$inferSelect;
export type StageEventRow = typeof stageEvents.$inferSelect;
