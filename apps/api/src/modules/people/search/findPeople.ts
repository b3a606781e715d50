import { and, asc, count, desc, eq, sql, type SQL } from 'drizzle-orm';
import type { PersonFilter, QueryPeopleArgs } from '../../../generated/resolvers.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { pageSize } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { candidacies } from '../../candidacies/candidacies.table.ts';
import { visibleProjects } from '../../projects/projects.ts';
import { sameNameKey, searchPatterns, type SearchPatterns } from '../../search/search.ts';
import { people, personColumns, personTags, type PersonRow } from '../people.table.ts';
import { decodeCursor, encodeCursor, type Cursor } from './cursor.ts';

/** A page of people, as the schema's connection has it, and the filter to count all of them by. */
export interface PeoplePage {
  edges: { cursor: string; node: PersonRow }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
  filter: PersonFilter;
}

/**
 * People who fit all of a filter: the best fits of a search first, then the newest. The order is total and a cursor names a
 * place in it, so that a person who is added meanwhile moves nobody to another page.
 * Refused: OUT_OF_RANGE (more than 200), INVALID_CURSOR.
 */
export async function findPeople(ctx: ApiContext, args: QueryPeopleArgs): Promise<PeoplePage> {
  const viewer = member(ctx);
  const limit = pageSize(args.first, 'first');
  const after = args.after ? decodeCursor(args.after, 'after') : null;
  const filter = args.filter ?? {};
  const search = filter.search?.trim() ?? '';
  const patterns = searchPatterns(search);
  const rows = patterns === null && search !== '' ? [] : await ctx.read((tx) => page(tx, viewer, filter, patterns, after, limit + 1));
  const edges = rows.slice(0, limit).map(({ rank, ...node }) => ({ cursor: encodeCursor({ rank, createdAt: node.createdAt, id: node.id }), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > limit,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    filter,
  };
}

/** How many people fit a filter. */
export async function countPeople(ctx: ApiContext, filter: PersonFilter): Promise<number> {
  const viewer = member(ctx);
  const search = filter.search?.trim() ?? '';
  const patterns = searchPatterns(search);
  if (patterns === null && search !== '') return 0;
  return ctx.read(async (tx) => {
    const query = tx.select({ total: count() }).from(people).$dynamic();
    if (patterns) query.innerJoin(matchesOf(patterns), sql`matches.person_id = ${people.id}`);
    return (await query.where(and(...conditions(viewer, filter))))[0]?.total ?? 0;
  });
}

function page(tx: Tx, viewer: MemberViewer, filter: PersonFilter, patterns: SearchPatterns | null, after: Cursor | null, limit: number): Promise<(PersonRow & { rank: number })[]> {
  const rank = patterns ? sql<number>`matches.rank` : sql<number>`0`;
  const query = tx.select({ ...personColumns, rank }).from(people).$dynamic();
  if (patterns) query.innerJoin(matchesOf(patterns), sql`matches.person_id = ${people.id}`);
  return query
    .where(and(...conditions(viewer, filter), after ? beyond(rank, after) : undefined))
    .orderBy(...(patterns ? [asc(rank)] : []), desc(people.createdAt), desc(people.id))
    .limit(limit);
}

/** The database's search function, which keeps to the viewer's firm by itself. */
function matchesOf({ find, exact, prefix, starts, parts }: SearchPatterns): SQL {
  const array = (texts: readonly string[]): SQL => sql`array[${sql.join(texts.map((text) => sql`${text}`), sql`, `)}]::text[]`;
  return sql`search_people(${array(find)}, ${exact}, ${prefix}, ${array(starts)}, ${array(parts)}) as matches`;
}

function beyond(rank: SQL, after: Cursor): SQL {
  return sql`(${rank} > ${after.rank} or (${rank} = ${after.rank} and (${people.createdAt}, ${people.id}) < (${after.createdAt.toISOString()}::timestamptz, ${after.id})))`;
}

function conditions(viewer: MemberViewer, filter: PersonFilter): (SQL | undefined)[] {
  const { tag, projectId } = filter;
  return [
    eq(people.organisationId, viewer.organisationId),
    tag
      ? sql`exists (select 1 from ${personTags} where ${personTags.personId} = ${people.id} and ${personTags.tagKey} = ${sameNameKey(tag)})`
      : undefined,
    projectId
      ? sql`exists (select 1 from ${candidacies} where ${candidacies.personId} = ${people.id} and ${candidacies.projectId} = ${projectId} and ${visibleProjects(viewer, candidacies.projectId)})`
      : undefined,
  ];
}
