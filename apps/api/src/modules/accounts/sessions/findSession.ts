import { and, eq, isNull, lt, type SQL } from 'drizzle-orm';
import type { Role } from '../../../generated/resolvers.ts';
import type { Tx } from '../../../platform/database/database.ts';
import type { Services } from '../../../platform/graphql/context.ts';
import { anonymous, type Viewer } from '../../../platform/session/viewer.ts';
import { accounts, sessions } from '../accounts.table.ts';
import { hashSessionToken } from './sessionToken.ts';

/** "Last seen" is written at most this often, in milliseconds: it is for people, not for a protocol. */
const seenEvery = 60_000;

/** Who holds this cookie; anonymous when nobody does, or no longer. */
export async function findSession(services: Services, token: string | undefined): Promise<Viewer> {
  if (token === undefined || !/^[A-Za-z0-9_-]{43}$/.test(token)) return anonymous;
  // As nobody: who the viewer is, is the question.
  const found = await services.system.read((tx) => openSession(tx, eq(sessions.tokenHash, hashSessionToken(token))));
  if (!found) return anonymous;

  const now = services.clock.now();
  if (found.lastSeenAt.getTime() < now - seenEvery) {
    await services.system.write((tx) =>
      tx.update(sessions).set({ lastSeenAt: new Date(now) })
        .where(and(eq(sessions.id, found.sessionId), lt(sessions.lastSeenAt, new Date(now - seenEvery)))),
    );
  }
  return viewerOf(found);
}

/** The viewer as they are now: anonymous when the session has ended, with another role when that has changed. */
export async function refreshViewer(services: Services, viewer: Viewer): Promise<Viewer> {
  if (viewer.kind === 'anonymous') return anonymous;
  // As nobody: see above.
  const found = await services.system.read((tx) => openSession(tx, eq(sessions.id, viewer.sessionId)));
  return found ? viewerOf(found) : anonymous;
}

async function openSession(tx: Tx, which: SQL) {
  const [row] = await tx.select({
      sessionId: sessions.id, lastSeenAt: sessions.lastSeenAt, accountId: accounts.id,
      organisationId: accounts.organisationId, role: accounts.role,
    })
    .from(sessions)
    .innerJoin(accounts, eq(accounts.id, sessions.accountId))
    .where(and(which, isNull(sessions.endedAt), isNull(accounts.endedAt)));
  return row;
}

function viewerOf({ sessionId, accountId, organisationId, role }: { sessionId: string; accountId: string; organisationId: string; role: Role | null }): Viewer {
  return role === null ? { kind: 'candidate', accountId, organisationId, sessionId } : { kind: 'member', accountId, organisationId, role, sessionId };
}
