import type { HandoverPlanStatement, ProjectLogStatement, Signed } from '@baton/vault/verify';
import { boolean, integer, jsonb, pgTable, primaryKey, text, unique } from 'drizzle-orm/pg-core';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { projects } from '../projects/projects.table.ts';

/** A project whose log has begun. */
export const projectVaults = pgTable('project_vaults', {
  projectId: text('project_id').primaryKey().references(() => projects.id),
  organisationId: text('organisation_id').notNull(),
  teamRoomId: text('team_room_id').notNull().unique(),
  /** Of the log's newest line. */
  epoch: integer('epoch').notNull(),
  /** Number of the newest deposit. */
  lastDeposit: integer('last_deposit').notNull().default(0),
});

/** Append-only; the primary key is the compare-and-swap. */
export const projectLog = pgTable(
  'project_log',
  {
    organisationId: text('organisation_id').notNull(),
    projectId: text('project_id').notNull().references(() => projectVaults.projectId),
    seq: integer('seq').notNull(),
    hash: text('hash').notNull(),
    prev: text('prev'),
    /** An account, or the organisation where the recovery kit was used. */
    actor: text('actor').notNull(),
    entry: jsonb('entry').$type<Signed<ProjectLogStatement>>().notNull(),
    recordedAt: moment('recorded_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.seq] })],
);

export const vaultDeposits = pgTable(
  'vault_deposits',
  {
    organisationId: text('organisation_id').notNull(),
    projectId: text('project_id').notNull().references(() => projectVaults.projectId),
    roomId: text('room_id').notNull(),
    sessionId: text('session_id').notNull(),
    depositorId: text('depositor_id').notNull().references(() => accounts.id),
    number: integer('number').notNull(),
    epoch: integer('epoch').notNull(),
    sealed: text('sealed').notNull(),
    depositedAt: moment('deposited_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.roomId, table.sessionId, table.depositorId] }), unique().on(table.projectId, table.number)],
);

/** Handovers that wait for their successor: one a project. */
export const handoverPlans = pgTable('handover_plans', {
  projectId: text('project_id').primaryKey().references(() => projectVaults.projectId),
  organisationId: text('organisation_id').notNull(),
  actorId: text('actor_id').notNull().references(() => accounts.id),
  plan: jsonb('plan').$type<Signed<HandoverPlanStatement>>().notNull(),
  plannedAt: moment('planned_at').notNull().defaultNow(),
});

/** What a member's client has found in a deposit of somebody else. */
export const vaultChecks = pgTable(
  'vault_checks',
  {
    organisationId: text('organisation_id').notNull(),
    projectId: text('project_id').notNull(),
    number: integer('number').notNull(),
    checkerId: text('checker_id').notNull().references(() => accounts.id),
    reachesFirst: boolean('reaches_first').notNull(),
    checkedAt: moment('checked_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.projectId, table.number, table.checkerId] })],
);

/** Sessions under which something was written in a project's rooms, as the events' clear part tells. */
export const vaultSessions = pgTable(
  'vault_sessions',
  {
    organisationId: text('organisation_id').notNull(),
    projectId: text('project_id').notNull().references(() => projectVaults.projectId),
    roomId: text('room_id').notNull(),
    sessionId: text('session_id').notNull(),
    senderMxid: text('sender_mxid').notNull(),
    since: moment('since').notNull(),
  },
  (table) => [primaryKey({ columns: [table.roomId, table.sessionId] })],
);

/** How far a room's events have been looked through. */
export const vaultRooms = pgTable('vault_rooms', {
  organisationId: text('organisation_id').notNull(),
  projectId: text('project_id').notNull().references(() => projectVaults.projectId),
  roomId: text('room_id').primaryKey(),
  /** The homeserver's token; null: from the beginning. */
  readTo: text('read_to'),
  readAt: moment('read_at').notNull(),
});

export type VaultRow = typeof projectVaults.$inferSelect;
export type PlanRow = typeof handoverPlans.$inferSelect;
export type DepositRow = typeof vaultDeposits.$inferSelect;
