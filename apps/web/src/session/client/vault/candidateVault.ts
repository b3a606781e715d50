import { BatonError, isBatonError } from '@baton/base';
import type { OrganisationLogView, ProjectLog } from '@baton/vault';
import type { DeviceStore } from '@baton/vault/device';
import type { VaultServer } from '../../server/vaultServer.ts';
import type { Vault } from '../dependencies.ts';

/** The vault behind a candidate's conversation: its log, to deposit sessions by. They open none of it. */
export interface CandidateVault {
  /** Null while the project has none. */
  ofConversation(conversationId: string): Promise<ProjectLog | null>;
}

/** GraphQL's largest number: no log is that long. */
const noLines = { project: 2 ** 31 - 1, organisation: 2 ** 31 - 1 };

interface Dependencies {
  vault: Pick<Vault, 'openOrganisationLogView' | 'openProjectLog'>;
  server: Pick<VaultServer, 'conversationVault'>;
  device: DeviceStore;
  root: string;
}

/**
 * The firm's log as it comes with a conversation's vault, remembered and held to the pinned root like a member's. While none of
 * the conversations has a vault there is nothing new in it.
 */
export async function openFirmLogBehind({ vault, server, device, root }: Dependencies, conversationIds: () => readonly string[]): Promise<OrganisationLogView> {
  const organisationLog = async (after: number): Promise<unknown[]> => {
    for (const conversationId of conversationIds()) {
      const found = await server.conversationVault(conversationId, { ...noLines, organisation: after });
      if (found !== null) return found.organisationLog;
    }
    throw new BatonError('NOT_FOUND');
  };
  const view = await vault.openOrganisationLogView({ device, root, server: { organisationLog } });
  const refresh: OrganisationLogView['refresh'] = () =>
    view.refresh().catch((error: unknown) => {
      if (isBatonError(error, 'NOT_FOUND')) return view.current();
      throw error;
    });
  return { ...view, refresh };
}

/** @param deps.firmLog the firm's log, where it is open already; else it is opened as the conversation shows it */
export function makeCandidateVault(deps: Dependencies & { firmLog?: OrganisationLogView }): CandidateVault {
  const { vault, server, device, firmLog } = deps;
  const logs = new Map<string, Promise<ProjectLog | null>>();
  const openLog = async (conversationId: string): Promise<ProjectLog | null> => {
    const found = await server.conversationVault(conversationId, noLines);
    if (found === null) return null;
    const organisationLog = firmLog ?? (await openFirmLogBehind(deps, () => [conversationId]));
    return vault.openProjectLog({
      device, organisationLog, project: found.projectId,
      server: {
        projectLog: async (_, after) => (await server.conversationVault(conversationId, { ...noLines, project: after }))?.log ?? [],
        appendProjectLog: () => Promise.reject(new Error('A candidate writes in no log')),
      },
    });
  };
  return {
    ofConversation: (conversationId) => {
      let known = logs.get(conversationId);
      if (!known) {
        known = openLog(conversationId).then((log) => {
          if (log === null) logs.delete(conversationId);
          return log;
        });
        known.catch(() => logs.delete(conversationId));
        logs.set(conversationId, known);
      }
      return known;
    },
  };
}
