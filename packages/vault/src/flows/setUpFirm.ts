import { isBatonError, newId } from '@baton/base';
import { makeAccount, publicKeysOf, type AccountSecrets } from '../account/account.ts';
import { requireStrongPassword } from '../account/passwordStrength.ts';
import { makeVouch } from '../certificates/certificate.ts';
import { shortFingerprint } from '../organisation/fingerprint.ts';
import { firmKitOf } from '../organisation/kit.ts';
import { forgetRoot, makeOrganisation, makeRoot } from '../organisation/root.ts';
import type { FlowDependencies } from './dependencies.ts';
import type { SetUpFirmInput, SignedInAnswer } from './server.ts';
import { keepSignedIn, type SignedIn } from './signedIn.ts';
import { wrapUnderPassword, wrapUnderRecoveryCode } from './wrapping.ts';

/** What the sheet to print holds. Shown once, never stored. */
export interface RecoveryKit {
  firmName: string;
  /** Short form of the root's fingerprint, in groups, to compare by eye. */
  fingerprint: string;
  /** 24 words that open the organisation's root; null for a colleague's sheet. */
  firmWords: string[] | null;
  /** 12 words that open this person's own account. */
  accountWords: string[];
}

/** A firm that is made and not sent yet. Kept in memory only, so that a lost answer can be asked for again with the same ids. */
export interface PreparedFirm {
  input: SetUpFirmInput;
  secrets: AccountSecrets;
  kit: RecoveryKit;
}

/** Makes root, account, wraps and kit. The root's secret is forgotten here: from now on it is on the sheet only. Throws WEAK_PASSWORD. */
export async function prepareFirm(
  { clock, deviceName }: Pick<FlowDependencies, 'clock' | 'deviceName'>,
  wanted: { firmName: string; name: string; email: string; password: string },
): Promise<PreparedFirm> {
  const { firmName, name, email, password } = wanted;
  requireStrongPassword(password, [name, email, firmName]);
  const organisationId = newId('organisation');
  const accountId = newId('account');
  const root = makeRoot();
  const keys = makeAccount();
  const about = { kind: 'member', account: accountId, organisation: organisationId, root: root.fingerprint, invitation: null } as const;
  const secrets: AccountSecrets = { ...about, vouch: makeVouch('root', root.signing, about, keys), seed: keys.seed };
  const organisation = makeOrganisation(root, organisationId, clock.now());
  const firmWords = firmKitOf(root);
  forgetRoot(root);
  const { words, recovery } = wrapUnderRecoveryCode(secrets);
  return {
    input: {
      organisationId, accountId, firmName, name, email, organisation, keys: publicKeysOf(keys),
      password: await wrapUnderPassword(secrets, password), recovery, deviceName,
    },
    secrets,
    kit: { firmName, fingerprint: shortFingerprint(secrets.root), firmWords, accountWords: words },
  };
}

/**
 * Sends a prepared firm. May be called again with the same one after OFFLINE: where the first call had arrived, it signs in.
 * Throws what the server throws (ALREADY_SET_UP, INVALID_EMAIL …).
 */
export async function setUpFirm(deps: FlowDependencies, prepared: PreparedFirm): Promise<SignedIn> {
  return await keepSignedIn(deps, await sendOnce(deps, prepared.input), prepared.secrets, null);
}

async function sendOnce({ server, deviceName }: FlowDependencies, input: SetUpFirmInput): Promise<SignedInAnswer> {
  try {
    return await server.setUpFirm(input);
  } catch (error) {
    if (!isBatonError(error, 'ALREADY_SET_UP')) throw error;
    try {
      const answer = await server.signIn({ email: input.email, authKey: input.password.authKey, deviceName });
      if (answer.viewer.accountId === input.accountId) return answer;
    } catch {
      // Somebody else set it up: say that, not that these credentials are wrong.
    }
    throw error;
  }
}
