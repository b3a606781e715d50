import { jsonb, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { organisations } from '../organisations/organisations.table.ts';
import { people } from '../people/people.table.ts';
import { projects } from '../projects/projects.table.ts';
import type { RowResult } from './plan/rowResult.ts';

export const imports = pgTable('imports', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull().references(() => organisations.id),
  actorId: text('actor_id').notNull().references(() => accounts.id),
  fileName: text('file_name').notNull(),
  projectId: text('project_id').references(() => projects.id),
  /** What was answered, to answer the same when the command comes twice. */
  result: jsonb('result').$type<RowResult[]>().notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** By what a row of a file is known at its next import. */
export const personImportKeys = pgTable(
  'person_import_keys',
  {
    organisationId: text('organisation_id').notNull(),
    importKey: text('import_key').notNull(),
    personId: text('person_id').notNull().references(() => people.id),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.importKey] })],
);
