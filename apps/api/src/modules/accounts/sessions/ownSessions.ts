import { and, desc, eq, isNull } from 'drizzle-orm';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { become, signedIn, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MatrixLoginToken } from '../../../platform/matrix/MatrixAdmin.ts';
import { anonymous } from '../../../platform/session/viewer.ts';
import { ownAccount } from '../readAccounts.ts';
import { sessions, type SessionRow } from '../accounts.table.ts';
import { endSessions } from './endSessions.ts';

/** The viewer's signed-in browsers, this one first. */
export async function ownSessions(ctx: ApiContext): Promise<SessionRow[]> {
  const viewer = signedIn(ctx);
  const rows = await ctx.read((tx) =>
    tx.select().from(sessions).where(and(eq(sessions.accountId, viewer.accountId), isNull(sessions.endedAt))).orderBy(desc(sessions.lastSeenAt)),
  );
  return rows.sort((a, b) => Number(b.id === viewer.sessionId) - Number(a.id === viewer.sessionId));
}

/** The session of this very browser. */
export async function currentSession(ctx: ApiContext): Promise<SessionRow> {
  const { sessionId } = signedIn(ctx);
  const [row] = await ctx.read((tx) => tx.select().from(sessions).where(eq(sessions.id, sessionId)));
  return row ?? deny('UNAUTHENTICATED');
}

/** Signs one of the viewer's own browsers out. Refused: SESSION_UNKNOWN. */
export async function endSession(ctx: ApiContext, sessionId: string): Promise<string> {
  const viewer = signedIn(ctx);
  const own = await ownSessions(ctx);
  if (!own.some((session) => session.id === sessionId)) refuse('SESSION_UNKNOWN', 'sessionId');
  await endSessions(ctx, [sessionId]);
  if (sessionId === viewer.sessionId) leave(ctx);
  return sessionId;
}

/** Signs this browser out. Nobody signed in is no error. */
export async function signOut(ctx: ApiContext): Promise<void> {
  if (ctx.viewer.kind !== 'anonymous') await endSessions(ctx, [ctx.viewer.sessionId]);
  leave(ctx);
}

function leave(ctx: ApiContext): void {
  ctx.cookie.clear();
  become(ctx, anonymous);
}

/** A fresh Matrix token for this browser's device. */
export async function matrixLogin(ctx: ApiContext): Promise<MatrixLoginToken> {
  const account = await ownAccount(ctx);
  const session = await currentSession(ctx);
  return ctx.services.matrix.mintLogin(account.mxid, session.matrixDeviceId);
}
