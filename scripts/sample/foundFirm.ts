import { until } from '../headless/until.ts';
import { openHeadlessClient, type HeadlessClient } from '../headless/headlessClient.ts';
import { colleagues, firmName, password } from './agency.ts';

/** A colleague at work. */
export interface StaffMember {
  key: string;
  accountId: string;
  email: string;
  client: HeadlessClient;
}

export type Staff = ReadonlyMap<string, StaffMember>;

/** The first colleague sets the firm up, and the others follow the links that they were sent. */
export async function foundFirm(origin: string): Promise<Staff> {
  const [first, ...others] = colleagues;
  if (!first) throw new Error('The agency has nobody in it');
  const founder = await openHeadlessClient(origin);
  await founder.account.setUpFirm({ firmName, name: first.name, email: first.email, password });
  const joined = await Promise.all(
    others.map(async ({ key, name, email, role }) => {
      const { link } = await founder.account.inviteColleague({ name, role: role === 'partner' ? 'PARTNER' : 'CONSULTANT' });
      const client = await openHeadlessClient(origin);
      await client.account.joinAsColleague({ link, name, email, password });
      return atWork(key, email, client);
    }),
  );
  return new Map([await atWork(first.key, first.email, founder), ...joined].map((member) => [member.key, member]));
}

async function atWork(key: string, email: string, client: HeadlessClient): Promise<StaffMember> {
  const accountId = await until(client.status, (status) => status.phase === 'signed-in' && status.messaging === 'ready' && status.viewer.accountId, `${key} to be ready`);
  return { key, accountId, email, client };
}

/** The colleague of a key. @throws Error when agency.ts names somebody who is not in it */
export function colleague(staff: Staff, key: string): StaffMember {
  const member = staff.get(key);
  if (!member) throw new Error(`agency.ts has no colleague called ${key}`);
  return member;
}
