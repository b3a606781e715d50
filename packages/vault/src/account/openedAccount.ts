import type { DeviceStore } from '../device/deviceStore.ts';
import { jsonRecord, type JsonRecord } from '../device/records.ts';
import { fromBase64url, toBase64url } from '../crypto/bytes.ts';
import type { ViewerAnswer } from '../flows/server.ts';
import type { InvitationStatement, OrganisationStatement, Signed } from '../statements/statements.ts';
import { accountKeysOf, type AccountKeys, type AccountSecrets } from './account.ts';

/** An account that is open on this device. Lives in the worker and never leaves it. */
export interface OpenedAccount {
  secrets: AccountSecrets;
  keys: AccountKeys;
  /** What the API says of the account: names and state, nothing that is believed. */
  viewer: ViewerAnswer;
  /** Verified against `secrets.root`. */
  organisation: Signed<OrganisationStatement>;
  /** A candidate who has not read the welcome bundle yet: the link that opens it. Null for everybody else. */
  welcome: { invitation: Signed<InvitationStatement>; linkSecret: Uint8Array } | null;
}

type StoredAccount = Omit<OpenedAccount, 'secrets' | 'keys' | 'welcome'> & {
  secrets: Omit<AccountSecrets, 'seed'> & { seed: string };
  welcome: { invitation: Signed<InvitationStatement>; linkSecret: string } | null;
};

const accountRecord = (device: DeviceStore): JsonRecord<StoredAccount> => jsonRecord(device, 'account');

/** Keeps the account on this device, sealed. */
export async function keepAccount(device: DeviceStore, account: OpenedAccount): Promise<void> {
  const { keys: _keys, secrets, welcome, ...rest } = account;
  await accountRecord(device).write({
    ...rest,
    secrets: { ...secrets, seed: toBase64url(secrets.seed) },
    welcome: welcome === null ? null : { ...welcome, linkSecret: toBase64url(welcome.linkSecret) },
  });
}

/** The account that this device keeps, or null where nobody is signed in. */
export async function restoreAccount(device: DeviceStore): Promise<OpenedAccount | null> {
  const stored = await accountRecord(device).read();
  if (stored === null) return null;
  const { secrets, welcome, ...rest } = stored;
  const seed = fromBase64url(secrets.seed);
  return {
    ...rest,
    secrets: { ...secrets, seed },
    keys: accountKeysOf(seed),
    welcome: welcome === null ? null : { ...welcome, linkSecret: fromBase64url(welcome.linkSecret) },
  };
}
