import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { AuditKind } from '../../generated/resolvers.ts';
import { moment } from '../../platform/database/columns.ts';
import { organisations } from '../organisations/organisations.table.ts';

/** Append-only. What has a default here is set by the table's trigger, whatever is inserted. */
export const auditEntries = pgTable(
  'audit_entries',
  {
    organisationId: text('organisation_id').notNull().references(() => organisations.id),
    seq: integer('seq').notNull().default(0),
    previousHash: text('previous_hash'),
    hash: text('hash').notNull().default(''),
    recordedAt: moment('recorded_at').notNull().defaultNow(),
    actorId: text('actor_id').notNull(),
    kind: text('kind').$type<AuditKind>().notNull(),
    subjects: text('subjects').array().notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.seq] })],
);

export type AuditEntryRow = typeof auditEntries.$inferSelect;
