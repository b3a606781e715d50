import { createHmac } from 'node:crypto';
import { eq } from 'drizzle-orm';
import type { PasswordParameters } from '@baton/vault/verify';
import type { ApiContext } from '../../../platform/graphql/context.ts';
import { accounts, accountSecrets } from '../accounts.table.ts';
import { defaultCost } from './checkPassword.ts';

/** Key-derivation parameters of an address. An unknown one gets the same made-up ones every time. */
export async function passwordParameters(ctx: ApiContext, email: string): Promise<PasswordParameters> {
  await ctx.throttle('look');
  const address = email.trim().toLowerCase();
  // As nobody: it is asked before a sign-in.
  const found = await ctx.services.system.read((tx) =>
    tx.select({ parameters: accountSecrets.passwordParameters })
      .from(accountSecrets).innerJoin(accounts, eq(accounts.id, accountSecrets.accountId))
      .where(eq(accounts.email, address)),
  );
  return found[0]?.parameters ?? { ...defaultCost, salt: madeUpSalt(ctx.services.secretKey, address) };
}

function madeUpSalt(secretKey: Uint8Array, address: string): string {
  return createHmac('sha256', secretKey).update(`password-salt\0${address}`).digest().subarray(0, 16).toString('base64url');
}
