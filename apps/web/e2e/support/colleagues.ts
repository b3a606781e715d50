import { newId, systemClock } from '@baton/base';
import { ready as vaultReady, signIn, type OpenedAccount } from '@baton/vault';
import { makeMemoryDevice } from '@baton/vault/testing';
import { inject } from 'vitest';
import { makeCookieFetch } from '../../../../scripts/headless/cookieFetch.ts';
import type { HeadlessClient } from '../../../../scripts/headless/headlessClient.ts';
import { makeRequester } from '../../src/platform/graphql/request.ts';
import { makeAccountServer } from '../../src/session/server/accountServer.ts';
import { newEmail, openClient, ready, type Firm, type Recruiter } from './firm.ts';
import type { Credentials } from './recruiter.ts';

/** Somebody who works in a firm, at a client without a browser. */
export interface Colleague extends Recruiter {
  accountId: string;
  client: HeadlessClient;
}

/** Invites a consultant. */
export async function invite(firm: Firm, name: string): Promise<string> {
  return (await firm.client.account.inviteColleague({ name, role: 'CONSULTANT' })).link;
}

/** Comes into the firm by a link, and is certified and in the firm's log: only then others can seal something to them. */
export async function joinBy(link: string, name: string): Promise<Colleague> {
  const client = await openClient(`The laptop of ${name}`);
  const who = { name, email: newEmail(name), password: 'purple lantern drifts home' };
  await client.account.joinAsColleague({ link, ...who });
  await ready(client);
  await client.vault.project(newId('project')).catch(() => undefined);
  return { ...who, client, accountId: accountOf(client) };
}

/** A consultant is invited, and joins the firm. */
export const join = async (firm: Firm, name: string): Promise<Colleague> => joinBy(await invite(firm, name), name);

/** Whose client it is. */
export function accountOf(client: HeadlessClient): string {
  const status = client.status.current();
  return status.phase === 'signed-in' ? status.viewer.accountId : '';
}

/** Their account with all its keys, opened once more on a device of its own. */
export async function openAccount({ email, password }: Credentials): Promise<OpenedAccount> {
  await vaultReady();
  const { origin } = inject('stack');
  const server = makeAccountServer(makeRequester(`${origin}/graphql`, makeCookieFetch(origin), () => {}));
  const { account } = await signIn({ server, device: await makeMemoryDevice().open(), clock: systemClock, deviceName: 'A safe' }, { email, password });
  return account;
}
