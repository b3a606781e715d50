import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import type { CheckDepositsInput } from '../../../generated/resolvers.ts';
import { asNobody, type Tx } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { projectById } from '../../projects/projects.ts';
import { isOnProject } from '../vault.policy.ts';
import { vaultChecks, vaultDeposits } from '../vault.table.ts';
import { lockVault, mostAtOnce } from './depositSessions.ts';

/**
 * Keeps what the viewer's client has found in deposits of others; what it says later counts. One's own say nothing, and
 * of copies that were replaced nothing is kept. Members of the project. Refused: TOO_MANY.
 */
export async function checkDeposits(ctx: ApiContext, { projectId, checks }: CheckDepositsInput): Promise<void> {
  const viewer = member(ctx);
  if (checks.length > mostAtOnce) refuse('TOO_MANY', 'checks');
  const found = new Map(checks.map(({ number, reachesFirst }) => [number, reachesFirst]));
  await ctx.write(async (tx) => {
    if (!isOnProject(await projectById(tx, viewer, projectId))) deny('NOT_FOUND');
    // As nobody: under the lock that a replaced copy waits for, so that none is found whole which nobody has looked at.
    await asNobody(tx, async () => {
      await lockVault(tx, projectId);
      if (found.size > 0) await keep(tx, viewer, projectId, found, new Date(ctx.services.clock.now()));
    });
  });
}

async function keep(tx: Tx, { organisationId, accountId: checkerId }: MemberViewer, projectId: string, found: ReadonlyMap<number, boolean>, checkedAt: Date): Promise<void> {
  const others = await tx.select({ number: vaultDeposits.number }).from(vaultDeposits)
    .where(and(eq(vaultDeposits.projectId, projectId), inArray(vaultDeposits.number, [...found.keys()]), ne(vaultDeposits.depositorId, checkerId)));
  if (others.length === 0) return;
  await tx.insert(vaultChecks)
    .values(others.map(({ number }) => ({ organisationId, projectId, number, checkerId, reachesFirst: found.get(number) === true, checkedAt })))
    .onConflictDoUpdate({ target: [vaultChecks.projectId, vaultChecks.number, vaultChecks.checkerId], set: { reachesFirst: sql`excluded.reaches_first`, checkedAt } });
}
