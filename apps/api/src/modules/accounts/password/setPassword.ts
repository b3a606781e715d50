import { eq } from 'drizzle-orm';
import { refuse } from '../../../platform/errors/refusal.ts';
import { emailAddress } from '../../../platform/errors/validate.ts';
import { isUniqueViolation } from '../../../platform/database/sqlState.ts';
import { signedIn, type ApiContext } from '../../../platform/graphql/context.ts';
import type { SetPasswordInput } from '../../../generated/resolvers.ts';
import { record } from '../../audit/audit.ts';
import { ownAccount } from '../readAccounts.ts';
import { accounts, accountSecrets, sessions, type AccountRow, type AccountSecretsRow } from '../accounts.table.ts';
import { isAuthKey } from './authKey.ts';
import { passwordColumns, recoveryColumns } from './checkPassword.ts';

/** How long after a sign-in with the recovery code a new password needs no current one, in milliseconds. */
const recoveryGrace = 10 * 60_000;

/**
 * Sets the viewer's first password, or changes it. The seed stays the same: only its wrap is new.
 * Refused: WRONG_PASSWORD, EMAIL_TAKEN, INVALID_EMAIL, REQUIRED, WEAK_PARAMETERS, STATEMENT_INVALID.
 */
export async function setPassword(ctx: ApiContext, input: SetPasswordInput): Promise<AccountRow> {
  const viewer = signedIn(ctx);
  await ctx.throttle('signIn', viewer.accountId, 'look');
  const account = await ownAccount(ctx);
  const email = account.email ?? emailAddress(input.email ?? '', 'email');
  const columns = {
    ...passwordColumns(input.password, 'password'),
    ...(input.recovery ? recoveryColumns(input.recovery, 'recovery') : {}),
  };
  return ctx.write(async (tx, unit) => {
    const [secrets] = await tx.select().from(accountSecrets).where(eq(accountSecrets.accountId, account.id)).for('update');
    const [session] = await tx.select().from(sessions).where(eq(sessions.id, viewer.sessionId));
    const recovered = session?.recovered === true && session.createdAt.getTime() > ctx.services.clock.now() - recoveryGrace;
    if (!recovered && !mayChange(secrets, input.currentAuthKey)) {
      await ctx.throttle('signIn', viewer.accountId);
      refuse('WRONG_PASSWORD', 'currentAuthKey');
    }
    await tx.insert(accountSecrets).values({ accountId: account.id, ...columns })
      .onConflictDoUpdate({ target: accountSecrets.accountId, set: columns });
    const [stored] = await tx.update(accounts).set({ email }).where(eq(accounts.id, account.id)).returning();
    record(unit, viewer, 'PASSWORD_SET');
    if (input.recovery) record(unit, viewer, 'RECOVERY_CODE_SET');
    return stored as AccountRow;
  }).catch((error: unknown) => {
    if (isUniqueViolation(error)) refuse('EMAIL_TAKEN', 'email');
    throw error;
  });
}

function mayChange(secrets: AccountSecretsRow | undefined, currentAuthKey: string | null | undefined): boolean {
  if (!secrets?.passwordAuthHash) return true;
  return currentAuthKey != null && isAuthKey(currentAuthKey, secrets.passwordAuthHash);
}
