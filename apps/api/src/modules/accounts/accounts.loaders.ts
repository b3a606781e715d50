import { inArray, isNull, max, and, count } from 'drizzle-orm';
import type { MercuriusLoaders } from 'mercurius';
import type { ApiContext } from '../../platform/graphql/context.ts';
import { accountSecrets, sessions, type AccountRow } from './accounts.table.ts';

type Queries = { obj: AccountRow }[];

/** What partners see of everybody, and others of themselves: row-level security leaves the rest out. */
async function sessionFacts(ctx: ApiContext, queries: Queries): Promise<Map<string, { open: number; lastSeenAt: Date | null }>> {
  const ids = queries.map(({ obj }) => obj.id);
  const { open, seen } = await ctx.read(async (tx) => ({
    open: await tx.select({ id: sessions.accountId, open: count() }).from(sessions)
      .where(and(inArray(sessions.accountId, ids), isNull(sessions.endedAt))).groupBy(sessions.accountId),
    seen: await tx.select({ id: sessions.accountId, lastSeenAt: max(sessions.lastSeenAt) }).from(sessions)
      .where(inArray(sessions.accountId, ids)).groupBy(sessions.accountId),
  }));
  const openOf = new Map(open.map((row) => [row.id, row.open]));
  return new Map(seen.map((row) => [row.id, { open: openOf.get(row.id) ?? 0, lastSeenAt: row.lastSeenAt }]));
}

const seesSessionsOf = (ctx: ApiContext, account: AccountRow): boolean =>
  ctx.viewer.kind === 'member' && (ctx.viewer.role === 'PARTNER' || ctx.viewer.accountId === account.id);

export const accountLoaders: MercuriusLoaders = {
  Member: {
    sessionCount: async (queries: Queries, ctx: ApiContext) => {
      const facts = await sessionFacts(ctx, queries);
      return queries.map(({ obj }) => (seesSessionsOf(ctx, obj) ? (facts.get(obj.id)?.open ?? 0) : null));
    },
    lastSeenAt: async (queries: Queries, ctx: ApiContext) => {
      const facts = await sessionFacts(ctx, queries);
      return queries.map(({ obj }) => facts.get(obj.id)?.lastSeenAt ?? null);
    },
  },
  Account: {
    hasPassword: async (queries: Queries, ctx: ApiContext) => {
      const rows = await ctx.read((tx) =>
        tx.select({ id: accountSecrets.accountId, hash: accountSecrets.passwordAuthHash }).from(accountSecrets)
          .where(inArray(accountSecrets.accountId, queries.map(({ obj }) => obj.id))),
      );
      const having = new Set(rows.filter((row) => row.hash !== null).map((row) => row.id));
      return queries.map(({ obj }) => having.has(obj.id));
    },
  },
};
