import { and, eq, sql } from 'drizzle-orm';
import type { UpdatePersonInput } from '../../../generated/resolvers.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { ensureCompany } from '../../companies/companies.ts';
import { handlesOf, personById, personDocument, tagsOf } from '../people.ts';
import { people, personColumns, personHandles, personTags, type PersonRow } from '../people.table.ts';
import { insertTags } from './createPerson.ts';
import { insertHandles, refuseDuplicates } from './handleOwners.ts';
import { personFields, type PersonFields } from './personFields.ts';

/**
 * Replaces a person's fields. A command that changes nothing (the same one a second time) succeeds whatever the version.
 * Refused: what `personFields` refuses, STALE_VERSION (beside it the fresh `person`), DUPLICATE_HANDLE (the `duplicates`).
 */
export async function updatePerson(ctx: ApiContext, input: UpdatePersonInput): Promise<PersonRow> {
  const viewer = member(ctx);
  const fields = personFields(input);
  return ctx.write(async (tx, unit) => {
    const [current] = await tx
      .select(personColumns)
      .from(people)
      .where(and(eq(people.organisationId, viewer.organisationId), eq(people.id, input.id)))
      .for('update');
    if (!current) return deny('NOT_FOUND');
    const companyId = fields.companyName === null ? null : (await ensureCompany(tx, viewer, fields.companyName)).id;
    if (await isSame(tx, viewer, current, companyId, fields)) return current;
    if (current.version !== input.expectedVersion) refuse('STALE_VERSION', null, { person: current });
    await refuseDuplicates(tx, viewer, current.id, fields.handles);
    await replace(tx, viewer, current.id, companyId, fields);
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PERSON', id: current.id, organisationId: viewer.organisationId }));
    return (await personById(tx, viewer, current.id)) as PersonRow;
  });
}

async function isSame(tx: Tx, viewer: MemberViewer, current: PersonRow, companyId: string | null, fields: PersonFields): Promise<boolean> {
  const scalar = (['name', 'title', 'location', 'source'] as const).every((field) => current[field] === fields[field]);
  if (!scalar || current.companyId !== companyId) return false;
  const lines = (rows: readonly object[], ...keys: string[]): string =>
    JSON.stringify(rows.map((row) => keys.map((key) => (row as Record<string, unknown>)[key])));
  return (
    lines(await handlesOf(tx, viewer, [current.id]), 'kind', 'raw', 'normalised') === lines(fields.handles, 'kind', 'raw', 'normalised') &&
    lines(await tagsOf(tx, viewer, [current.id]), 'tag') === lines(fields.tags, 'tag')
  );
}

async function replace(tx: Tx, viewer: MemberViewer, id: string, companyId: string | null, fields: PersonFields): Promise<void> {
  const document = personDocument(fields);
  await tx
    .update(people)
    .set({
      name: fields.name,
      title: fields.title,
      companyId,
      location: fields.location,
      source: fields.source,
      searchName: document.name,
      searchText: document.text,
      version: sql`${people.version} + 1`,
      updatedAt: sql`now()`,
    })
    .where(eq(people.id, id));
  await tx.delete(personHandles).where(eq(personHandles.personId, id));
  await insertHandles(tx, viewer, id, fields.handles);
  await tx.delete(personTags).where(eq(personTags.personId, id));
  await insertTags(tx, viewer, id, fields.tags);
}
