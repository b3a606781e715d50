import { and, eq, inArray, sql } from 'drizzle-orm';
import type { SetProjectMembersInput } from '../../../generated/resolvers.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { record } from '../../audit/audit.ts';
import { syncProjectTeam } from '../../conversations/conversations.ts';
import { canEdit } from '../projects.policy.ts';
import { lockProject, membersOfProjects, projectsByIds } from '../projects.ts';
import { projectMembers, type SeenProject } from '../projects.table.ts';
import { memberFields } from './memberFields.ts';

/**
 * Says who is on a project, as a whole, until its log says it. Who comes joins the rooms of its conversations, who goes
 * leaves them.
 * Refused: MEMBERS_IN_LOG, MEMBER_UNKNOWN, MEMBER_ENDED, LEAD_ROLE, NO_LEAD, TOO_MANY.
 * @returns the project, null when the viewer has taken themself off it
 */
export async function setProjectMembers(ctx: ApiContext, input: SetProjectMembersInput): Promise<SeenProject | null> {
  const viewer = member(ctx);
  const { projectId } = input;
  return ctx.write(async (tx, unit) => {
    const project = await lockProject(tx, viewer, projectId, 'update');
    if (!canEdit(viewer, project)) deny('FORBIDDEN');
    if (project.hasVault) refuse('MEMBERS_IN_LOG', 'members');
    const before = new Map((await membersOfProjects(tx, viewer, [projectId])).map((row) => [row.accountId, row.role]));
    const after = await memberFields(tx, viewer, input.members, new Set(before.keys()));

    const changed = [...after].filter(([id, role]) => before.get(id) !== role);
    const gone = [...before.keys()].filter((id) => !after.has(id));
    if (changed.length > 0) {
      await tx
        .insert(projectMembers)
        .values(changed.map(([accountId, role]) => ({ organisationId: viewer.organisationId, projectId, accountId, role })))
        .onConflictDoUpdate({ target: [projectMembers.projectId, projectMembers.accountId], set: { role: sql`excluded.role` } });
    }
    if (gone.length > 0) {
      await tx.delete(projectMembers).where(and(eq(projectMembers.projectId, projectId), inArray(projectMembers.accountId, gone)));
    }
    for (const [accountId, role] of changed) record(unit, viewer, `PROJECT_${role}_SET`, projectId, accountId);
    for (const accountId of gone) record(unit, viewer, 'PROJECT_MEMBER_REMOVED', projectId, accountId);
    const came = changed.map(([id]) => id).filter((id) => !before.has(id));
    await syncProjectTeam(ctx.services, tx, unit, projectId, { changed: [...came, ...gone], handover: null });
    if (changed.length > 0 || gone.length > 0) {
      unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PROJECT', id: projectId, organisationId: viewer.organisationId }));
    }
    return (await projectsByIds(tx, viewer, [projectId]))[0] ?? null;
  });
}
