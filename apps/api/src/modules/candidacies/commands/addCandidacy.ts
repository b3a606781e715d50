import type { AddCandidacyInput } from '../../../generated/resolvers.ts';
import { createOnce } from '../../../platform/database/createOnce.ts';
import { deny } from '../../../platform/errors/refusal.ts';
import { clientId } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { personById } from '../../people/people.ts';
import { candidaciesByIds } from '../candidacies.ts';
import type { CandidacyRow } from '../candidacies.table.ts';
import { putIntoProject } from './putIntoProject.ts';

/**
 * Makes a person a candidate of a project. Sent twice, it does so once.
 * Refused: PROJECT_ARCHIVED, STAGE_UNKNOWN, ALREADY_IN_PROJECT (beside it the `candidacy`), ID_TAKEN.
 */
export async function addCandidacy(ctx: ApiContext, input: AddCandidacyInput): Promise<CandidacyRow> {
  const viewer = member(ctx);
  const id = clientId('candidacy', input.id, 'id');
  return createOnce(ctx, id, async (tx, unit) => {
    const [known] = await candidaciesByIds(tx, viewer, [id]);
    if (known) return known;
    const person = (await personById(tx, viewer, input.personId)) ?? deny('NOT_FOUND');
    return putIntoProject(tx, unit, ctx, { ...input, id, personId: person.id });
  });
}
