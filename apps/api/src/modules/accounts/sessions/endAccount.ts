import { eq } from 'drizzle-orm';
import type { Tx } from '../../../platform/database/database.ts';
import type { Services } from '../../../platform/graphql/context.ts';
import { orderMatrixTasks } from '../../../platform/matrix/tasks/matrixTasks.ts';
import { accounts, accountSecrets } from '../accounts.table.ts';

/**
 * Ends a candidate's account for good, after its sessions: nobody signs in to it again, here or at the homeserver, and its
 * address is free for the account that comes after it.
 */
export async function endAccount(services: Services, tx: Tx, accountId: string, mxid: string): Promise<void> {
  await tx.update(accounts).set({ endedAt: new Date(services.clock.now()), email: null }).where(eq(accounts.id, accountId));
  await tx.update(accountSecrets)
    .set({ passwordParameters: null, passwordAuthHash: null, passwordWrap: null, recoveryAuthHash: null, recoveryWrap: null })
    .where(eq(accountSecrets.accountId, accountId));
  await orderMatrixTasks(tx, [{ kind: 'deactivate', mxid }]);
}
