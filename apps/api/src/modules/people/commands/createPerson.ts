import { newId } from '@baton/base';
import type { CreatePersonInput } from '../../../generated/resolvers.ts';
import { createOnce } from '../../../platform/database/createOnce.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { clientId } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { putIntoProject } from '../../candidacies/candidacies.ts';
import { ensureCompany } from '../../companies/companies.ts';
import { personById, personDocument } from '../people.ts';
import { people, personTags, type PersonRow } from '../people.table.ts';
import { insertHandles, refuseDuplicates } from './handleOwners.ts';
import { personFields, type PersonFields } from './personFields.ts';

/**
 * Adds a person to the firm, and to a project's first stage if one is named. Sent twice, it adds once.
 * Refused: what `personFields` refuses, DUPLICATE_HANDLE (beside it the `duplicates`), PROJECT_ARCHIVED, ID_TAKEN.
 */
export async function createPerson(ctx: ApiContext, input: CreatePersonInput): Promise<PersonRow> {
  const viewer = member(ctx);
  const id = clientId('person', input.id, 'id');
  const fields = personFields(input);
  return createOnce(ctx, id, async (tx, unit) => {
    const known = await personById(tx, viewer, id);
    if (known) return known;
    await refuseDuplicates(tx, viewer, id, fields.handles);
    const person = await insertPerson(tx, viewer, id, fields);
    if (input.projectId) await putIntoProject(tx, unit, ctx, { id: newId('candidacy'), personId: id, projectId: input.projectId });
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PERSON', id, organisationId: viewer.organisationId }));
    return person;
  });
}

async function insertPerson(tx: Tx, viewer: MemberViewer, id: string, fields: PersonFields): Promise<PersonRow> {
  const company = fields.companyName === null ? null : await ensureCompany(tx, viewer, fields.companyName);
  const { organisationId } = viewer;
  const document = personDocument({ ...fields, companyName: company?.name ?? null });
  await tx.insert(people).values({
    id,
    organisationId,
    name: fields.name,
    title: fields.title,
    companyId: company?.id ?? null,
    location: fields.location,
    source: fields.source,
    searchName: document.name,
    searchText: document.text,
    createdBy: viewer.accountId,
  });
  await insertHandles(tx, viewer, id, fields.handles);
  await insertTags(tx, viewer, id, fields.tags);
  return (await personById(tx, viewer, id)) as PersonRow;
}

/** Gives a person these tags, in this order. */
export async function insertTags(tx: Tx, viewer: MemberViewer, personId: string, tags: PersonFields['tags']): Promise<void> {
  if (tags.length === 0) return;
  await tx.insert(personTags).values(tags.map(({ tag, tagKey }, position) => ({ organisationId: viewer.organisationId, personId, tag, tagKey, position })));
}
