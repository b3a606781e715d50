import { BatonError, isBatonError } from '@baton/base';
import type { OrganisationLogView, ProjectLog } from '@baton/vault';
import type { DeviceStore } from '@baton/vault/device';
import type { VaultServer } from '../../server/vaultServer.ts';
import type { Vault } from '../dependencies.ts';

/** The vaults behind a candidate's conversations: their logs, to deposit sessions by. They open none of them. */
export interface CandidateVault {
  /**
   * The firm's log as it comes with the conversations' vaults, remembered and held to the pinned root like a member's. While none
   * of them has a vault there is nothing new in it.
   */
  readonly firmLog: OrganisationLogView;
  /** Null while the project has none. */
  ofConversation(conversationId: string): Promise<ProjectLog | null>;
}

type Answer = Awaited<ReturnType<VaultServer['conversationVault']>>;

/** GraphQL's largest number: no log is that long. */
const noLines = { project: 2 ** 31 - 1, organisation: 2 ** 31 - 1 };
const allLines = { project: -1, organisation: -1 };

/**
 * @param deps.isNew nothing is remembered here yet: then one question brings both logs
 * @param deps.conversationIds any of which may be asked for the firm's log
 */
export async function openCandidateVault(deps: {
  vault: Pick<Vault, 'openOrganisationLogView' | 'openProjectLog'>;
  server: Pick<VaultServer, 'conversationVault'>;
  device: DeviceStore;
  root: string;
  isNew: boolean;
  conversationIds(): readonly string[];
}): Promise<CandidateVault> {
  const { vault, server, device, root, isNew, conversationIds } = deps;
  const logs = new Map<string, Promise<ProjectLog | null>>();
  /** What a first question brought, until each log was taken from it. */
  const first = new Map<string, { answer: Promise<Answer>; left: Set<'project' | 'organisation'> }>();

  const firstOf = (conversationId: string): Promise<Answer> => {
    const known = first.get(conversationId);
    if (known) return known.answer;
    const answer = server.conversationVault(conversationId, isNew ? allLines : noLines);
    first.set(conversationId, { answer, left: new Set(isNew ? ['project', 'organisation'] : []) });
    // Nothing is remembered of a vault that is not there yet.
    answer.then((found) => found ?? first.delete(conversationId), () => first.delete(conversationId));
    return answer;
  };
  /** A log's lines after `after`; null where there is no vault. */
  const lines = async (conversationId: string, log: 'project' | 'organisation', after: number): Promise<unknown[] | null> => {
    const beginning = isNew && after === -1 ? await firstOf(conversationId) : null;
    const comesAlong = beginning !== null && first.get(conversationId)?.left.delete(log) === true;
    const answer = comesAlong ? beginning : await server.conversationVault(conversationId, { ...noLines, [log]: after });
    return answer && (log === 'project' ? answer.log : answer.organisationLog);
  };

  const organisationLog = async (after: number): Promise<unknown[]> => {
    for (const conversationId of conversationIds()) {
      const found = await lines(conversationId, 'organisation', after);
      if (found !== null) return found;
    }
    throw new BatonError('NOT_FOUND');
  };
  const view = await vault.openOrganisationLogView({ device, root, server: { organisationLog } });
  const firmLog: OrganisationLogView = {
    ...view,
    refresh: () =>
      view.refresh().catch((error: unknown) => {
        if (isBatonError(error, 'NOT_FOUND')) return view.current();
        throw error;
      }),
  };

  const openLog = async (conversationId: string): Promise<ProjectLog | null> => {
    const found = await firstOf(conversationId);
    if (found === null) return null;
    return vault.openProjectLog({
      device, organisationLog: firmLog, project: found.projectId,
      server: {
        projectLog: async (_, after) => (await lines(conversationId, 'project', after)) ?? [],
        appendProjectLog: () => Promise.reject(new Error('A candidate writes in no log')),
      },
    });
  };
  return {
    firmLog,
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
