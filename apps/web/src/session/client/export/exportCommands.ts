import { BatonError } from '@baton/base';
import type { OrganisationState, ProjectState } from '@baton/vault';
import type { ExportCommands, ExportLogs } from '../../exportContract.ts';
import { makeAccountServer } from '../../server/accountServer.ts';
import { makeVaultServer } from '../../server/vaultServer.ts';
import type { ClientState } from '../clientState.ts';
import type { MemberVaults } from '../vault/memberVaults.ts';

/** The commands on exports that nobody has to follow. */
export function makeExportCommands({ deps, session }: ClientState): Omit<ExportCommands, 'readRoom'> {
  const begin = async () => {
    const { vaults } = await session().online();
    if (vaults === null) throw new BatonError('FORBIDDEN');
    return { vault: await deps.loadVault(), vaults, account: await session().certified() };
  };
  type Begun = Awaited<ReturnType<typeof begin>>;

  /** What the lines add up to, up to the root that this device has pinned. */
  const replay = ({ vault, account }: Begun, projectId: string, { organisation: lines, project }: Pick<ExportLogs, 'organisation' | 'project'>) => {
    const organisation = vault.replayOrganisationLog(lines, { root: account.secrets.root });
    return { organisation, project: vault.replayProjectLog(project, organisation, projectId) };
  };

  return {
    logs: async (projectId) => {
      const begun = await begin();
      // The project's first: the firm's must have every line that it names.
      const project = await makeVaultServer(deps.request).projectLog(projectId, -1);
      const organisation = await makeAccountServer(deps.request).organisationLog(-1);
      await holdTo(begun.vaults, projectId, replay(begun, projectId, { organisation, project }));
      return { organisation, project, fingerprint: begun.vault.shortFingerprint(begun.account.secrets.root) };
    },
    sign: async ({ projectId, logs, content }) => {
      const begun = await begin();
      const { secrets, keys } = begun.account;
      const exporter = { account: secrets.account, keys };
      return begun.vault.makeProjectExport({ ...replay(begun, projectId, logs), exporter, now: deps.clock.now() }, content);
    },
  };
}

/** A server that has shown this device more of a log, or another one, is not believed now. */
async function holdTo(vaults: MemberVaults, projectId: string, { organisation, project }: { organisation: OrganisationState; project: ProjectState }): Promise<void> {
  const log = await vaults.projects.log(projectId);
  await log.refresh();
  await log.organisation.holdTo(organisation);
  await log.holdTo(project);
}
