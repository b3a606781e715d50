import { sql } from 'drizzle-orm';
import { refuse } from '../errors/refusal.ts';
import type { Transactions, Tx, Unit } from './database.ts';
import { isUniqueViolation } from './sqlState.ts';

/**
 * A write that makes the thing with a client's id. The same command twice at once runs one after the other, so that
 * `work` can look whether the thing is there. An id that another firm has is refused with ID_TAKEN.
 * @param field the input field that holds the id
 */
export async function createOnce<T>(ctx: Pick<Transactions, 'write'>, id: string, work: (tx: Tx, unit: Unit) => Promise<T>, field = 'id'): Promise<T> {
  try {
    return await ctx.write(async (tx, unit) => {
      await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${id}, 0))`);
      return work(tx, unit);
    });
  } catch (error) {
    if (isUniqueViolation(error)) refuse('ID_TAKEN', field);
    throw error;
  }
}
