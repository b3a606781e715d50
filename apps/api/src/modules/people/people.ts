import { and, asc, desc, eq, inArray, isNull, or, sql } from 'drizzle-orm';
import type { HandleKind } from '../../generated/resolvers.ts';
import type { Tx } from '../../platform/database/database.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { nameForms } from '../search/nameForms.ts';
import { searchDocument, type SearchDocument } from '../search/search.ts';
import type { NormalisedHandle } from './handles/normaliseHandle.ts';
import { notes, people, personColumns, personHandles, personTags, type HandleRow, type NoteRow, type PersonRow } from './people.table.ts';

export { invalidHandleCode, normaliseHandle } from './handles/normaliseHandle.ts';
export { maxHandles, maxTagLength, maxTags } from './limits.ts';
export type { NormalisedHandle };

/** A tag as it is written and as it is compared. */
export interface Tag {
  tag: string;
  tagKey: string;
}

/** What a person is found by: names, company, title, place, tags and handles. */
export function personDocument(person: {
  name: string;
  title: string | null;
  companyName: string | null;
  location: string | null;
  handles: readonly Pick<NormalisedHandle, 'raw' | 'normalised'>[];
  tags: readonly Pick<Tag, 'tag'>[];
}): SearchDocument {
  return searchDocument(nameForms(person.name), [
    person.title ?? '',
    ...(person.companyName === null ? [] : nameForms(person.companyName)),
    person.location ?? '',
    ...person.tags.map(({ tag }) => tag),
    ...person.handles.flatMap(({ raw, normalised }) => [normalised, raw]),
  ]);
}

/** People of these ids, of the viewer's firm, in no order. */
export async function peopleByIds(tx: Tx, viewer: MemberViewer, ids: readonly string[]): Promise<PersonRow[]> {
  if (ids.length === 0) return [];
  return tx.select(personColumns).from(people).where(and(eq(people.organisationId, viewer.organisationId), inArray(people.id, [...ids])));
}

/** A person of the viewer's firm, or undefined. */
export async function personById(tx: Tx, viewer: MemberViewer, id: string): Promise<PersonRow | undefined> {
  return (await peopleByIds(tx, viewer, [id]))[0];
}

/** Handles of these people, each person's in the order they were given. */
export async function handlesOf(tx: Tx, viewer: MemberViewer, personIds: readonly string[]): Promise<HandleRow[]> {
  if (personIds.length === 0) return [];
  return tx
    .select()
    .from(personHandles)
    .where(and(eq(personHandles.organisationId, viewer.organisationId), inArray(personHandles.personId, [...personIds])))
    .orderBy(asc(personHandles.position));
}

/** Rows of those of `handles` that somebody of the firm has already. */
export async function ownedHandles(tx: Tx, viewer: MemberViewer, handles: readonly Pick<NormalisedHandle, 'kind' | 'normalised'>[]): Promise<HandleRow[]> {
  if (handles.length === 0) return [];
  const byKind = Map.groupBy(handles, ({ kind }) => kind);
  const anyOfKind = ([kind, some]: [HandleKind, readonly { normalised: string }[]]) =>
    and(eq(personHandles.kind, kind), inArray(personHandles.normalised, some.map(({ normalised }) => normalised)));
  return tx.select().from(personHandles).where(and(eq(personHandles.organisationId, viewer.organisationId), or(...[...byKind].map(anyOfKind))));
}

/** The order in which everybody writes handles: two who write the same ones wait for one another in turn. */
export function inWritingOrder<T extends Pick<NormalisedHandle, 'kind' | 'normalised'>>(handles: readonly T[]): T[] {
  return handles.toSorted((a, b) => (`${a.kind} ${a.normalised}` < `${b.kind} ${b.normalised}` ? -1 : 1));
}

/** Tags of these people, each person's in the order they were given. */
export async function tagsOf(tx: Tx, viewer: MemberViewer, personIds: readonly string[]): Promise<(Tag & { personId: string })[]> {
  if (personIds.length === 0) return [];
  return tx
    .select({ personId: personTags.personId, tag: personTags.tag, tagKey: personTags.tagKey })
    .from(personTags)
    .where(and(eq(personTags.organisationId, viewer.organisationId), inArray(personTags.personId, [...personIds])))
    .orderBy(asc(personTags.position));
}

/** Notes on these people, newest first. */
export async function notesOf(tx: Tx, viewer: MemberViewer, personIds: readonly string[]): Promise<NoteRow[]> {
  if (personIds.length === 0) return [];
  return tx
    .select()
    .from(notes)
    .where(and(eq(notes.organisationId, viewer.organisationId), inArray(notes.personId, [...personIds]), isNull(notes.deletedAt)))
    .orderBy(desc(notes.createdAt), desc(notes.id));
}

/** A note of the viewer's firm that was not deleted, or undefined. */
export async function noteById(tx: Tx, viewer: MemberViewer, id: string): Promise<NoteRow | undefined> {
  const [note] = await tx.select().from(notes).where(and(eq(notes.organisationId, viewer.organisationId), eq(notes.id, id), isNull(notes.deletedAt)));
  return note;
}

/** The firm's tags, the most used first; each in the spelling that is used most. */
export async function usedTags(ctx: ApiContext): Promise<string[]> {
  const viewer = member(ctx);
  const rows = await ctx.read((tx) =>
    tx
      .select({ tag: sql<string>`mode() within group (order by ${personTags.tag})` })
      .from(personTags)
      .where(eq(personTags.organisationId, viewer.organisationId))
      .groupBy(personTags.tagKey)
      .orderBy(desc(sql`count(*)`), asc(personTags.tagKey))
      .limit(500),
  );
  return rows.map((row) => row.tag);
}
