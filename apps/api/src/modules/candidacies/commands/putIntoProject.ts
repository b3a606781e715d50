import { newId } from '@baton/base';
import { and, eq } from 'drizzle-orm';
import type { Tx, Unit } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { canAddCandidates } from '../../projects/projects.policy.ts';
import { boardStages, lockProject } from '../../projects/projects.ts';
import { candidacies, stageEvents, type CandidacyRow } from '../candidacies.table.ts';

/**
 * Makes a person of the firm a candidate of a project, in its first stage unless one is named, within a transaction.
 * The caller has checked that the viewer sees the person.
 * Denied: NOT_FOUND, FORBIDDEN. Refused: PROJECT_ARCHIVED, STAGE_UNKNOWN, ALREADY_IN_PROJECT (beside it the `candidacy`).
 */
export async function putIntoProject(
  tx: Tx,
  unit: Unit,
  ctx: ApiContext,
  input: { id: string; personId: string; projectId: string; stageId?: string | null | undefined },
): Promise<CandidacyRow> {
  const [candidacy] = await insertCandidacies(tx, unit, ctx, input, [input]);
  if (candidacy) {
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PERSON', id: input.personId, organisationId: candidacy.organisationId }));
    return candidacy;
  }
  const [existing] = await tx
    .select()
    .from(candidacies)
    .where(and(eq(candidacies.personId, input.personId), eq(candidacies.projectId, input.projectId)));
  return refuse('ALREADY_IN_PROJECT', 'projectId', { candidacy: existing ?? null });
}

/** The same for many people at once, in the first stage; those who are in the project already stay where they are. */
export async function putManyIntoProject(tx: Tx, unit: Unit, ctx: ApiContext, projectId: string, personIds: readonly string[]): Promise<void> {
  await insertCandidacies(tx, unit, ctx, { projectId }, personIds.map((personId) => ({ id: newId('candidacy'), personId })));
}

async function insertCandidacies(
  tx: Tx,
  unit: Unit,
  ctx: ApiContext,
  where: { projectId: string; stageId?: string | null | undefined },
  who: readonly { id: string; personId: string }[],
): Promise<CandidacyRow[]> {
  const viewer = member(ctx);
  const { organisationId, accountId } = viewer;
  const project = await lockProject(tx, viewer, where.projectId, 'share');
  if (project.archivedAt !== null) refuse('PROJECT_ARCHIVED', 'projectId');
  if (!canAddCandidates(viewer, project)) deny('FORBIDDEN');
  const board = await boardStages(tx, viewer, [project.id]);
  const stage = where.stageId ? board.find(({ id }) => id === where.stageId) : (board.find(({ kind }) => kind === 'ACTIVE') ?? board[0]);
  if (!stage) return refuse('STAGE_UNKNOWN', 'stageId');
  if (who.length === 0) return [];

  const common = { organisationId, projectId: project.id };
  const since = new Date(ctx.services.clock.now());
  const rows = await tx
    .insert(candidacies)
    .values(who.map(({ id, personId }) => ({ ...common, id, personId, stageId: stage.id, stageSince: since, createdBy: accountId })))
    .onConflictDoNothing({ target: [candidacies.personId, candidacies.projectId] })
    .returning();
  if (rows.length > 0) {
    const firstEvent = { ...common, fromStageId: null, toStageId: stage.id, actorId: accountId, occurredAt: since };
    await tx.insert(stageEvents).values(rows.map(({ id }) => ({ ...firstEvent, id: newId('stageEvent'), candidacyId: id })));
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PROJECT', id: project.id, organisationId }));
  }
  return rows;
}
