import { and, asc, count, desc, eq, getTableColumns, gt, lte, max, sql } from 'drizzle-orm';
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

/**
 * All deposits of some rooms, those first that were deposited to last: as many rooms as hold no more than `first` together. None of
 * a room that alone holds more, and none for who is not on the project. Refused: OUT_OF_RANGE (more than 500).
 */
export async function newestDeposits(ctx: ApiContext, projectId: string, { first }: { first: number }): Promise<DepositRow[]> {
  const { accountId } = member(ctx);
  const limit = pageSize(first, 'first', 500);
  return ctx.read((tx) => {
    const newest = max(vaultDeposits.number);
    const rooms = tx.select({ roomId: vaultDeposits.roomId, newest: newest.as('newest'), together: sql<number>`sum(${count()}) over (order by ${newest} desc)`.as('together') }).from(vaultDeposits)
      .where(and(eq(vaultDeposits.projectId, projectId), onRoster(tx, accountId, vaultDeposits.projectId)))
      .groupBy(vaultDeposits.roomId).as('rooms');
    return tx.select(getTableColumns(vaultDeposits)).from(vaultDeposits).innerJoin(rooms, eq(rooms.roomId, vaultDeposits.roomId))
      .where(and(eq(vaultDeposits.projectId, projectId), lte(rooms.together, limit)))
      .orderBy(desc(rooms.newest), asc(vaultDeposits.number));
  });
}
