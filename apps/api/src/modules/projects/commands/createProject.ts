import type { CreateProjectInput, ProjectRole } from '../../../generated/resolvers.ts';
import { createOnce } from '../../../platform/database/createOnce.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { deny } from '../../../platform/errors/refusal.ts';
import { clientId } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { record } from '../../audit/audit.ts';
import { ensureCompany } from '../../companies/companies.ts';
import { canCreateProjects } from '../projects.policy.ts';
import { projectById, projectsByIds } from '../projects.ts';
import { projectMembers, projects, stages, type SeenProject } from '../projects.table.ts';
import { memberFields } from './memberFields.ts';
import { projectFields, stageFields, usualStages, type StageFields } from './projectFields.ts';

/**
 * Starts a project, led by the viewer. Sent twice, it starts once.
 * Refused: what the fields are refused for, MEMBER_UNKNOWN, MEMBER_ENDED, LEAD_ROLE, ID_TAKEN.
 */
export async function createProject(ctx: ApiContext, input: CreateProjectInput): Promise<SeenProject> {
  const viewer = member(ctx);
  if (!canCreateProjects(viewer)) deny('FORBIDDEN');
  const id = clientId('project', input.id, 'id');
  const fields = projectFields(input);
  const board = input.stages ? stageFields(input.stages) : usualStages(input.locale ?? 'en');
  return createOnce(ctx, id, async (tx, unit) => {
    const [known] = await projectsByIds(tx, viewer, [id]);
    if (known) return known;
    const roles = await memberFields(tx, viewer, [...(input.members ?? []), { memberId: viewer.accountId, role: 'LEAD' }]);
    const client = await ensureCompany(tx, viewer, fields.clientName);
    await tx.insert(projects).values({
      id,
      organisationId: viewer.organisationId,
      name: fields.name,
      clientId: client.id,
      publicTitle: fields.publicTitle,
      createdBy: viewer.accountId,
    });
    await insertMembers(tx, viewer, id, roles);
    await insertStages(tx, viewer, id, board);
    for (const [accountId, role] of roles) record(unit, viewer, `PROJECT_${role}_SET`, id, accountId);
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PROJECT', id, organisationId: viewer.organisationId }));
    return projectById(tx, viewer, id);
  });
}

/** The maker first: row-level security lets only a member name the others. */
async function insertMembers(tx: Tx, viewer: MemberViewer, projectId: string, roles: ReadonlyMap<string, ProjectRole>): Promise<void> {
  const rows = [...roles].map(([accountId, role]) => ({ organisationId: viewer.organisationId, projectId, accountId, role }));
  const [own, others] = [rows.filter((row) => row.accountId === viewer.accountId), rows.filter((row) => row.accountId !== viewer.accountId)];
  await tx.insert(projectMembers).values(own);
  if (others.length > 0) await tx.insert(projectMembers).values(others);
}

/** Puts stages on a project's board. */
export async function insertStages(tx: Tx, viewer: MemberViewer, projectId: string, board: readonly StageFields[]): Promise<void> {
  if (board.length === 0) return;
  await tx.insert(stages).values(board.map((stage) => ({ ...stage, organisationId: viewer.organisationId, projectId })));
}
