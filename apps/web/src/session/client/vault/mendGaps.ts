import type { Clock } from '@baton/base';
import type { Homeserver } from '@baton/messaging';
import type { VaultDepositor } from '@baton/vault';
import type { VaultServer } from '../../server/vaultServer.ts';

/** How long a sender has for their own deposit before others step in, in milliseconds. */
const ownTurnMs = 60_000;

/**
 * Deposits what is missing in a project's vault and what this device holds: sessions of one's own at once, those of others when
 * their senders did not.
 */
export async function mendGaps(
  deps: { server: Pick<VaultServer, 'coverage'>; depositor: VaultDepositor; homeserver: Pick<Homeserver, 'userId' | 'exportSessions'>; clock: Clock },
  projectId: string,
): Promise<void> {
  const { server, depositor, homeserver, clock } = deps;
  const missing = ((await server.coverage(projectId))?.gaps ?? []).filter(({ deposited }) => !deposited);
  const mine = missing.filter(({ senderMxid }) => senderMxid === homeserver.userId);
  const left = missing.filter(({ senderMxid, since }) => senderMxid !== homeserver.userId && Date.parse(since) < clock.now() - ownTurnMs);
  const held = new Map(
    (await homeserver.exportSessions([...mine, ...left])).map((exported) => {
      const { room_id: roomId, session_id: sessionId } = JSON.parse(exported) as { room_id: string; session_id: string };
      return [`${roomId} ${sessionId}`, { roomId, sessionId, exportSession: async () => exported }];
    }),
  );
  const heldOf = (gaps: typeof missing) => gaps.flatMap(({ roomId, sessionId }) => held.get(`${roomId} ${sessionId}`) ?? []);
  for (const session of heldOf(mine)) await depositor.deposit(session);
  await depositor.share(heldOf(left));
}
