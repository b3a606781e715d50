import { eq } from 'drizzle-orm';
import { refuse } from '../../../platform/errors/refusal.ts';
import type { ApiContext } from '../../../platform/graphql/context.ts';
import type { SignInInput, SignInWithRecoveryInput } from '../../../generated/resolvers.ts';
import { accounts, accountSecrets, type AccountRow, type AccountSecretsRow } from '../accounts.table.ts';
import { isAuthKey } from '../password/authKey.ts';
import { startSession, type StartedSession } from './startSession.ts';

/** Signs in with a password's authentication half. Refused: WRONG_CREDENTIALS, the same for addresses that nobody has. */
export async function signIn(ctx: ApiContext, input: SignInInput): Promise<StartedSession> {
  const account = await authenticate(ctx, input, (secrets) => secrets?.passwordAuthHash);
  return account ? startSession(ctx, account, input.deviceName) : refuse('WRONG_CREDENTIALS');
}

/** Signs in with the recovery code's authentication half. Refused: RECOVERY_CODE_WRONG. */
export async function signInWithRecovery(ctx: ApiContext, input: SignInWithRecoveryInput): Promise<StartedSession> {
  const account = await authenticate(ctx, input, (secrets) => secrets?.recoveryAuthHash);
  return account ? startSession(ctx, account, input.deviceName, { recovered: true }) : refuse('RECOVERY_CODE_WRONG');
}

async function authenticate(
  ctx: ApiContext,
  input: { email: string; authKey: string },
  kept: (secrets: AccountSecretsRow | undefined) => Buffer | null | undefined,
): Promise<AccountRow | undefined> {
  const email = input.email.trim().toLowerCase();
  await ctx.throttle('signIn', email, 'look');
  // As nobody: nobody is signed in yet.
  const [found] = await ctx.services.system.read((tx) =>
    tx.select().from(accounts).innerJoin(accountSecrets, eq(accountSecrets.accountId, accounts.id)).where(eq(accounts.email, email)),
  );
  const right = isAuthKey(input.authKey, kept(found?.account_secrets));
  if (right && found && found.accounts.endedAt === null) return found.accounts;
  await ctx.throttle('signIn', email);
  return undefined;
}
