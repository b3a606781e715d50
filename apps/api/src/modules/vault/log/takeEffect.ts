import { and, eq, inArray, isNull, notInArray, sql } from 'drizzle-orm';
import type { ProjectLogStatement } from '@baton/vault/verify';
import type { ProjectRole } from '../../../generated/resolvers.ts';
import { asNobody, type Tx, type Unit } from '../../../platform/database/database.ts';
import type { Services } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { accounts } from '../../accounts/accounts.table.ts';
import { record } from '../../audit/audit.ts';
import { syncProjectTeam } from '../../conversations/conversations.ts';
import { projectMembers } from '../../projects/projects.table.ts';
import { handoverPlans } from '../vault.table.ts';

/**
 * What a line means for the tables and the homeserver: the project's members are its roster, and the rooms' members follow.
 * In the transaction that appends it.
 */
export async function takeEffect(services: Services, viewer: MemberViewer, tx: Tx, unit: Unit, statement: ProjectLogStatement): Promise<void> {
  const { project: projectId, change } = statement;
  const after = new Map(statement.roster.map(({ account, role }) => [account, role.toUpperCase() as ProjectRole]));
  // Before the hints of its conversations, which are many: whoever comes has keys to fetch.
  unit.afterCommit(() => services.changes.publish({ topic: 'PROJECT', id: projectId, organisationId: viewer.organisationId }));
  // As nobody: whoever takes themself off sees nothing of the project from then on, and nobody writes its members by hand.
  await asNobody(tx, async () => {
    const before = new Map((await tx.select().from(projectMembers).where(eq(projectMembers.projectId, projectId))).map((row) => [row.accountId, row.role]));
    const set = [...after].filter(([id, role]) => before.get(id) !== role);
    const gone = [...before.keys()].filter((id) => !after.has(id));
    await writeMembers(tx, viewer.organisationId, projectId, set, gone);
    const came = [...after.keys()].filter((id) => !before.has(id));
    // A plan that waits for somebody else is void with a handover, and when the predecessor is off the team while still in the firm.
    const from = sql<string>`${handoverPlans.plan} -> 'statement' ->> 'from'`;
    await tx.delete(handoverPlans).where(and(
      eq(handoverPlans.projectId, projectId),
      change.type === 'handover' ? undefined : and(notInArray(from, [...after.keys()]), inArray(from, tx.select({ id: accounts.id }).from(accounts).where(isNull(accounts.endedAt)))),
    ));
    await syncProjectTeam(services, tx, unit, projectId, {
      // Of a genesis everybody: the team room is new, and who looked after a thread without being on the project goes.
      changed: change.type === 'genesis' ? 'everybody' : [...came, ...gone],
      handover: change.type === 'handover' ? { from: change.from, to: change.to, seq: statement.seq } : null,
    });
    for (const [id, role] of set) record(unit, viewer, `PROJECT_${role}_SET`, projectId, id);
    for (const id of gone) record(unit, viewer, 'PROJECT_MEMBER_REMOVED', projectId, id);
  });
  if (change.type === 'handover') record(unit, viewer, 'PROJECT_HANDED_OVER', projectId, change.from, change.to);
  if (change.type !== 'roster') record(unit, viewer, 'PROJECT_KEY_CHANGED', projectId);
  if (statement.actor === viewer.organisationId) record(unit, viewer, 'RECOVERY_KIT_USED', projectId);
}

async function writeMembers(tx: Tx, organisationId: string, projectId: string, set: readonly (readonly [string, ProjectRole])[], gone: readonly string[]): Promise<void> {
  if (set.length > 0) {
    await tx.insert(projectMembers).values(set.map(([accountId, role]) => ({ organisationId, projectId, accountId, role })))
      .onConflictDoUpdate({ target: [projectMembers.projectId, projectMembers.accountId], set: { role: sql`excluded.role` } });
  }
  if (gone.length > 0) await tx.delete(projectMembers).where(and(eq(projectMembers.projectId, projectId), inArray(projectMembers.accountId, [...gone])));
}
