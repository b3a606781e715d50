import { and, eq, inArray, isNull } from 'drizzle-orm';
import type { Tx, Unit } from '../../../platform/database/database.ts';
import { signedIn, type ApiContext, type Services } from '../../../platform/graphql/context.ts';
import { orderMatrixTasks } from '../../../platform/matrix/tasks/matrixTasks.ts';
import { record, type Actor } from '../../audit/audit.ts';
import { accounts, sessions, type SessionRow } from '../accounts.table.ts';

/**
 * Ends sessions that the viewer's rows allow: the cookie stops working at once, then the Matrix devices go and the
 * subscriptions close. Ended and unknown ones are left alone.
 * @returns ids of those that ended now
 */
export function endSessions(ctx: ApiContext, sessionIds: readonly string[]): Promise<string[]> {
  const actor = signedIn(ctx);
  return ctx.write((tx, unit) => endSessionsIn(ctx.services, tx, unit, actor, inArray(sessions.id, [...sessionIds])));
}

/** As `endSessions`, all of an account, within the caller's transaction and in the actor's name. */
export function endSessionsOf(services: Services, tx: Tx, unit: Unit, actor: Actor, accountId: string): Promise<string[]> {
  return endSessionsIn(services, tx, unit, actor, eq(sessions.accountId, accountId));
}

async function endSessionsIn(services: Services, tx: Tx, unit: Unit, actor: Actor, which: ReturnType<typeof eq>): Promise<string[]> {
  const ended = await tx.update(sessions).set({ endedAt: new Date(services.clock.now()) })
    .where(and(which, isNull(sessions.endedAt))).returning();
  if (ended.length === 0) return [];
  const owners = await tx.select({ id: accounts.id, mxid: accounts.mxid }).from(accounts)
    .where(inArray(accounts.id, ended.map((session) => session.accountId)));
  await orderMatrixTasks(tx, owners.map((owner) => ({
    kind: 'delete-devices', mxid: owner.mxid, deviceIds: devicesOf(ended, owner.id),
  })));
  for (const { id, accountId } of ended) {
    if (id === actor.sessionId) record(unit, actor, 'SIGNED_OUT', id);
    else record(unit, actor, 'SESSION_ENDED', id, accountId);
  }
  unit.afterCommit(() => ended.forEach((session) => services.changes.endSession(session.id)));
  unit.afterCommit(() => services.matrixTasks.run());
  return ended.map((session) => session.id);
}

const devicesOf = (ended: readonly SessionRow[], accountId: string): string[] =>
  ended.filter((session) => session.accountId === accountId).map((session) => session.matrixDeviceId);
