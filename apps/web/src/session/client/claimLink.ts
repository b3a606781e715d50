import type { MatrixLogin, OpenedAccount } from '@baton/vault';
import type { DeviceStore } from '@baton/vault/device';
import { makeAccountServer } from '../server/accountServer.ts';
import { takingInvitation, type AskedInvitations } from './askedInvitations.ts';
import type { ClientDependencies } from './dependencies.ts';
import type { ClaimingRecord } from './records.ts';

/** Checks the link and claims it. May be repeated at any point, also after the page was closed in the middle of it. */
export async function claimLink(deps: ClientDependencies, device: DeviceStore, claiming: ClaimingRecord, asked: AskedInvitations): Promise<{ account: OpenedAccount; matrix?: MatrixLogin }> {
  // Asked for while the vault is loaded.
  const server = takingInvitation(makeAccountServer(deps.request), asked, claiming.view.invitationId);
  const vault = await deps.loadVault();
  await vault.ready();
  // The answer was kept, and the page was closed before we noted it.
  const kept = await vault.restoreAccount(device);
  if (kept?.secrets.account === claiming.accountId) return { account: kept };
  const flow = { server, device, clock: deps.clock, deviceName: await deps.deviceName() };
  return await vault.claimAsCandidate(flow, claiming.link, { account: claiming.accountId, conversation: claiming.view.conversationId });
}
