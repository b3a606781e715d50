import type { Unit } from '../../../platform/database/database.ts';
import type { ApiContext } from '../../../platform/graphql/context.ts';
import type { CandidacyRow } from '../../candidacies/candidacies.table.ts';

/** Hints at what shows a candidacy's promises: the person's record beside the thread, and the project. */
export function tellOfPromise(ctx: ApiContext, unit: Unit, { organisationId, personId, projectId }: CandidacyRow): void {
  for (const change of [{ topic: 'PROJECT' as const, id: projectId }, { topic: 'PERSON' as const, id: personId }]) {
    unit.afterCommit(() => ctx.services.changes.publish({ ...change, organisationId }));
  }
}
