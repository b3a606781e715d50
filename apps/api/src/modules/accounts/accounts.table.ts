import type { CertificateChain, PasswordParameters, SeedWrap } from '@baton/vault/verify';
import { boolean, integer, jsonb, pgTable, text } from 'drizzle-orm/pg-core';
import type { AccountKind, Role } from '../../generated/resolvers.ts';
import { bytea, moment } from '../../platform/database/columns.ts';
import { organisations } from '../organisations/organisations.table.ts';

export const accounts = pgTable('accounts', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull().references(() => organisations.id),
  kind: text('kind').$type<AccountKind>().notNull(),
  /** Null for candidates. */
  role: text('role').$type<Role>(),
  name: text('name').notNull(),
  /** Lower case. Null for a candidate without a password. */
  email: text('email').unique(),
  mxid: text('mxid').notNull().unique(),
  signingKey: text('signing_key').notNull(),
  boxKey: text('box_key').notNull(),
  certificate: jsonb('certificate').$type<CertificateChain>(),
  certificateSequence: integer('certificate_sequence'),
  /** Through which the account came; null for a firm's first partner. */
  invitationId: text('invitation_id'),
  joinedAt: moment('joined_at').notNull().defaultNow(),
  endedAt: moment('ended_at'),
});

/** What signing in needs. The server can check a password's authentication half and can't open a wrap. */
export const accountSecrets = pgTable('account_secrets', {
  accountId: text('account_id').primaryKey().references(() => accounts.id),
  passwordParameters: jsonb('password_parameters').$type<PasswordParameters>(),
  passwordAuthHash: bytea('password_auth_hash'),
  passwordWrap: jsonb('password_wrap').$type<SeedWrap>(),
  recoveryAuthHash: bytea('recovery_auth_hash'),
  recoveryWrap: jsonb('recovery_wrap').$type<SeedWrap>(),
});

export const sessions = pgTable('sessions', {
  id: text('id').primaryKey(),
  accountId: text('account_id').notNull().references(() => accounts.id),
  organisationId: text('organisation_id').notNull().references(() => organisations.id),
  /** SHA-256 of the cookie's token. */
  tokenHash: bytea('token_hash').notNull().unique(),
  deviceName: text('device_name').notNull(),
  matrixDeviceId: text('matrix_device_id').notNull(),
  createdAt: moment('created_at').notNull().defaultNow(),
  lastSeenAt: moment('last_seen_at').notNull().defaultNow(),
  endedAt: moment('ended_at'),
  /** Signed in with the recovery code. */
  recovered: boolean('recovered').notNull().default(false),
});

export type AccountRow = typeof accounts.$inferSelect;
export type AccountSecretsRow = typeof accountSecrets.$inferSelect;
export type SessionRow = typeof sessions.$inferSelect;
