import { and, count, desc, eq, lt, sql } from 'drizzle-orm';
import type { AuditName, QueryAuditLogArgs } from '../../generated/resolvers.ts';
import { deny, refuse } from '../../platform/errors/refusal.ts';
import { pageSize } from '../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { canReadAuditLog } from './audit.policy.ts';
import { auditEntries, type AuditEntryRow } from './audit.table.ts';

/** A page of the log, as the schema's connection has it. */
export interface AuditPage {
  edges: { cursor: string; node: AuditEntryRow }[];
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string | null; endCursor: string | null };
}

function partner(ctx: ApiContext): MemberViewer {
  const viewer = member(ctx);
  return canReadAuditLog(viewer) ? viewer : deny('FORBIDDEN');
}

/** The firm's log, newest first. Partners. Refused: OUT_OF_RANGE (more than 200), INVALID_CURSOR. */
export async function auditLog(ctx: ApiContext, args: QueryAuditLogArgs): Promise<AuditPage> {
  const { organisationId } = partner(ctx);
  const limit = pageSize(args.first, 'first');
  const after = args.after ? seqOf(args.after) : null;
  const rows = await ctx.read((tx) =>
    tx.select().from(auditEntries)
      .where(and(eq(auditEntries.organisationId, organisationId), after === null ? undefined : lt(auditEntries.seq, after)))
      .orderBy(desc(auditEntries.seq)).limit(limit + 1),
  );
  const edges = rows.slice(0, limit).map((node) => ({ cursor: String(node.seq), node }));
  return {
    edges,
    pageInfo: {
      hasNextPage: rows.length > limit,
      hasPreviousPage: after !== null,
      startCursor: edges[0]?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
  };
}

/** A cursor is the entry's place: entries don't move. */
const seqOf = (cursor: string): number => (/^\d{1,9}$/.test(cursor) ? Number(cursor) : refuse('INVALID_CURSOR', 'after'));

/** How many entries the firm's log has. */
export async function countEntries(ctx: ApiContext): Promise<number> {
  const { organisationId } = partner(ctx);
  const [row] = await ctx.read((tx) => tx.select({ total: count() }).from(auditEntries).where(eq(auditEntries.organisationId, organisationId)));
  return row?.total ?? 0;
}

/** What the ids of a page stand for, as far as it is still known. The log itself holds no name, so that names can be forgotten. */
export async function namesIn(ctx: ApiContext, { edges }: AuditPage): Promise<AuditName[]> {
  partner(ctx);
  const ids = [...new Set(edges.flatMap(({ node }) => [node.actorId, ...node.subjects]))];
  if (ids.length === 0) return [];
  const named = sql.join(ids.map((id) => sql`${id}`), sql`, `);
  return ctx.read((tx) =>
    tx.execute<{ id: string; name: string }>(sql`
      select id, name from accounts where id in (${named})
      union all select id, name from projects where id in (${named})
      union all select id, candidate_name from conversations where id in (${named})
      union all select id, invitee_name from invitations where id in (${named})
      union all select id, file_name from imports where id in (${named})`),
  );
}

/**
 * Goes through the whole log and finds the first entry that does not say what it was sealed with, or does not follow the
 * one before it; null when there is none. Entries that are missing at the end leave no trace in those that are there:
 * against that, keep the newest hash elsewhere.
 */
export async function brokenAt(ctx: ApiContext): Promise<number | null> {
  const { organisationId } = partner(ctx);
  const [row] = await ctx.read((tx) => tx.execute<{ seq: number | null }>(sql`
    select min(seq) as seq from (
      select e.seq, row_number() over chain - 1 as place, e.previous_hash, lag(e.hash) over chain as hash_before, e.hash, audit_hash(e) as sealed
      from audit_entries e where e.organisation_id = ${organisationId} window chain as (order by e.seq)
    ) entries
    where seq <> place or previous_hash is distinct from hash_before or hash <> sealed`));
  return row?.seq ?? null;
}
