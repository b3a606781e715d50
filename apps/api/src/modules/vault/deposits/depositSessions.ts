import { and, eq, sql } from 'drizzle-orm';
import type { DepositSessionsInput, SessionDepositInput } from '../../../generated/resolvers.ts';
import { asNobody, type Tx } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { requiredText } from '../../../platform/errors/validate.ts';
import { signedIn, type ApiContext } from '../../../platform/graphql/context.ts';
import type { SignedInViewer } from '../../../platform/session/viewer.ts';
import { conversations } from '../../conversations/conversations.table.ts';
import { projectsByIds } from '../../projects/projects.ts';
import { isOnProject } from '../vault.policy.ts';
import { projectVaults, vaultDeposits, type VaultRow } from '../vault.table.ts';

/** How many go into one call, of deposits and of checks. */
export const mostAtOnce = 100;

/**
 * Keeps sealed sessions: members of the project for all of its rooms, a candidate for their own. A depositor's second copy
 * of a session takes the place of the first, unless somebody else has found the first one whole: nobody takes back what a
 * successor relies on.
 * Refused: EPOCH_OUTDATED, TOO_MANY, REQUIRED, TOO_LONG.
 */
export async function depositSessions(ctx: ApiContext, { projectId, deposits }: DepositSessionsInput): Promise<void> {
  const viewer = signedIn(ctx);
  await ctx.throttle('deposit', viewer.accountId);
  if (deposits.length > mostAtOnce) refuse('TOO_MANY', 'deposits');
  const checked = withoutDoubles(deposits.map(checkFields));
  await ctx.write(async (tx, unit) => {
    const rooms = await roomsOpenTo(tx, viewer, projectId);
    // As nobody: a candidate leaves what they may not read.
    const kept = await asNobody(tx, async () => {
      const vault = await lockVault(tx, projectId);
      if (checked.some(({ roomId }) => !rooms(vault).includes(roomId))) deny('NOT_FOUND');
      if (checked.some(({ epoch }) => epoch !== vault.epoch)) refuse('EPOCH_OUTDATED', 'deposits');
      return keep(tx, viewer, vault, checked);
    });
    if (kept > 0) unit.afterCommit(() => ctx.services.changes.publishSoon({ topic: 'VAULT', id: projectId, organisationId: viewer.organisationId }));
  });
}

function checkFields({ roomId, sessionId, epoch, sealed }: SessionDepositInput, at: number): SessionDepositInput {
  const field = (name: string): string => `deposits.${at}.${name}`;
  return {
    roomId: requiredText(roomId, field('roomId'), 255), sessionId: requiredText(sessionId, field('sessionId'), 100),
    epoch, sealed: requiredText(sealed, field('sealed'), 16_384),
  };
}

/** Of two copies of a session in one call the later one. */
const withoutDoubles = (deposits: readonly SessionDepositInput[]): SessionDepositInput[] =>
  [...new Map(deposits.map((deposit) => [JSON.stringify([deposit.roomId, deposit.sessionId]), deposit])).values()];

/** Rooms whose sessions the viewer may deposit; NOT_FOUND when the project is none of theirs. */
async function roomsOpenTo(tx: Tx, viewer: SignedInViewer, projectId: string): Promise<(vault: VaultRow) => string[]> {
  const ofProject = eq(conversations.projectId, projectId);
  if (viewer.kind === 'candidate') {
    const own = await tx.select({ roomId: conversations.roomId }).from(conversations)
      .where(and(ofProject, eq(conversations.candidateId, viewer.accountId), eq(conversations.state, 'ENTERED')));
    return own.length === 0 ? deny('NOT_FOUND') : () => own.map((row) => row.roomId);
  }
  const [project] = await projectsByIds(tx, viewer, [projectId]);
  if (!project || !isOnProject(project)) return deny('NOT_FOUND');
  const rooms = await tx.select({ roomId: conversations.roomId }).from(conversations).where(ofProject);
  return ({ teamRoomId }) => [teamRoomId, ...rooms.map((row) => row.roomId)];
}

/** The vault, and neither its epoch nor its numbers change before this transaction ends. */
export async function lockVault(tx: Tx, projectId: string): Promise<VaultRow> {
  const [vault] = await tx.select().from(projectVaults).where(eq(projectVaults.projectId, projectId)).for('update');
  return vault ?? deny('NOT_FOUND');
}

/** Returns how many were kept. */
async function keep(tx: Tx, { accountId, organisationId }: SignedInViewer, { projectId, lastDeposit }: VaultRow, deposits: readonly SessionDepositInput[]): Promise<number> {
  const found = await tx.select({ roomId: vaultDeposits.roomId, sessionId: vaultDeposits.sessionId, whole: isWhole }).from(vaultDeposits)
    .where(and(eq(vaultDeposits.projectId, projectId), eq(vaultDeposits.depositorId, accountId), isOneOf(deposits)));
  const stays = new Set(found.filter(({ whole }) => whole).map(({ roomId, sessionId }) => JSON.stringify([roomId, sessionId])));
  const fresh = deposits.filter(({ roomId, sessionId }) => !stays.has(JSON.stringify([roomId, sessionId])));
  if (fresh.length === 0) return 0;
  await tx.delete(vaultDeposits).where(and(eq(vaultDeposits.projectId, projectId), eq(vaultDeposits.depositorId, accountId), isOneOf(fresh)));
  await tx.insert(vaultDeposits).values(fresh.map((deposit, at) => ({ ...deposit, organisationId, projectId, depositorId: accountId, number: lastDeposit + at + 1 })));
  await tx.update(projectVaults).set({ lastDeposit: lastDeposit + fresh.length }).where(eq(projectVaults.projectId, projectId));
  return fresh.length;
}

/** Whether somebody else than the depositor opened it and found it to reach the first event. */
const isWhole = sql<boolean>`exists (select 1 from vault_checks k where k.project_id = vault_deposits.project_id and k.number = vault_deposits.number and k.reaches_first)`;

function isOneOf(deposits: readonly SessionDepositInput[]) {
  if (deposits.length === 0) return sql`false`;
  const pairs = sql.join(deposits.map(({ roomId, sessionId }) => sql`(${roomId}::text, ${sessionId}::text)`), sql`, `);
  return sql`(${vaultDeposits.roomId}, ${vaultDeposits.sessionId}) in (${pairs})`;
}
