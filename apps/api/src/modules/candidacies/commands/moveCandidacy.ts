import { eq } from 'drizzle-orm';
import type { MoveCandidacyInput } from '../../../generated/resolvers.ts';
import { createOnce } from '../../../platform/database/createOnce.ts';
import { optionalLine } from '../../../platform/errors/line.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { clientId } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { canAddCandidates } from '../../projects/projects.policy.ts';
import { boardStages, lockProject } from '../../projects/projects.ts';
import { candidaciesByIds, stageEventById } from '../candidacies.ts';
import { candidacies, stageEvents, type CandidacyRow } from '../candidacies.table.ts';

/**
 * Appends a stage event; the candidacy's stage follows. Sent twice (the same event id), it moves once.
 * Refused: STAGE_CONFLICT when it is not in `fromStageId` any more (beside it the fresh `candidacy`), STAGE_UNKNOWN,
 * PROJECT_ARCHIVED, TOO_LONG, ID_TAKEN.
 */
export async function moveCandidacy(ctx: ApiContext, input: MoveCandidacyInput): Promise<CandidacyRow> {
  const viewer = member(ctx);
  const eventId = clientId('stageEvent', input.eventId, 'eventId');
  const reason = optionalLine(input.reason, 'reason', 1000);
  return createOnce(
    ctx,
    eventId,
    async (tx, unit) => {
      const [seen] = await candidaciesByIds(tx, viewer, [input.candidacyId]);
      if (!seen) return deny('NOT_FOUND');
      // In this order everywhere: the project, then its candidacies.
      const project = await lockProject(tx, viewer, seen.projectId, 'share');
      await tx.select({ id: candidacies.id }).from(candidacies).where(eq(candidacies.id, seen.id)).for('update');
      const [current] = await candidaciesByIds(tx, viewer, [seen.id]);
      if (!current) return deny('NOT_FOUND');

      const known = await stageEventById(tx, viewer, eventId);
      if (known) return known.candidacyId === current.id ? current : refuse('ID_TAKEN', 'eventId');
      if (project.archivedAt !== null) refuse('PROJECT_ARCHIVED', null, { candidacy: current });
      if (!canAddCandidates(viewer, project)) deny('FORBIDDEN');
      if (current.stageId !== input.fromStageId) refuse('STAGE_CONFLICT', null, { candidacy: current });
      const board = await boardStages(tx, viewer, [project.id]);
      if (!board.some(({ id }) => id === input.toStageId)) refuse('STAGE_UNKNOWN', 'toStageId', { candidacy: current });
      if (current.stageId === input.toStageId) return current;

      await tx.insert(stageEvents).values({
        id: eventId,
        organisationId: viewer.organisationId,
        projectId: project.id,
        candidacyId: current.id,
        fromStageId: input.fromStageId,
        toStageId: input.toStageId,
        reason,
        actorId: viewer.accountId,
        occurredAt: new Date(ctx.services.clock.now()),
      });
      for (const change of [{ topic: 'PROJECT' as const, id: project.id }, { topic: 'PERSON' as const, id: current.personId }]) {
        unit.afterCommit(() => ctx.services.changes.publish({ ...change, organisationId: viewer.organisationId }));
      }
      return (await candidaciesByIds(tx, viewer, [current.id]))[0] as CandidacyRow;
    },
    'eventId',
  );
}
