import type { AccountSecrets } from '../account/account.ts';
import { makePasswordParameters, stretchPassword } from '../account/password.ts';
import { makeRecoveryCode, openRecoveryCode } from '../account/recoveryCode.ts';
import { wrapSecrets } from '../account/wraps.ts';
import { wipe } from '../crypto/bytes.ts';
import type { PasswordWrap, RecoveryWrap } from './server.ts';

/** Wraps an account under a new password, with fresh parameters. */
export async function wrapUnderPassword(secrets: AccountSecrets, password: string): Promise<PasswordWrap> {
  const parameters = makePasswordParameters();
  const { authKey, wrapKey } = await stretchPassword(password, parameters);
  const wrap = wrapSecrets(secrets, wrapKey, parameters);
  wipe(wrapKey);
  return { parameters, authKey, wrap };
}

/** Wraps an account under a new recovery code. The words are to be shown once and kept nowhere. */
export function wrapUnderRecoveryCode(secrets: AccountSecrets): { words: string[]; recovery: RecoveryWrap } {
  const words = makeRecoveryCode();
  const { authKey, wrapKey } = openRecoveryCode(words.join(' '));
  const recovery = { authKey, wrap: wrapSecrets(secrets, wrapKey, null) };
  wipe(wrapKey);
  return { words, recovery };
}
