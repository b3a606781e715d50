import { newId } from '@baton/base';
import type { HeadlessClient } from '../../../../scripts/headless/headlessClient.ts';
import { newEmail, openClient, ready, type Firm, type Recruiter } from './firm.ts';

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

/** Whose client it is. */
export function accountOf(client: HeadlessClient): string {
  const status = client.status.current();
  return status.phase === 'signed-in' ? status.viewer.accountId : '';
}
