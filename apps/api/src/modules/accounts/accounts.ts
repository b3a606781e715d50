import { and, eq, inArray, isNotNull } from 'drizzle-orm';
import type { CertificateChain } from '@baton/vault/verify';
import type { Tx } from '../../platform/database/database.ts';
import { nameLine } from '../../platform/errors/line.ts';
import { deny, refuse } from '../../platform/errors/refusal.ts';
import { signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import { orderMatrixTasks } from '../../platform/matrix/tasks/matrixTasks.ts';
import { isUniqueViolation } from '../../platform/database/sqlState.ts';
import { accounts, accountSecrets, type AccountRow, type AccountSecretsRow } from './accounts.table.ts';

export { accountsById, ownAccount } from './readAccounts.ts';
export { passwordColumns, recoveryColumns } from './password/checkPassword.ts';
export { publishCertificate } from './certificates/publishCertificate.ts';
export { endAccount } from './sessions/endAccount.ts';
export { endSessionsOf } from './sessions/endSessions.ts';
export { findSession, refreshViewer } from './sessions/findSession.ts';
export { startSession, type StartedSession } from './sessions/startSession.ts';

/** Stores a new account with its secrets. Refused: EMAIL_TAKEN, ID_TAKEN. */
export async function insertAccount(
  tx: Tx,
  account: typeof accounts.$inferInsert,
  secrets: Partial<Omit<AccountSecretsRow, 'accountId'>>,
): Promise<AccountRow> {
  const [taken] = await tx.select({ id: accounts.id }).from(accounts).where(eq(accounts.id, account.id));
  if (taken) refuse('ID_TAKEN', 'accountId');
  try {
    // A savepoint: the transaction goes on after a refusal by the index.
    const row = await tx.transaction(async (inner) => (await inner.insert(accounts).values(account).returning())[0]);
    await tx.insert(accountSecrets).values({ accountId: account.id, ...secrets });
    return row as AccountRow;
  } catch (error) {
    return isUniqueViolation(error) ? refuse('EMAIL_TAKEN', 'email') : raise(error);
  }
}

/** Certificates of these Matrix ids; whom the viewer does not see, and who has none, is left out. */
export async function certificatesOf(ctx: ApiContext, mxids: readonly string[]): Promise<CertificateChain[]> {
  signedIn(ctx);
  if (mxids.length === 0) return [];
  if (mxids.length > 500) refuse('OUT_OF_RANGE', 'mxids');
  const rows = await ctx.read((tx) =>
    tx.select({ certificate: accounts.certificate }).from(accounts)
      .where(and(inArray(accounts.mxid, [...mxids]), isNotNull(accounts.certificate))),
  );
  return rows.flatMap((row) => row.certificate ?? []);
}

/** Changes the viewer's name, at the homeserver too. Refused: REQUIRED, TOO_LONG, NAME_NEEDS_LETTER. */
export async function updateProfile(ctx: ApiContext, input: { name: string }): Promise<AccountRow> {
  const viewer = signedIn(ctx);
  const name = nameLine(input.name, 'name');
  return ctx.write(async (tx, unit) => {
    const [account] = await tx.update(accounts).set({ name }).where(eq(accounts.id, viewer.accountId)).returning();
    if (!account) return deny('UNAUTHENTICATED');
    await orderMatrixTasks(tx, [{ kind: 'rename', mxid: account.mxid, displayName: name }]);
    unit.afterCommit(() => ctx.services.matrixTasks.run());
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'MEMBER', id: account.id, organisationId: account.organisationId }));
    return account;
  });
}

function raise(error: unknown): never {
  throw error;
}
