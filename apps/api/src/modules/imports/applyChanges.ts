import { newId } from '@baton/base';
import { sql } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { ensureCompanies } from '../companies/companies.ts';
import { inWritingOrder, personDocument } from '../people/people.ts';
import { notes, people, personHandles, personTags } from '../people/people.table.ts';
import { sameNameKey } from '../search/search.ts';
import { personImportKeys } from './imports.table.ts';
import type { PersonChange } from './plan/planRows.ts';

/** A colleague wrote one of the handles between reading and writing: plan again. */
export class ImportRaced extends Error {}

/** PostgreSQL takes 65,535 parameters a statement. */
const chunkSize = 1000;

async function inChunks<T>(rows: readonly T[], write: (chunk: T[]) => Promise<unknown>): Promise<void> {
  for (let at = 0; at < rows.length; at += chunkSize) await write(rows.slice(at, at + chunkSize));
}

/** Writes people, handles, tags, notes and keys of an import, a few statements for all rows. Throws ImportRaced. */
export async function applyChanges(tx: Tx, viewer: MemberViewer, changes: readonly PersonChange[], source: string): Promise<void> {
  const touched = changes.filter((change) => change.touched);
  const companies = await ensureCompanies(tx, viewer, touched.flatMap(({ companyName }) => companyName ?? []));
  const rows = touched.map((change) => {
    const company = change.companyName === null ? undefined : companies.get(sameNameKey(change.companyName));
    const document = personDocument({ ...change, companyName: company?.name ?? null });
    return { change, companyId: company?.id ?? null, searchName: document.name, searchText: document.text };
  });
  await inChunks(rows.filter(({ change }) => change.isNew), (chunk) => insertPeople(tx, viewer, chunk, source));
  await inChunks(rows.filter(({ change }) => !change.isNew), (chunk) => updatePeople(tx, chunk));
  await inChunks(inWritingOrder(handleRows(viewer, changes)), async (chunk) => {
    const inserted = await tx.insert(personHandles).values(chunk).onConflictDoNothing().returning({ kind: personHandles.kind });
    if (inserted.length < chunk.length) throw new ImportRaced();
  });
  await inChunks(tagRows(viewer, changes), (chunk) => tx.insert(personTags).values(chunk).onConflictDoNothing());
  await inChunks(
    changes.filter(({ newNote }) => newNote !== null),
    (chunk) => tx.insert(notes).values(chunk.map(({ personId, newNote }) => ({
      id: newId('note'), organisationId: viewer.organisationId, personId, body: newNote as string, authorId: viewer.accountId,
    }))),
  );
  await inChunks(
    changes.filter(({ newImportKey }) => newImportKey !== null),
    (chunk) => tx.insert(personImportKeys).values(chunk.map(({ personId, newImportKey }) => ({
      organisationId: viewer.organisationId, importKey: newImportKey as string, personId,
    }))).onConflictDoNothing(),
  );
}

interface TouchedRow {
  change: PersonChange;
  companyId: string | null;
  searchName: string;
  searchText: string;
}

const fieldsOf = ({ change: { name, title, location }, companyId, searchName, searchText }: TouchedRow) => ({ name, title, location, companyId, searchName, searchText });

async function insertPeople(tx: Tx, viewer: MemberViewer, rows: readonly TouchedRow[], source: string): Promise<void> {
  await tx.insert(people).values(rows.map((row) => ({
    id: row.change.personId, organisationId: viewer.organisationId, ...fieldsOf(row), source, createdBy: viewer.accountId,
  })));
}

async function updatePeople(tx: Tx, rows: readonly TouchedRow[]): Promise<void> {
  const records = JSON.stringify(rows.map((row) => ({ id: row.change.personId, ...fieldsOf(row) })));
  await tx.execute(sql`
    update people p set name = r.name, title = r.title, location = r.location, company_id = r."companyId",
      search_name = r."searchName", search_text = r."searchText", version = p.version + 1, updated_at = now()
    from jsonb_to_recordset(${records}::text::jsonb)
      as r(id text, name text, title text, location text, "companyId" text, "searchName" text, "searchText" text)
    where p.id = r.id`);
}

function handleRows(viewer: MemberViewer, changes: readonly PersonChange[]): (typeof personHandles.$inferInsert)[] {
  return changes.flatMap(({ personId, handles, handlesBefore }) =>
    handles.slice(handlesBefore).map(({ kind, raw, normalised }, at) => ({
      organisationId: viewer.organisationId, personId, kind, raw, normalised, position: handlesBefore + at,
    })));
}

function tagRows(viewer: MemberViewer, changes: readonly PersonChange[]): (typeof personTags.$inferInsert)[] {
  return changes.flatMap(({ personId, tags, tagsBefore }) =>
    tags.slice(tagsBefore).map(({ tag, tagKey }, at) => ({ organisationId: viewer.organisationId, personId, tag, tagKey, position: tagsBefore + at })));
}
