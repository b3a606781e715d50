import { accountKeysOf, type AccountSecrets } from '../account/account.ts';
import { keepAccount, type OpenedAccount } from '../account/openedAccount.ts';
import { unwrapSecrets } from '../account/wraps.ts';
import { refusal } from '../errors.ts';
import type { SeedWrap } from '../statements/statements.ts';
import { verifyOrganisation } from '../verification/organisation.ts';
import type { FlowDependencies } from './dependencies.ts';
import type { MatrixLogin, SignedInAnswer } from './server.ts';

/** Somebody is signed in on this device. `account.keys.matrixStorageKey` and `matrix` are what Matrix needs. */
export interface SignedIn {
  account: OpenedAccount;
  matrix: MatrixLogin;
}

/** Opens what a sign-in brought, holds the server's words against the pin in it, and keeps the account on this device. */
export async function openAnswer(
  { device }: Pick<FlowDependencies, 'device'>,
  answer: SignedInAnswer,
  key: { kind: SeedWrap['kind']; wrapKey: Uint8Array },
): Promise<SignedIn> {
  const wrap = answer.wraps.find((candidate) => (candidate as Partial<SeedWrap> | null)?.kind === key.kind);
  if (wrap === undefined) throw refusal('WRAP_DAMAGED');
  const secrets = unwrapSecrets(wrap, { ...key, account: answer.viewer.accountId });
  return await keepSignedIn({ device }, answer, secrets, null);
}

/** Keeps an account whose secrets are known. Throws WRONG_ROOT, WRONG_ACCOUNT, WRONG_ORGANISATION where the server serves another firm or person. */
export async function keepSignedIn(
  { device }: Pick<FlowDependencies, 'device'>,
  answer: SignedInAnswer,
  secrets: AccountSecrets,
  welcome: OpenedAccount['welcome'],
): Promise<SignedIn> {
  const organisation = verifyOrganisation(answer.organisation, { root: secrets.root });
  if (organisation.statement.organisation !== secrets.organisation) throw refusal('WRONG_ORGANISATION');
  if (answer.viewer.accountId !== secrets.account || answer.viewer.kind !== secrets.kind) throw refusal('WRONG_ACCOUNT');
  const account: OpenedAccount = { secrets, keys: accountKeysOf(secrets.seed), viewer: answer.viewer, organisation, welcome };
  await keepAccount(device, account);
  return { account, matrix: answer.matrix };
}
