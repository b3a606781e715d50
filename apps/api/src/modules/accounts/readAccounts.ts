import { inArray } from 'drizzle-orm';
import type { Transactions } from '../../platform/database/database.ts';
import { deny } from '../../platform/errors/refusal.ts';
import { signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import { accounts, type AccountRow } from './accounts.table.ts';

/** Accounts by id, as far as the viewer sees them; the others are absent. */
export async function accountsById(ctx: Pick<Transactions, 'read'>, ids: readonly string[]): Promise<Map<string, AccountRow>> {
  if (ids.length === 0) return new Map();
  const rows = await ctx.read((tx) => tx.select().from(accounts).where(inArray(accounts.id, [...new Set(ids)])));
  return new Map(rows.map((row) => [row.id, row]));
}

/** The viewer's own account. */
export async function ownAccount(ctx: ApiContext): Promise<AccountRow> {
  const { accountId } = signedIn(ctx);
  return (await accountsById(ctx, [accountId])).get(accountId) ?? deny('UNAUTHENTICATED');
}
