import { openRecoveryCode } from '../account/recoveryCode.ts';
import { requireStrongPassword } from '../account/passwordStrength.ts';
import { stretchPassword } from '../account/password.ts';
import { wipe } from '../crypto/bytes.ts';
import type { FlowDependencies } from './dependencies.ts';
import { openAnswer, type SignedIn } from './signedIn.ts';
import { wrapUnderPassword } from './wrapping.ts';

/**
 * Signs in on a browser that knows nothing. Throws what the server throws (WRONG_CREDENTIALS, THROTTLED), KDF_DOWNGRADE,
 * WRAP_DAMAGED, WRONG_ROOT.
 */
export async function signIn(deps: FlowDependencies, given: { email: string; password: string }): Promise<SignedIn> {
  const { server, deviceName } = deps;
  const { authKey, wrapKey } = await stretchPassword(given.password, await server.passwordParameters(given.email));
  const answer = await server.signIn({ email: given.email, authKey, deviceName });
  const signedIn = await openAnswer(deps, answer, { kind: 'password', wrapKey });
  wipe(wrapKey);
  return signedIn;
}

/**
 * Signs in with the recovery code and sets a new password; the code stays good. Throws also RECOVERY_WORD_UNKNOWN,
 * RECOVERY_CODE_INCOMPLETE, RECOVERY_CODE_WRONG, WEAK_PASSWORD: those before anything is sent.
 */
export async function signInWithRecovery(
  deps: FlowDependencies,
  given: { email: string; words: string; newPassword: string },
): Promise<SignedIn> {
  const { server, deviceName } = deps;
  requireStrongPassword(given.newPassword, [given.email]);
  const { authKey, wrapKey } = openRecoveryCode(given.words);
  const answer = await server.signInWithRecovery({ email: given.email, authKey, deviceName });
  const signedIn = await openAnswer(deps, answer, { kind: 'recovery', wrapKey });
  wipe(wrapKey);
  await server.setPassword({ password: await wrapUnderPassword(signedIn.account.secrets, given.newPassword) });
  return signedIn;
}
