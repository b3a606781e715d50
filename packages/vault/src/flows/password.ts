import { keepAccount, type OpenedAccount } from '../account/openedAccount.ts';
import { stretchPassword } from '../account/password.ts';
import { requireStrongPassword } from '../account/passwordStrength.ts';
import { wipe } from '../crypto/bytes.ts';
import { refusal } from '../errors.ts';
import { shortFingerprint } from '../organisation/fingerprint.ts';
import type { FlowDependencies } from './dependencies.ts';
import type { SetPasswordInput } from './server.ts';
import type { RecoveryKit } from './setUpFirm.ts';
import { wrapUnderPassword, wrapUnderRecoveryCode } from './wrapping.ts';

type Dependencies = Pick<FlowDependencies, 'server' | 'device'>;

/**
 * A candidate's first password (with `email`), or another one (with `currentPassword`). Returns the account as it is now.
 * Throws WEAK_PASSWORD and what the server throws (WRONG_PASSWORD, EMAIL_TAKEN).
 */
export async function setPassword(
  deps: Dependencies,
  account: OpenedAccount,
  given: { email?: string; currentPassword?: string; newPassword: string },
): Promise<OpenedAccount> {
  const email = given.email ?? account.viewer.email;
  requireStrongPassword(given.newPassword, [account.viewer.name, email ?? '', account.viewer.firmName]);
  const input: SetPasswordInput = { password: await wrapUnderPassword(account.secrets, given.newPassword) };
  if (given.email !== undefined) input.email = given.email;
  if (given.currentPassword !== undefined) input.currentAuthKey = await currentAuthKey(deps, account, given.currentPassword);
  await deps.server.setPassword(input);
  const next: OpenedAccount = { ...account, viewer: { ...account.viewer, email, hasPassword: true } };
  await keepAccount(deps.device, next);
  return next;
}

/** New words for this account; the old ones stop working. Throws what the server throws (WRONG_PASSWORD). */
export async function renewRecoveryCode(
  deps: Dependencies,
  account: OpenedAccount,
  given: { currentPassword: string },
): Promise<RecoveryKit> {
  const { words, recovery } = wrapUnderRecoveryCode(account.secrets);
  await deps.server.setPassword({
    password: await wrapUnderPassword(account.secrets, given.currentPassword),
    currentAuthKey: await currentAuthKey(deps, account, given.currentPassword),
    recovery,
  });
  return {
    firmName: account.viewer.firmName, fingerprint: shortFingerprint(account.secrets.root), firmWords: null, accountWords: words,
  };
}

async function currentAuthKey({ server }: Dependencies, account: OpenedAccount, password: string): Promise<string> {
  if (account.viewer.email === null) throw refusal('WRONG_PASSWORD');
  const { authKey, wrapKey } = await stretchPassword(password, await server.passwordParameters(account.viewer.email));
  wipe(wrapKey);
  return authKey;
}
