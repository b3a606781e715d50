import type { OrganisationLogStatement, OrganisationStatement, Signed } from '@baton/vault/verify';
import { integer, jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from '../../platform/database/columns.ts';

export const organisations = pgTable('organisations', {
  id: text('id').primaryKey(),
  name: text('name').notNull(),
  statement: jsonb('statement').$type<Signed<OrganisationStatement>>().notNull(),
  rootKey: text('root_key').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

export const organisationLog = pgTable(
  'organisation_log',
  {
    organisationId: text('organisation_id').notNull().references(() => organisations.id),
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
    prev: text('prev'),
    actor: text('actor').notNull(),
    entry: jsonb('entry').$type<Signed<OrganisationLogStatement>>().notNull(),
    recordedAt: moment('recorded_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.seq] })],
);

export type OrganisationRow = typeof organisations.$inferSelect;
export type OrganisationLogRow = typeof organisationLog.$inferSelect;
