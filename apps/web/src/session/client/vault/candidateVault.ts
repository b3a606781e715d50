import type { ProjectLog } from '@baton/vault';
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

/** The firm's log comes with the conversation's vault, and is remembered and held to the pinned root like a member's. */
export function makeCandidateVault(deps: { vault: Vault; server: VaultServer; device: DeviceStore; root: string }): CandidateVault {
  const { vault, server, device, root } = deps;
  const logs = new Map<string, Promise<ProjectLog | null>>();
  const openLog = async (conversationId: string): Promise<ProjectLog | null> => {
    const found = await server.conversationVault(conversationId, noLines);
    if (found === null) return null;
    const organisationLog = await vault.openOrganisationLogView({
      device, root,
      server: { organisationLog: async (after) => (await server.conversationVault(conversationId, { ...noLines, organisation: after }))?.organisationLog ?? [] },
    });
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
