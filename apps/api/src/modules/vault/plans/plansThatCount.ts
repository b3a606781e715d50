import { and, eq, inArray, isNull, or } from 'drizzle-orm';
import type { Tx } from '../../../platform/database/database.ts';
import { accounts } from '../../accounts/accounts.table.ts';
import { projectMembers } from '../../projects/projects.table.ts';
import { handoverPlans } from '../vault.table.ts';

/** Of these projects, those whose plan was signed by somebody who may still decide about the project. */
export async function plansThatCount(tx: Tx, projectIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.select({ projectId: handoverPlans.projectId }).from(handoverPlans)
    .innerJoin(accounts, and(eq(accounts.id, handoverPlans.actorId), isNull(accounts.endedAt)))
    .leftJoin(projectMembers, and(eq(projectMembers.projectId, handoverPlans.projectId), eq(projectMembers.accountId, handoverPlans.actorId)))
    .where(and(inArray(handoverPlans.projectId, [...projectIds]), or(eq(accounts.role, 'PARTNER'), eq(projectMembers.role, 'LEAD'))));
  return new Set(rows.map((row) => row.projectId));
}
