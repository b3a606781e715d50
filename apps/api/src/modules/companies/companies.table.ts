import { pgTable, text } from 'drizzle-orm/pg-core';
import { moment } from '../../platform/database/columns.ts';
import { organisations } from '../organisations/organisations.table.ts';

export const companies = pgTable('companies', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull().references(() => organisations.id),
  name: text('name').notNull(),
  /** The name without case, width, accents and spaces; unique within the firm. */
  nameKey: text('name_key').notNull(),
  searchName: text('search_name').notNull(),
  searchText: text('search_text').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
});

/** A company as the API tells of it. */
export type CompanyRow = Pick<typeof companies.$inferSelect, 'id' | 'name'>;
