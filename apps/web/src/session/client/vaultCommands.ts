import { BatonError } from '@baton/base';
import type { OrganisationState, ProjectActor, ProjectState } from '@baton/vault';
import type { ConversationReaders, ProjectReaders, ProjectVaultView, TakenOver, TeamRoomSummary, VaultCommands } from '../contract.ts';
import { makeVaultServer } from '../server/vaultServer.ts';
import type { ClientState } from './clientState.ts';
import type { Vault } from './dependencies.ts';
import { recordsOf } from './records.ts';
import { openCandidateVault } from './vault/candidateVault.ts';
import { isToBeHandedOver } from './vault/handOver.ts';
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
      const behind = await openCandidateVault({
        vault, server: makeVaultServer(deps.request), device: state.device(), root: account.secrets.root, isNew: false, conversationIds: () => [conversationId],
      });
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
    beginInstead: async (projectId, from) => {
      const { vaults } = await vaultsOf();
      return vaults.beginInstead(projectId, from);
    },
    planHandOver: async ({ projectId, from, to }) => {
      const { vault, vaults } = await vaultsOf();
      const { secrets, keys } = await state.session().account();
      const found = await (await vaults.projects.log(projectId)).refresh();
      if (found === null) throw new BatonError('VAULT_MISSING');
      const plan = vault.makeHandoverPlan({ account: secrets.account, keys, now: deps.clock.now() }, found, { from, to });
      await makeVaultServer(deps.request).planHandover(projectId, plan);
    },
    renewPlan: async (projectId) => {
      const { vaults } = await vaultsOf();
      await vaults.renewPlan(projectId);
    },
    carryOutPlans: async () => {
      const { vaults } = await state.session().online();
      await vaults?.carryOutPlans();
    },
    takenOver: async () => {
      const { vaults } = await vaultsOf();
      const account = await state.session().account();
      const found = await Promise.all(
        state.session().teamRooms.changes.current().map(async (room) => {
          const log = await vaults.projects.log(room.projectId);
          return takenFrom(log.current() ?? (await log.refresh()), account.secrets.account, room);
        }),
      );
      return found.flat().sort((a, b) => b.at.localeCompare(a.at));
    },
    keptHandOver: () => recordsOf(state.device()).handOver.read(),
    keepHandOver: async (kept) => {
      const { handOver } = recordsOf(state.device());
      await (kept === null ? handOver.remove() : handOver.write(kept));
    },
    handOver: async ({ projectId, from, to, kit }) => {
      const { vault, vaults } = await vaultsOf();
      const account = await state.session().account();
      const root = kit === undefined ? null : await vault.openFirmKit(kit, account.secrets.root);
      const line = (found: ProjectState, context: { organisation: OrganisationState; actor: ProjectActor; now: number }) =>
        isToBeHandedOver(found, context.organisation, { from, to }) ? vault.makeHandover(root === null ? context : { ...context, actor: { root } }, found, { from, to }) : null;
      try {
        await vaults.projects.change(projectId, line);
      } finally {
        if (root !== null) vault.forgetRoot(root);
      }
    },
  };
}

const takenFrom = (found: ProjectState | null, viewer: string, { projectId, projectName, roomId }: TeamRoomSummary): TakenOver[] => {
  const line = found?.changes.findLast(({ type, to }) => type === 'handover' && to === viewer);
  if (!found || !line?.from || !found.roster.some(({ account }) => account === viewer)) return [];
  const { seq, at, from, actor } = line;
  return [{ projectId, projectName, teamRoomId: roomId, seq, at, from, by: actor === found.organisation ? null : actor }];
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
