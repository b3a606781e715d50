import { maxHandles, maxTags, type NormalisedHandle, type Tag } from '../../people/people.ts';
import { sameNameKey } from '../../search/search.ts';
import type { ReadRow } from './readRow.ts';
import type { RowRemark, RowResult } from './rowResult.ts';

/** A person who is there before the import, as far as a row may change them. */
export interface KnownPerson {
  id: string;
  name: string;
  title: string | null;
  companyName: string | null;
  location: string | null;
  handles: NormalisedHandle[];
  tags: Tag[];
  notes: ReadonlySet<string>;
  /** Whether they are in the project that the import puts people into; true where there is none. */
  inProject: boolean;
}

/** What the firm knows of the rows' people. */
export interface Known {
  people: ReadonlyMap<string, KnownPerson>;
  byImportKey: ReadonlyMap<string, string>;
  /** By `handleKey`. */
  byHandle: ReadonlyMap<string, string>;
}

/** What is to be done for a row that is not refused. */
export interface PersonChange {
  personId: string;
  isNew: boolean;
  /** Whether the person's own row changes: name, title, company, place, or what they are found by. */
  touched: boolean;
  name: string;
  title: string | null;
  companyName: string | null;
  location: string | null;
  /** All that the person has afterwards; the first `handlesBefore` they had before. */
  handles: NormalisedHandle[];
  handlesBefore: number;
  tags: Tag[];
  tagsBefore: number;
  newNote: string | null;
  newImportKey: string | null;
  joinsProject: boolean;
}

export interface PlannedRow {
  result: RowResult;
  change: PersonChange | null;
}

export const handleKey = ({ kind, normalised }: Pick<NormalisedHandle, 'kind' | 'normalised'>): string => `${kind} ${normalised}`;

/**
 * Decides for each row, in the order of the file, whom it means and what changes. Nobody is guessed by name: a row means a
 * person by its id or a handle, or else somebody new.
 * @param newPersonId makes the id of a person to be created
 */
export function planRows(rows: readonly ReadRow[], known: Known, options: { intoProject: boolean; newPersonId: () => string }): PlannedRow[] {
  const claimed = new Set<string>();
  return rows.map((row) => {
    const refused = (remark?: RowRemark): PlannedRow => ({
      result: { line: row.line, outcome: 'REFUSED', personId: null, remarks: remark ? [remark, ...row.remarks] : row.remarks },
      change: null,
    });
    if (row.name === null) return refused();

    const handles = row.handles.map(handleKey);
    const ownerById = row.importKey === null ? undefined : known.byImportKey.get(row.importKey);
    const ownersByHandle = new Set(handles.flatMap((key) => known.byHandle.get(key) ?? []));
    const owners = new Set([...ownersByHandle, ...(ownerById === undefined ? [] : [ownerById])]);
    if (owners.size > 1) return refused({ code: 'HANDLES_OF_SEVERAL', field: null });
    const [ownerId] = owners;
    const person = ownerId === undefined ? undefined : known.people.get(ownerId);

    const identities = [...handles, ...(row.importKey === null ? [] : [row.importKey]), ...(ownerId === undefined ? [] : [ownerId])];
    if (identities.some((identity) => claimed.has(identity))) return refused({ code: 'DUPLICATE_IN_FILE', field: null });
    const sameName = person !== undefined && sameNameKey(person.name) === sameNameKey(row.name);
    if (person && ownerById !== undefined && ownersByHandle.size === 0 && !sameName) return refused({ code: 'EXTERNAL_ID_OF_ANOTHER', field: 'externalId' });
    for (const identity of identities) claimed.add(identity);

    return person ? planUpdate(row, row.name, person, { byId: ownerById !== undefined, sameName, ...options }) : planCreation(row, row.name, options);
  });
}

function planCreation(row: ReadRow, name: string, { intoProject, newPersonId }: { intoProject: boolean; newPersonId: () => string }): PlannedRow {
  const personId = newPersonId();
  return {
    result: { line: row.line, outcome: 'CREATED', personId, remarks: row.remarks },
    change: {
      personId,
      isNew: true,
      touched: true,
      name,
      title: row.title,
      companyName: row.companyName,
      location: row.location,
      handles: row.handles,
      handlesBefore: 0,
      tags: row.tags,
      tagsBefore: 0,
      newNote: row.note,
      newImportKey: row.importKey,
      joinsProject: intoProject,
    },
  };
}

/** The file's cells win where they say something; what the person has beside it stays. */
function planUpdate(row: ReadRow, name: string, person: KnownPerson, how: { byId: boolean; sameName: boolean; intoProject: boolean }): PlannedRow {
  const remarks = how.byId || how.sameName ? row.remarks : [...row.remarks, { code: 'NAME_KEPT', field: 'name' } as const];
  const sameCompany = row.companyName === null || (person.companyName !== null && sameNameKey(row.companyName) === sameNameKey(person.companyName));
  const has = new Set(person.handles.map(handleKey));
  const handles = [...person.handles, ...row.handles.filter((handle) => !has.has(handleKey(handle)))].slice(0, Math.max(maxHandles, person.handles.length));
  const tagged = new Set(person.tags.map(({ tagKey }) => tagKey));
  const tags = [...person.tags, ...row.tags.filter(({ tagKey }) => !tagged.has(tagKey))].slice(0, Math.max(maxTags, person.tags.length));
  const change: PersonChange = {
    personId: person.id,
    isNew: false,
    touched: false,
    name: how.byId ? name : person.name,
    title: row.title ?? person.title,
    companyName: sameCompany ? person.companyName : row.companyName,
    location: row.location ?? person.location,
    handles,
    handlesBefore: person.handles.length,
    tags,
    tagsBefore: person.tags.length,
    newNote: row.note !== null && !person.notes.has(row.note) ? row.note : null,
    newImportKey: row.importKey,
    joinsProject: how.intoProject && !person.inProject,
  };
  change.touched =
    change.name !== person.name || change.title !== person.title || change.companyName !== person.companyName ||
    change.location !== person.location || handles.length > person.handles.length || tags.length > person.tags.length;
  const changes = change.touched || change.newNote !== null || change.joinsProject;
  return { result: { line: row.line, outcome: changes ? 'UPDATED' : 'UNCHANGED', personId: person.id, remarks }, change };
}
