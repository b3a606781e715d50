import { and, eq, inArray } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { candidaciesOfPeople } from '../candidacies/candidacies.ts';
import { companiesByIds } from '../companies/companies.ts';
import { handlesOf, notesOf, ownedHandles, peopleByIds, tagsOf } from '../people/people.ts';
import { personImportKeys } from './imports.table.ts';
import { handleKey, type Known, type KnownPerson } from './plan/planRows.ts';
import type { ReadRow } from './plan/readRow.ts';

/** Reads, in a handful of queries, what the firm knows of the people that the rows may mean. */
export async function loadKnown(tx: Tx, viewer: MemberViewer, rows: readonly ReadRow[], projectId: string | null): Promise<Known> {
  const importKeys = rows.flatMap(({ importKey }) => importKey ?? []);
  const keyed = importKeys.length === 0 ? [] : await tx
    .select({ importKey: personImportKeys.importKey, personId: personImportKeys.personId })
    .from(personImportKeys)
    .where(and(eq(personImportKeys.organisationId, viewer.organisationId), inArray(personImportKeys.importKey, importKeys)));
  const handled = await ownedHandles(tx, viewer, rows.flatMap(({ handles }) => handles));
  const ids = [...new Set([...keyed, ...handled].map(({ personId }) => personId))];
  return {
    people: await loadPeople(tx, viewer, ids, { notes: rows.some(({ note }) => note !== null), projectId }),
    byImportKey: new Map(keyed.map(({ importKey, personId }) => [importKey, personId])),
    byHandle: new Map(handled.map((row) => [handleKey(row), row.personId])),
  };
}

async function loadPeople(tx: Tx, viewer: MemberViewer, ids: readonly string[], wanted: { notes: boolean; projectId: string | null }): Promise<Map<string, KnownPerson>> {
  const people = await peopleByIds(tx, viewer, ids);
  const companyIds = [...new Set(people.flatMap(({ companyId }) => companyId ?? []))];
  const companyNames = new Map((await companiesByIds(tx, viewer, companyIds)).map(({ id, name }) => [id, name]));
  const handles = Map.groupBy(await handlesOf(tx, viewer, ids), ({ personId }) => personId);
  const tags = Map.groupBy(await tagsOf(tx, viewer, ids), ({ personId }) => personId);
  const notes = Map.groupBy(wanted.notes ? await notesOf(tx, viewer, ids) : [], ({ personId }) => personId);
  const candidates = wanted.projectId === null ? null : await candidaciesOfPeople(tx, viewer, ids);
  const inProject = new Set(candidates?.filter(({ projectId }) => projectId === wanted.projectId).map(({ personId }) => personId));
  return new Map(
    people.map(({ id, name, title, companyId, location }) => [
      id,
      {
        id,
        name,
        title,
        companyName: companyId === null ? null : (companyNames.get(companyId) ?? null),
        location,
        handles: handles.get(id) ?? [],
        tags: tags.get(id) ?? [],
        notes: new Set((notes.get(id) ?? []).map(({ body }) => body)),
        inProject: candidates === null || inProject.has(id),
      },
    ]),
  );
}
