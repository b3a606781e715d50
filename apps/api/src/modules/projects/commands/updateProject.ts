import { and, eq, inArray, sql } from 'drizzle-orm';
import type { UpdateProjectInput } from '../../../generated/resolvers.ts';
import { isUniqueViolation } from '../../../platform/database/sqlState.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { candidacies } from '../../candidacies/candidacies.table.ts';
import { ensureCompany } from '../../companies/companies.ts';
import { canEdit } from '../projects.policy.ts';
import { boardStages, lockProject, projectById } from '../projects.ts';
import { projects, stages, type SeenProject, type StageRow } from '../projects.table.ts';
import { insertStages } from './createProject.ts';
import { projectFields, stageFields, type StageFields } from './projectFields.ts';

/**
 * Replaces a project's fields and its board's stages, and archives it or brings it back. A command that changes nothing
 * (the same one a second time) succeeds whatever the version.
 * Refused: what the fields are refused for, STALE_VERSION (beside it the fresh `project`), STAGE_IN_USE, ID_TAKEN.
 */
export async function updateProject(ctx: ApiContext, input: UpdateProjectInput): Promise<SeenProject> {
  const viewer = member(ctx);
  const fields = projectFields(input);
  const board = stageFields(input.stages);
  return ctx.write(async (tx, unit) => {
    const current = await lockProject(tx, viewer, input.id, 'update');
    if (!canEdit(viewer, current)) deny('FORBIDDEN');
    const client = await ensureCompany(tx, viewer, fields.clientName);
    const before = await boardStages(tx, viewer, [current.id]);
    const same =
      current.name === fields.name && current.clientId === client.id && current.publicTitle === fields.publicTitle &&
      (current.archivedAt !== null) === input.archived && isSameBoard(before, board);
    if (same) return current;
    if (current.version !== input.expectedVersion) refuse('STALE_VERSION', null, { project: current });

    await replaceBoard(tx, viewer, current.id, before, board);
    await tx
      .update(projects)
      .set({
        name: fields.name,
        clientId: client.id,
        publicTitle: fields.publicTitle,
        archivedAt: input.archived ? (current.archivedAt ?? sql`now()`) : null,
        version: sql`${projects.version} + 1`,
      })
      .where(eq(projects.id, current.id));
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PROJECT', id: current.id, organisationId: viewer.organisationId }));
    return projectById(tx, viewer, current.id);
  });
}

function isSameBoard(before: readonly StageRow[], after: readonly StageFields[]): boolean {
  return before.length === after.length && before.every(({ id, name, kind }, at) => id === after[at]?.id && name === after[at].name && kind === after[at].kind);
}

/** The project is locked, so that nobody moves a candidate into a stage that goes. A stage that had gone may come back. */
async function replaceBoard(tx: Tx, viewer: MemberViewer, projectId: string, before: readonly StageRow[], after: readonly StageFields[]): Promise<void> {
  const kept = new Set(after.map((stage) => stage.id));
  await removeStages(tx, before.map((stage) => stage.id).filter((id) => !kept.has(id)));
  const fresh: StageFields[] = [];
  for (const stage of after) {
    const { id, name, kind, position } = stage;
    const known = await tx
      .update(stages)
      .set({ name, kind, position, removedAt: null })
      .where(and(eq(stages.projectId, projectId), eq(stages.id, id)))
      .returning({ id: stages.id });
    if (known.length === 0) fresh.push(stage);
  }
  try {
    // A savepoint: an id that another board's stage has is the client's mistake, not a bug.
    await tx.transaction((inner) => insertStages(inner, viewer, projectId, fresh));
  } catch (error) {
    if (isUniqueViolation(error)) refuse('ID_TAKEN', 'stages');
    throw error;
  }
}

async function removeStages(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const used = await tx.select({ id: candidacies.id }).from(candidacies).where(inArray(candidacies.stageId, [...ids])).limit(1);
  if (used.length > 0) refuse('STAGE_IN_USE', 'stages');
  await tx.update(stages).set({ removedAt: sql`now()` }).where(inArray(stages.id, [...ids]));
}
