import { eq } from 'drizzle-orm';
import { deny } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { record } from '../../audit/audit.ts';
import { canEdit } from '../../projects/projects.policy.ts';
import { lockProject } from '../../projects/projects.ts';
import type { SeenProject } from '../../projects/projects.table.ts';
import { handoverPlans } from '../vault.table.ts';

/** Takes back a handover that waits. Leads and partners. Where none waits nothing happens. */
export async function cancelHandoverPlan(ctx: ApiContext, projectId: string): Promise<SeenProject> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    const project = await lockProject(tx, viewer, projectId, 'update');
    if (!canEdit(viewer, project)) deny('FORBIDDEN');
    const gone = await tx.delete(handoverPlans).where(eq(handoverPlans.projectId, projectId)).returning();
    for (const { plan: { statement } } of gone) {
      record(unit, viewer, 'HANDOVER_PLAN_CANCELLED', projectId, statement.from, statement.to);
      unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PROJECT', id: projectId, organisationId: viewer.organisationId }));
    }
    return project;
  });
}
