import { and, asc, eq, gt } from 'drizzle-orm';
import { pageSize } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { onRoster } from '../vault.ts';
import { vaultDeposits, type DepositRow } from '../vault.table.ts';

/** A page of a project's deposits after a number, in their order; none for who is not on the project. Refused: OUT_OF_RANGE (more than 500). */
export async function depositsAfter(ctx: ApiContext, projectId: string, { after, first }: { after: number; first: number }): Promise<DepositRow[]> {
  const { accountId } = member(ctx);
  const limit = pageSize(first, 'first', 500);
  return ctx.read((tx) =>
    tx.select().from(vaultDeposits)
      .where(and(eq(vaultDeposits.projectId, projectId), gt(vaultDeposits.number, after), onRoster(tx, accountId, vaultDeposits.projectId)))
      .orderBy(asc(vaultDeposits.number)).limit(limit),
  );
}
