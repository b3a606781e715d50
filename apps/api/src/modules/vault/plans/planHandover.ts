import { eq } from 'drizzle-orm';
import { placeOf, verifyHandoverPlan, type HandoverPlanStatement, type Signed } from '@baton/vault/verify';
import type { Tx } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { verified } from '../../../platform/errors/verified.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { Role } from '../../../generated/resolvers.ts';
import { record } from '../../audit/audit.ts';
import { organisationState } from '../../organisations/organisations.ts';
import { canEdit, canLead } from '../../projects/projects.policy.ts';
import { lockProject, projectById } from '../../projects/projects.ts';
import type { SeenProject } from '../../projects/projects.table.ts';
import { projectState } from '../log/readLogs.ts';
import { handoverPlans } from '../vault.table.ts';
import { successorsOf } from './successors.ts';

/**
 * Keeps a handover that waits for its successor's first sign-in. Leads and partners. Sent twice it is kept once; the same one in
 * another's name takes the place of the one that waits.
 * Refused: HANDOVER_PLANNED (another one waits), LINK_REVOKED, LINK_EXPIRED, MEMBER_UNKNOWN, MEMBER_ENDED, LEAD_ROLE, NOT_LEAD,
 * PLAN_OUTDATED, HANDOVER_TO_SELF, STATEMENT_INVALID.
 */
export async function planHandover(ctx: ApiContext, { projectId, plan }: { projectId: string; plan: unknown }): Promise<SeenProject> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    const project = await lockProject(tx, viewer, projectId, 'update');
    if (!canEdit(viewer, project)) deny('FORBIDDEN');
    const organisation = await organisationState(tx, viewer.organisationId);
    const state = organisation && (await projectState(tx, organisation, projectId));
    if (!organisation || !state) return refuse('STATEMENT_INVALID', 'plan');
    await verified('plan', ctx.services.log, () => verifyHandoverPlan(plan, state, organisation));
    const signed = plan as Signed<HandoverPlanStatement>;
    const { actor, from, to } = signed.statement;
    if (actor !== viewer.accountId) refuse('STATEMENT_INVALID', 'plan');

    const [waiting] = await tx.select().from(handoverPlans).where(eq(handoverPlans.projectId, projectId));
    if (waiting && !isSame(waiting.plan.statement, signed.statement)) refuse('HANDOVER_PLANNED', 'plan');
    if (waiting?.actorId === actor) return project;
    requireRole(await roleOf(ctx, tx, to), placeOf(state, from) === 'lead');
    if (waiting) await tx.delete(handoverPlans).where(eq(handoverPlans.projectId, projectId));
    await tx.insert(handoverPlans).values({ projectId, organisationId: viewer.organisationId, actorId: actor, plan: signed });
    record(unit, viewer, 'HANDOVER_PLANNED', projectId, from, to);
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PROJECT', id: projectId, organisationId: viewer.organisationId }));
    return projectById(tx, viewer, projectId);
  });
}

const isSame = (one: HandoverPlanStatement, other: HandoverPlanStatement): boolean => one.from === other.from && one.to === other.to;

/** What the successor will be in the firm; refuses whoever will not come. */
async function roleOf(ctx: ApiContext, tx: Tx, to: string): Promise<Role> {
  const viewer = member(ctx);
  const successor = (await successorsOf(tx, viewer.organisationId, [to], ctx.services.clock.now())).get(to);
  if (!successor?.role) return refuse('MEMBER_UNKNOWN', 'plan');
  if (successor.hasLeft) refuse('MEMBER_ENDED', 'plan');
  if (successor.invitationState === 'REVOKED') refuse('LINK_REVOKED', 'plan');
  if (successor.invitationState === 'EXPIRED') refuse('LINK_EXPIRED', 'plan');
  return successor.role;
}

function requireRole(role: Role, leads: boolean): void {
  if (leads && !canLead(role)) refuse('LEAD_ROLE', 'plan');
}
