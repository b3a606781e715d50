import { newId } from '@baton/base';
import { become, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MatrixLoginToken } from '../../../platform/matrix/MatrixAdmin.ts';
import type { SignedInViewer } from '../../../platform/session/viewer.ts';
import { record } from '../../audit/audit.ts';
import { sessions, type AccountRow } from '../accounts.table.ts';
import { endSessions } from './endSessions.ts';
import { hashSessionToken, newSessionToken } from './sessionToken.ts';

/** Somebody came in on this browser. */
export interface StartedSession {
  viewer: SignedInViewer;
  matrix: MatrixLoginToken;
}

/**
 * Signs an account in on this browser: session, cookie, Matrix token. Whoever was signed in on it before is signed out.
 * The rest of the request is this account's.
 * @param options.recovered whether the recovery code opened it
 */
export async function startSession(
  ctx: ApiContext,
  account: AccountRow,
  deviceName: string,
  options: { recovered?: boolean } = {},
): Promise<StartedSession> {
  const { services } = ctx;
  if (ctx.viewer.kind !== 'anonymous') await endSessions(ctx, [ctx.viewer.sessionId]);
  const token = newSessionToken();
  const id = newId('session');
  // The device's id comes from the session's, so that the two end together.
  const matrixDeviceId = `B${id.slice(-20).toUpperCase()}`;
  const now = new Date(services.clock.now());
  // As nobody: the session makes the viewer.
  const viewer = viewerOf(account, id);
  await services.system.write(async (tx, unit) => {
    await tx.insert(sessions).values({
      id, accountId: account.id, organisationId: account.organisationId, tokenHash: hashSessionToken(token),
      deviceName: deviceName.trim().slice(0, 100) || '?', matrixDeviceId, createdAt: now, lastSeenAt: now, recovered: options.recovered ?? false,
    });
    record(unit, viewer, options.recovered ? 'SIGNED_IN_WITH_RECOVERY' : 'SIGNED_IN', id);
  });
  become(ctx, viewer);
  ctx.cookie.set(token);
  return { viewer, matrix: await services.matrix.mintLogin(account.mxid, matrixDeviceId) };
}

function viewerOf(account: AccountRow, sessionId: string): SignedInViewer {
  const common = { accountId: account.id, organisationId: account.organisationId, sessionId };
  return account.role === null ? { kind: 'candidate', ...common } : { kind: 'member', role: account.role, ...common };
}
