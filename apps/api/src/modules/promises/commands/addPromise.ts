import type { AddPromiseInput } from '../../../generated/resolvers.ts';
import { createOnce } from '../../../platform/database/createOnce.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { clientId, optionalDate, requiredText } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { candidaciesByIds } from '../../candidacies/candidacies.ts';
import { canAddCandidates } from '../../projects/projects.policy.ts';
import { lockProject } from '../../projects/projects.ts';
import { promiseById } from '../promises.ts';
import { promises, type PromiseRow } from '../promises.table.ts';
import { tellOfPromise } from './tellOfPromise.ts';

/** Characters of a promise at most. */
const maxBody = 500;

/**
 * Notes what the viewer promised a candidate. Sent twice, it is noted once, and stays as it was settled meanwhile.
 * Refused: REQUIRED, TOO_LONG, INVALID_DATE, PROJECT_ARCHIVED, ID_TAKEN.
 */
export async function addPromise(ctx: ApiContext, input: AddPromiseInput): Promise<PromiseRow> {
  const viewer = member(ctx);
  const id = clientId('promise', input.id, 'id');
  const body = requiredText(input.body, 'body', maxBody);
  const dueOn = optionalDate(input.dueOn, 'dueOn');
  return createOnce(ctx, id, async (tx, unit) => {
    const [candidacy] = await candidaciesByIds(tx, viewer, [input.candidacyId]);
    if (!candidacy) return deny('NOT_FOUND');
    const known = await promiseById(tx, viewer, id);
    if (known) return known.candidacyId === candidacy.id ? known : refuse('ID_TAKEN', 'id');
    const project = await lockProject(tx, viewer, candidacy.projectId, 'share');
    if (project.archivedAt !== null) refuse('PROJECT_ARCHIVED');
    if (!canAddCandidates(viewer, project)) deny('FORBIDDEN');
    const { organisationId, projectId } = candidacy;
    const [promise] = await tx
      .insert(promises)
      .values({ id, organisationId, projectId, candidacyId: candidacy.id, body, dueOn, promisedBy: viewer.accountId, promisedAt: new Date(ctx.services.clock.now()) })
      .returning();
    tellOfPromise(ctx, unit, candidacy);
    return promise as PromiseRow;
  });
}
