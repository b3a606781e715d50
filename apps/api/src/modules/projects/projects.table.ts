import { integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { ProjectRole, StageKind } from '../../generated/resolvers.ts';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { companies } from '../companies/companies.table.ts';
import { organisations } from '../organisations/organisations.table.ts';

export const projects = pgTable('projects', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull().references(() => organisations.id),
  name: text('name').notNull(),
  clientId: text('client_id').notNull().references(() => companies.id),
  /** How the role is told to candidates. */
  publicTitle: text('public_title').notNull(),
  version: integer('version').notNull().default(1),
  createdBy: text('created_by').notNull().references(() => accounts.id),
  createdAt: moment('created_at').notNull().defaultNow(),
  archivedAt: moment('archived_at'),
});

export const stages = pgTable('stages', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  projectId: text('project_id').notNull().references(() => projects.id),
  name: text('name').notNull(),
  kind: text('kind').$type<StageKind>().notNull(),
  position: integer('position').notNull(),
  /** Off the board, and still named by the history. */
  removedAt: moment('removed_at'),
});

export const projectMembers = pgTable(
  'project_members',
  {
    organisationId: text('organisation_id').notNull(),
    projectId: text('project_id').notNull().references(() => projects.id),
    accountId: text('account_id').notNull().references(() => accounts.id),
    role: text('role').$type<ProjectRole>().notNull(),
    joinedAt: moment('joined_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.accountId] })],
);

export type ProjectRow = typeof projects.$inferSelect;
export type StageRow = typeof stages.$inferSelect;
export type ProjectMemberRow = typeof projectMembers.$inferSelect;

/**
 * A project as this viewer sees it: with their own role in it, null for a partner who is not on it, and whether its log has
 * begun, from when on its members are the log's.
 */
export type SeenProject = ProjectRow & { viewerRole: ProjectRole | null; hasVault: boolean };
