import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { HandleKind } from '../../generated/resolvers.ts';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { companies } from '../companies/companies.table.ts';
import { organisations } from '../organisations/organisations.table.ts';

export const people = pgTable('people', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull().references(() => organisations.id),
  name: text('name').notNull(),
  title: text('title'),
  companyId: text('company_id').references(() => companies.id),
  location: text('location'),
  source: text('source'),
  /** Forms of the name, to rank by. */
  searchName: text('search_name').notNull(),
  /** All that the person is found by, under a trigram index. */
  searchText: text('search_text').notNull(),
  /** Rises with each write. */
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull().references(() => accounts.id),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
});

export const personHandles = pgTable(
  'person_handles',
  {
    organisationId: text('organisation_id').notNull(),
    kind: text('kind').$type<HandleKind>().notNull(),
    normalised: text('normalised').notNull(),
    raw: text('raw').notNull(),
    personId: text('person_id').notNull().references(() => people.id),
    position: integer('position').notNull(),
  },
  (table) => [primaryKey({ columns: [table.organisationId, table.kind, table.normalised] })],
);

export const personTags = pgTable(
  'person_tags',
  {
    organisationId: text('organisation_id').notNull(),
    personId: text('person_id').notNull().references(() => people.id),
    /** The tag without case, width, accents and spaces. */
    tagKey: text('tag_key').notNull(),
    tag: text('tag').notNull(),
    position: integer('position').notNull(),
  },
  (table) => [primaryKey({ columns: [table.personId, table.tagKey] })],
);

export const notes = pgTable('notes', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  personId: text('person_id').notNull().references(() => people.id),
  body: text('body').notNull(),
  authorId: text('author_id').notNull().references(() => accounts.id),
  createdAt: moment('created_at').notNull().defaultNow(),
  updatedAt: moment('updated_at').notNull().defaultNow(),
  /** Deleted: the row stays as a mark, without its text. */
  deletedAt: moment('deleted_at'),
});

/** Columns of a person that the API tells of; the search document stays inside. */
export const personColumns = {
  id: people.id,
  organisationId: people.organisationId,
  name: people.name,
  title: people.title,
  companyId: people.companyId,
  location: people.location,
  source: people.source,
  version: people.version,
  createdAt: people.createdAt,
  updatedAt: people.updatedAt,
};

export type PersonRow = Omit<typeof people.$inferSelect, 'searchName' | 'searchText' | 'createdBy'>;
export type HandleRow = typeof personHandles.$inferSelect;
export type NoteRow = typeof notes.$inferSelect;
