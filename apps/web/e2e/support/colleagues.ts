import { newId, systemClock } from '@baton/base';
import { ready as vaultReady, signIn, type OpenedAccount } from '@baton/vault';
import { makeMemoryDevice } from '@baton/vault/testing';
import { inject } from 'vitest';
import { makeCookieFetch } from '../../../../scripts/headless/cookieFetch.ts';
import type { HeadlessClient } from '../../../../scripts/headless/headlessClient.ts';
import { makeRequester } from '../../src/platform/graphql/request.ts';
import { makeAccountServer } from '../../src/session/server/accountServer.ts';
import { newEmail, openClient, ready, type Firm } from './firm.ts';
import type { Credentials } from './recruiter.ts';

export interface Colleague extends Credentials {
  accountId: string;
  client: HeadlessClient;
  name: string;
}

/** A consultant joins the firm, and is certified: others can give them keys. */
export async function join(firm: Firm, name: string): Promise<Colleague> {
  const { link } = await firm.client.account.inviteColleague({ name, role: 'CONSULTANT' });
  const client = await openClient(`The laptop of ${name}`);
  const who = { name, email: newEmail(name), password: 'purple lantern drifts home' };
  await client.account.joinAsColleague({ link, ...who });
  await ready(client);
  await client.vault.project(newId('project')).catch(() => undefined);
  const status = client.status.current();
  return { ...who, client, accountId: status.phase === 'signed-in' ? status.viewer.accountId : '' };
}

/** Their account with all its keys, opened once more on a device of its own. */
export async function openAccount({ email, password }: Credentials): Promise<OpenedAccount> {
  await vaultReady();
  const { origin } = inject('stack');
  const server = makeAccountServer(makeRequester(`${origin}/graphql`, makeCookieFetch(origin), () => {}));
  const { account } = await signIn({ server, device: await makeMemoryDevice().open(), clock: systemClock, deviceName: 'A safe' }, { email, password });
  return account;
}
