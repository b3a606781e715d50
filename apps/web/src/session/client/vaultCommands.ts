import { BatonError } from '@baton/base';
import type { OrganisationState, ProjectActor, ProjectState } from '@baton/vault';
import type { ConversationReaders, ProjectReaders, ProjectVaultView, VaultCommands } from '../contract.ts';
import { makeVaultServer } from '../server/vaultServer.ts';
import type { ClientState } from './clientState.ts';
import type { Vault } from './dependencies.ts';
import { makeCandidateVault } from './vault/candidateVault.ts';
import type { MemberVaults } from './vault/memberVaults.ts';

/** The commands on projects' vaults. */
export function makeVaultCommands(state: ClientState): VaultCommands {
  const { deps } = state;
  const vaultsOf = async (): Promise<{ vault: Vault; vaults: MemberVaults }> => {
    const { vaults } = await state.session().online();
    if (vaults === null) throw new BatonError('FORBIDDEN');
    await state.session().certified();
    return { vault: await deps.loadVault(), vaults };
  };

  return {
    changed: async (projectId) => {
      const { vaults } = await state.session().online();
      await vaults?.changed(projectId);
    },
    begin: async (projectId) => {
      const { vaults } = await vaultsOf();
      await vaults.projects.ensure(projectId);
    },
    project: async (projectId) => {
      const { vaults } = await vaultsOf();
      const log = await vaults.projects.log(projectId);
      const found = await log.refresh();
      return found && viewOf(found);
    },
    readers: async (conversationId) => {
      const session = state.session();
      const account = await session.account();
      const vault = await deps.loadVault();
      const behind = makeCandidateVault({ vault, server: makeVaultServer(deps.request), device: state.device(), root: account.secrets.root });
      const log = await behind.ofConversation(conversationId);
      const found = (await log?.refresh()) ?? null;
      return found && conversationReadersOf(found);
    },
    setTeam: async (projectId, team) => {
      const { vault, vaults } = await vaultsOf();
      await vaults.projects.ensure(projectId);
      const roster = team.map(({ accountId, role }) => ({ account: accountId, role }));
      await vaults.projects.change(projectId, (found, context) => vault.makeRosterChange(context, found, roster));
    },
    handOver: async ({ projectId, from, to, kit }) => {
      const { vault, vaults } = await vaultsOf();
      const account = await state.session().account();
      const root = kit === undefined ? null : vault.openFirmKit(kit, account.secrets.root);
      // Who has taken it over already has it: a broken connection may have swallowed the answer.
      const line = (found: ProjectState, context: { organisation: OrganisationState; actor: ProjectActor; now: number }) =>
        isHandedOver(found, from, to) ? null : vault.makeHandover(root === null ? context : { ...context, actor: { root } }, found, { from, to });
      await vaults.projects.change(projectId, line);
    },
  };
}

const isHandedOver = ({ changes, roster }: ProjectState, from: string, to: string): boolean => {
  const last = changes.findLast(({ type }) => type === 'handover');
  return last?.from === from && last.to === to && !roster.some(({ account }) => account === from) && roster.some(({ account }) => account === to);
};

const readersOf = ({ roster, epochs }: ProjectState): ProjectReaders => ({
  team: roster.map(({ account, role }) => ({ accountId: account, role })),
  epoch: epochs.length,
});

const conversationReadersOf = (found: ProjectState): ConversationReaders => ({
  ...readersOf(found),
  handovers: found.changes.filter(({ type }) => type === 'handover').map(({ seq, from, to }) => ({ seq, from, to })),
});

/** What the log says, for people: keys stay here. The actor is null where the recovery kit was used. */
const viewOf = (found: ProjectState): ProjectVaultView => ({
  ...readersOf(found),
  projectId: found.project,
  changes: found.changes.map(({ seq, at, actor, type, came, left, from, to, epoch }) => ({
    seq, at, actorId: actor === found.organisation ? null : actor, type, came: [...came], left: [...left], from, to, epoch,
  })),
});
