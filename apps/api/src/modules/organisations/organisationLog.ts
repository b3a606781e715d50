import { and, asc, eq, gt, isNull } from 'drizzle-orm';
import { hashOfEntry, verifyNextEntry, fingerprintOf, ready, type OrganisationLogStatement, type OrganisationState, type Signed } from '@baton/vault/verify';
import type { Tx, Unit } from '../../platform/database/database.ts';
import { rememberReplays } from '../../platform/database/replays.ts';
import { isUniqueViolation } from '../../platform/database/sqlState.ts';
import { deny, refuse } from '../../platform/errors/refusal.ts';
import { verified } from '../../platform/errors/verified.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import type { Role } from '../../generated/resolvers.ts';
import { orderMatrixTasks } from '../../platform/matrix/tasks/matrixTasks.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { endSessionsOf } from '../accounts/accounts.ts';
import { record } from '../audit/audit.ts';
import { removeFromRooms } from '../conversations/teamRooms.ts';
import { invitations } from '../invitations/invitations.table.ts';
import { canSend } from './organisations.policy.ts';
import { organisationLog, organisations, type OrganisationRow } from './organisations.table.ts';

/** The log's lines after `after`, oldest first. Members. */
export async function logAfter(ctx: ApiContext, organisationId: string, after: number): Promise<Signed<OrganisationLogStatement>[]> {
  member(ctx);
  return ctx.read((tx) => organisationLogAfter(tx, organisationId, after));
}

/** The same, as far as the transaction's viewer sees them. */
export async function organisationLogAfter(tx: Tx, organisationId: string, after: number): Promise<Signed<OrganisationLogStatement>[]> {
  const rows = await tx.select({ entry: organisationLog.entry }).from(organisationLog)
    .where(and(eq(organisationLog.organisationId, organisationId), gt(organisationLog.seq, after))).orderBy(asc(organisationLog.seq));
  return rows.map((row) => row.entry);
}

const replay = rememberReplays<Signed<OrganisationLogStatement>, OrganisationState>(({ statement }) => hashOfEntry(statement));

/** What the firm's log adds up to; null before its genesis. */
export async function organisationState(tx: Tx, organisationId: string): Promise<OrganisationState | null> {
  const [organisation] = await tx.select({ rootKey: organisations.rootKey }).from(organisations).where(eq(organisations.id, organisationId));
  if (!organisation) return null;
  await ready();
  const root = fingerprintOf(organisation.rootKey);
  return replay(organisationId, {
    after: (seq) => organisationLogAfter(tx, organisationId, seq),
    next: (state, line) => verifyNextEntry(state, line, { root }),
  });
}

/**
 * Verifies the next line against all that came before it and appends it; a role or a revocation takes effect with it.
 * Refused: CONFLICT (another line was faster), STATEMENT_INVALID, CERTIFICATE_OUTDATED, ALREADY_CLAIMED, LAST_PARTNER.
 */
export async function appendOrganisationLog(ctx: ApiContext, value: unknown): Promise<OrganisationRow> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    const [organisation] = await tx.select().from(organisations).where(eq(organisations.id, viewer.organisationId));
    if (!organisation) return deny('NOT_FOUND');
    const before = await organisationState(tx, organisation.id);
    await verified('entry', ctx.services.log, () => verifyNextEntry(before, value, { root: fingerprintOf(organisation.rootKey) }));

    const entry = value as Signed<OrganisationLogStatement>;
    const { statement } = entry;
    if (statement.organisation !== organisation.id || !canSend(viewer, statement.actor)) refuse('STATEMENT_INVALID', 'entry');
    await insertLine(tx, entry);
    await takeEffect(ctx, viewer, tx, unit, statement);
    const about = statement.entry.type === 'role' || statement.entry.type === 'revoke' ? statement.entry.account : viewer.accountId;
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'MEMBER', id: about, organisationId: organisation.id }));
    return organisation;
  });
}

async function insertLine(tx: Tx, entry: Signed<OrganisationLogStatement>): Promise<void> {
  const { organisation, seq, prev, actor } = entry.statement;
  try {
    await tx.insert(organisationLog).values({ organisationId: organisation, seq, prev, actor, hash: hashOfEntry(entry.statement), entry });
  } catch (error) {
    if (isUniqueViolation(error)) refuse('CONFLICT', 'entry');
    throw error;
  }
}

/** Nobody logs in at the homeserver as this account again. What it wrote stays. */
async function deactivate(tx: Tx, accountId: string): Promise<void> {
  const gone = await tx.select({ mxid: accounts.mxid }).from(accounts).where(eq(accounts.id, accountId));
  await orderMatrixTasks(tx, gone.map(({ mxid }) => ({ kind: 'deactivate', mxid })));
}

/** What a line means for the tables. Who may write it was verified: only partners change roles and revoke. */
async function takeEffect(ctx: ApiContext, viewer: MemberViewer, tx: Tx, unit: Unit, { actor, entry }: OrganisationLogStatement): Promise<void> {
  if (actor === viewer.organisationId) record(unit, viewer, 'RECOVERY_KIT_USED', viewer.organisationId);
  if (entry.type === 'role') {
    const role = entry.role.toUpperCase() as Role;
    await tx.update(accounts).set({ role }).where(eq(accounts.id, entry.account));
    record(unit, viewer, `ROLE_SET_${role}`, entry.account);
  }
  if (entry.type === 'revoke') {
    await tx.update(accounts).set({ endedAt: new Date(ctx.services.clock.now()) }).where(eq(accounts.id, entry.account));
    record(unit, viewer, 'MEMBER_REVOKED', entry.account);
    // Nobody comes in any more on the word of somebody who is out.
    const revoked = await tx.update(invitations).set({ revokedAt: new Date(ctx.services.clock.now()) })
      .where(and(eq(invitations.inviterId, entry.account), eq(invitations.kind, 'COLLEAGUE'), isNull(invitations.claimedAt), isNull(invitations.revokedAt)))
      .returning({ id: invitations.id });
    for (const { id } of revoked) record(unit, viewer, 'INVITATION_REVOKED', id);
    await endSessionsOf(ctx.services, tx, unit, viewer, entry.account);
    await removeFromRooms(ctx.services, tx, unit, entry.account);
    // Last: first of all nothing more is given to their devices, then they are out of every room.
    await deactivate(tx, entry.account);
  }
}
