import { systemClock } from '@baton/base';
import { openEpochs, openOrganisationLog, openProjectLog, openTrustDirectory, ready, signIn, type OpenedAccount, type OpenVault, type TrustDirectory } from '@baton/vault';
import { makeMemoryDevice } from '@baton/vault/testing';
import { makeRequester } from '../../apps/web/src/platform/graphql/request.ts';
import { makeAccountServer } from '../../apps/web/src/session/server/accountServer.ts';
import { makeVaultServer, type VaultServer } from '../../apps/web/src/session/server/vaultServer.ts';
import { makeCookieFetch } from './cookieFetch.ts';

/** A project's vault, open to somebody who is on the project: keys and all. */
export interface VaultInHand {
  account: OpenedAccount;
  trust: TrustDirectory;
  server: VaultServer;
  vault: OpenVault;
}

/** Signs in on a device that is forgotten, and opens a project's vault as a client does, without one around it. */
export async function openVaultAs(origin: string, credentials: { email: string; password: string }, project: string): Promise<VaultInHand> {
  await ready();
  const request = makeRequester(`${origin}/graphql`, makeCookieFetch(origin), () => {});
  const [accounts, server] = [makeAccountServer(request), makeVaultServer(request)];
  const device = await makeMemoryDevice().open();
  const { account } = await signIn({ server: accounts, device, clock: systemClock, deviceName: 'A vault in hand' }, credentials);
  const { root } = account.secrets;
  const log = await openOrganisationLog({ server: accounts, device, root });
  await log.refresh();
  const trust = await openTrustDirectory({ server: accounts, device, root, log, clock: systemClock });
  const state = await (await openProjectLog({ server, device, organisationLog: log, project })).refresh();
  const organisation = log.current();
  if (state === null || organisation === null) throw new Error('The project has no vault');
  const { keys } = openEpochs(state, { id: account.secrets.account, box: account.keys.box });
  return { account, trust, server, vault: { state, organisation, keys } };
}
