import { isBatonError, type Clock } from '@baton/base';
import type { OpenedAccount, OrganisationLog, OrganisationState, OpenVault, ProjectActor, ProjectLog, ProjectLogStatement, ProjectState, RosterEntry, Signed } from '@baton/vault';
import type { DeviceStore } from '@baton/vault/device';
import type { VaultServer } from '../../server/vaultServer.ts';
import type { Vault } from '../dependencies.ts';

/** The vaults of a member's projects, each opened when it is first needed. */
export interface ProjectVaults {
  log(projectId: string): Promise<ProjectLog>;
  /** What the viewer can open of a project as it was last seen; null for a project without a vault, and for who was never on it. */
  open(projectId: string): Promise<OpenVault | null>;
  /** The log of a project, begun with its members where there is none yet and the viewer may; null while there is none. */
  ensure(projectId: string): Promise<ProjectLog | null>;
  /**
   * Takes out of a project's roster whom the firm has let go, as far as this device has heard of it and the viewer may: they are not
   * asked. Does nothing while it has not seen the project.
   */
  takeOutDeparted(projectId: string): Promise<void>;
  /** Appends a line made of the newest state. `build` may be asked again. Throws what the vault and the API refuse. */
  change(projectId: string, build: (state: ProjectState, context: { organisation: OrganisationState; actor: ProjectActor; now: number }) => Signed<ProjectLogStatement> | null): Promise<ProjectState | null>;
}

/** For members; a candidate has `openCandidateVault`. */
export function makeProjectVaults(deps: {
  vault: Vault;
  server: VaultServer;
  device: DeviceStore;
  account: OpenedAccount;
  organisationLog: OrganisationLog;
  clock: Clock;
}): ProjectVaults {
  const { vault, server, device, account, organisationLog, clock } = deps;
  const { secrets, keys } = account;
  const actor: ProjectActor = { account: secrets.account, keys };
  const logs = new Map<string, Promise<ProjectLog>>();
  const opened = new Map<string, { head: string; keys: OpenVault['keys'] }>();

  const log = (project: string): Promise<ProjectLog> => {
    let known = logs.get(project);
    if (!known) {
      known = vault.openProjectLog({ server, device, organisationLog, project });
      known.catch(() => logs.delete(project));
      logs.set(project, known);
    }
    return known;
  };

  /** The project's members, where the viewer is one of them: only whoever reads a vault may begin it. */
  const rosterOf = async (projectId: string): Promise<RosterEntry[] | null> => {
    const project = (await server.projects()).find(({ id }) => id === projectId);
    if (!project?.members.some(({ member }) => member.id === secrets.account)) return null;
    return project.members.map(({ member, role }) => ({ account: member.id, role: role === 'LEAD' ? 'lead' : 'member' }));
  };

  return {
    log,
    open: async (projectId) => {
      const { current, organisation } = await log(projectId);
      const [state, firm] = [current(), organisation.current()];
      if (state === null || firm === null) return null;
      const known = opened.get(projectId);
      if (known?.head === state.head) return { state, organisation: firm, keys: known.keys };
      try {
        const epochs = vault.openEpochs(state, { id: secrets.account, box: keys.box });
        opened.set(projectId, { head: state.head, keys: epochs.keys });
        return { state, organisation: firm, keys: epochs.keys };
      } catch (error) {
        if (isBatonError(error, 'EPOCH_CLOSED')) return null;
        throw error;
      }
    },
    ensure: async (projectId) => {
      const project = await log(projectId);
      if ((project.current() ?? (await project.refresh())) !== null) return project;
      const roster = await rosterOf(projectId);
      if (roster === null) return null;
      try {
        await project.append((state, organisation) => (state === null ? vault.makeProjectGenesis({ organisation, actor, now: clock.now() }, projectId, roster) : null));
      } catch (error) {
        // Whoever may not begin it leaves it to those who may.
        if (!isBatonError(error, 'NOT_LEAD') && !isBatonError(error, 'FORBIDDEN')) throw error;
      }
      return project.current() === null ? null : project;
    },
    takeOutDeparted: async (projectId) => {
      const project = await log(projectId);
      const [state, organisation] = [project.current(), project.organisation.current()];
      if (state === null || organisation === null || vault.makeDepartures({ organisation, actor, now: clock.now() }, state) === null) return;
      // Made anew of what the logs are by then: a colleague's client sees it in the same moment.
      await project.append((found, known) => (found === null ? null : vault.makeDepartures({ organisation: known, actor, now: clock.now() }, found)));
    },
    change: async (projectId, build) => (await log(projectId)).append((state, organisation) => (state === null ? null : build(state, { organisation, actor, now: clock.now() }))),
  };
}
