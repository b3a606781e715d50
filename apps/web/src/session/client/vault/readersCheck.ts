import { BatonError } from '@baton/base';
import type { ProjectLog } from '@baton/vault';
import type { Vault } from '../dependencies.ts';

/**
 * Throws BatonError `GHOST_MEMBER {userId}` when one of those in a room is neither on the project, by its signed log, nor its
 * candidate. Resolves with what names the project's newest key, null where there is none: under another key a session is begun anew,
 * or whoever was taken off the project could go on reading it.
 */
export type ReadersCheck = (roomId: string, userIds: readonly string[]) => Promise<string | null>;

/**
 * Who may be written to: whom the homeserver lists in a room is its word alone. Somebody unknown is looked up once more before
 * they are taken for a ghost: they may just have come.
 */
export function makeReadersCheck(deps: {
  vault: Pick<Vault, 'mxidOf' | 'departedFrom'>;
  /** The viewer's Matrix id. */
  own: string;
  logOf(roomId: string): Promise<ProjectLog | null>;
  candidateOf(roomId: string): string | undefined;
  /** Asks anew who the candidates are. */
  refresh(): Promise<void>;
}): ReadersCheck {
  const { vault, own, logOf, candidateOf, refresh } = deps;
  const serverName = own.slice(own.indexOf(':') + 1);
  const ghostAmong = (log: ProjectLog, roomId: string, userIds: readonly string[]): string | undefined => {
    const [state, firm] = [log.current(), log.organisation.current()];
    if (state === null) return undefined;
    const gone = firm === null ? [] : vault.departedFrom(state, firm);
    const team = state.roster.filter(({ account }) => !gone.includes(account));
    const readers = new Set([own, candidateOf(roomId), ...team.map(({ account }) => vault.mxidOf('member', account, serverName))]);
    return userIds.find((userId) => !readers.has(userId));
  };
  return async (roomId, userIds) => {
    const log = await logOf(roomId);
    if (log === null) return null;
    if (ghostAmong(log, roomId, userIds) !== undefined) {
      await Promise.all([refresh(), log.refresh()]);
      const userId = ghostAmong(log, roomId, userIds);
      if (userId !== undefined) throw new BatonError('GHOST_MEMBER', { userId });
    }
    return log.current()?.epochs.at(-1)?.commitment ?? null;
  };
}
