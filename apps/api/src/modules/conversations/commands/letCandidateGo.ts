import { and, eq, ne, notInArray } from 'drizzle-orm';
import type { Tx, Unit } from '../../../platform/database/database.ts';
import { deny } from '../../../platform/errors/refusal.ts';
import type { Services } from '../../../platform/graphql/context.ts';
import { orderMatrixTasks } from '../../../platform/matrix/tasks/matrixTasks.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { endAccount, endSessionsOf } from '../../accounts/accounts.ts';
import { accounts } from '../../accounts/accounts.table.ts';
import { conversations, type ConversationRow } from '../conversations.table.ts';

/**
 * Takes a candidate's account out of a conversation whose link is made anew: its sessions end, then it leaves the room. Where
 * it takes part in nothing else it ends for good, so that no copy of its keys opens anything again. In the transaction of
 * the change, as nobody.
 * @returns its Matrix id
 */
export async function letCandidateGo(services: Services, tx: Tx, unit: Unit, actor: MemberViewer, conversation: ConversationRow, accountId: string): Promise<string> {
  const [account] = await tx.select({ mxid: accounts.mxid }).from(accounts).where(eq(accounts.id, accountId));
  const { mxid } = account ?? deny('NOT_FOUND');
  const others = await tx.select({ id: conversations.id }).from(conversations)
    .where(and(eq(conversations.candidateId, accountId), ne(conversations.id, conversation.id), notInArray(conversations.state, ['LEFT', 'BLOCKED']))).limit(1);
  await endSessionsOf(services, tx, unit, actor, accountId);
  if (conversation.state === 'ENTERED') await orderMatrixTasks(tx, [{ kind: 'remove', roomId: conversation.roomId, mxid, reason: 'came back by a new link' }]);
  if (others.length === 0) await endAccount(services, tx, accountId, mxid);
  unit.afterCommit(() => services.matrixTasks.run());
  return mxid;
}
