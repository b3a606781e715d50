import { newId, type Clock } from '@baton/base';
import { makeMemoryDevice, type MemoryDevice } from '../device/memoryDevice.ts';
import type { DeviceStore } from '../device/deviceStore.ts';
import { claimAsCandidate, claimAsColleague } from '../flows/claim.ts';
import type { FlowDependencies } from '../flows/dependencies.ts';
import { inviteColleague, makeCandidateInvitation } from '../flows/invite.ts';
import { publishIdentity } from '../flows/publishIdentity.ts';
import type { AccountServer } from '../flows/server.ts';
import { prepareFirm, setUpFirm, type RecoveryKit } from '../flows/setUpFirm.ts';
import type { OpenedAccount } from '../account/openedAccount.ts';
import { openOrganisationLog, type OrganisationLog } from '../log/client.ts';
import type { InvitationStatement, Role, Signed } from '../statements/statements.ts';
import { openTrustDirectory, type TrustDirectory } from '../trust/directory.ts';
import { makeMemoryAccountServer, type MemoryAccountServer } from './memoryAccountServer.ts';

export const testPassword = 'correct horse battery';

/** A clock that a test moves. */
export function makeTestClock(start = Date.parse('2026-05-04T08:00:00.000Z')): Clock & { pass(ms: number): void } {
  let now = start;
  return { now: () => now, pass: (ms) => (now += ms) };
}

/** 43 characters that look like a Matrix master key. */
export const testMasterKey = (letter: string): string => letter.repeat(43);

/** Somebody with a device, signed in and certified. */
export interface TestPerson {
  account: OpenedAccount;
  device: DeviceStore;
  server: AccountServer;
  /** Null for candidates. */
  log: OrganisationLog | null;
  trust: TrustDirectory;
  masterKey: string;
}

export interface TestFirm {
  server: MemoryAccountServer;
  clock: ReturnType<typeof makeTestClock>;
  partner: TestPerson;
  kit: RecoveryKit;
  join(name: string, role: Role, inviter?: TestPerson): Promise<TestPerson>;
  /** Makes a conversation's link, as `inviter`; with `conversation` another link to the same one. */
  link(inviter?: TestPerson, conversation?: string): { conversation: string; link: string; invitation: Signed<InvitationStatement> };
  /** Claims a candidate's link. `device` lets a test come back to it. */
  come(link: string, device?: MemoryDevice): Promise<TestPerson>;
}

/** Sets a firm up through the real flows: a partner, signed in, certified and in the log. */
export async function makeTestFirm(): Promise<TestFirm> {
  const clock = makeTestClock();
  const server = makeMemoryAccountServer(clock);
  let people = 0;
  const on = async (device: MemoryDevice = makeMemoryDevice()): Promise<FlowDependencies> => ({
    server, device: await device.open(), clock, deviceName: 'Chrome on Linux',
  });
  const settle = async (account: OpenedAccount, device: DeviceStore): Promise<TestPerson> => {
    const mine = server.as(account.secrets.account);
    const { root, kind } = account.secrets;
    const log = kind === 'member' ? await openOrganisationLog({ server: mine, device, root }) : null;
    const masterKey = testMasterKey(String.fromCharCode(65 + people++));
    await publishIdentity({ server: mine, clock, log }, account, { mxid: account.viewer.mxid, matrixMasterKey: masterKey });
    const trust = await openTrustDirectory({ server: mine, device, root, log, clock });
    return { account, device, server: mine, log, trust, masterKey };
  };

  const firstDevice = await on();
  const prepared = await prepareFirm(firstDevice, {
    firmName: 'Morgan Search', name: 'Ada Morgan', email: 'ada@morgan.test', password: testPassword,
  });
  const { account } = await setUpFirm(firstDevice, prepared);
  const partner = await settle(account, firstDevice.device);

  return {
    server, clock, partner, kit: prepared.kit,
    join: async (name, role, inviter = partner) => {
      const { link } = await inviteColleague({ server: inviter.server, clock }, inviter.account, { name, role });
      const deps = await on();
      const joined = await claimAsColleague(deps, { link, name, email: `${name.toLowerCase()}@morgan.test`, password: testPassword });
      return await settle(joined.account, deps.device);
    },
    link: (inviter = partner, conversation = newId('conversation')) => {
      const made = makeCandidateInvitation({ clock }, inviter.account, conversation);
      server.storeInvitation(made, 'Lin');
      return { conversation, link: made.link, invitation: made.invitation };
    },
    come: async (link, device) => {
      const deps = await on(device);
      const claimed = await claimAsCandidate(deps, link);
      return await settle(claimed.account, deps.device);
    },
  };
}
