import { eq } from 'drizzle-orm';
import type { SettlePromiseInput } from '../../../generated/resolvers.ts';
import { deny } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { candidaciesByIds } from '../../candidacies/candidacies.ts';
import { projectById } from '../../projects/projects.ts';
import { promiseById } from '../promises.ts';
import { promises, type PromiseRow } from '../promises.table.ts';
import { canSettle } from '../promises.policy.ts';
import { tellOfPromise } from './tellOfPromise.ts';

/**
 * Says that a promise was kept, is taken back, or is open after all. Whoever says what stands there already changes nothing: of
 * two who tick it off, the first has kept it. An archived project's promises are settled too: candidates wait for them all the same.
 */
export async function settlePromise(ctx: ApiContext, { id, state }: SettlePromiseInput): Promise<PromiseRow> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    await tx.select({ id: promises.id }).from(promises).where(eq(promises.id, id)).for('update');
    const current = (await promiseById(tx, viewer, id)) ?? deny('NOT_FOUND');
    if (!canSettle(viewer, current, await projectById(tx, viewer, current.projectId), state)) deny('FORBIDDEN');
    if (current.state === state) return current;
    const settled = state === 'OPEN' ? { settledBy: null, settledAt: null } : { settledBy: viewer.accountId, settledAt: new Date(ctx.services.clock.now()) };
    const [promise] = await tx.update(promises).set({ state, ...settled }).where(eq(promises.id, id)).returning();
    const [candidacy] = await candidaciesByIds(tx, viewer, [current.candidacyId]);
    if (!promise || !candidacy) return deny('NOT_FOUND');
    tellOfPromise(ctx, unit, candidacy);
    return promise;
  });
}
