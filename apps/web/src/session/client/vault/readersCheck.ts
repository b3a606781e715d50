import { BatonError } from '@baton/base';
import type { ProjectLog } from '@baton/vault';
import type { Vault } from '../dependencies.ts';

/** Throws BatonError `GHOST_MEMBER {userId}` when one of those in a room is neither on the project, by its signed log, nor its candidate. */
export type ReadersCheck = (roomId: string, userIds: readonly string[]) => Promise<void>;

/**
 * Who may be written to: whom the homeserver lists in a room is its word alone. Somebody unknown is looked up once more before
 * they are taken for a ghost: they may just have come.
 */
export function makeReadersCheck(deps: {
  vault: Pick<Vault, 'mxidOf'>;
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
    const roster = log.current()?.roster;
    if (roster === undefined) return undefined;
    const readers = new Set([own, candidateOf(roomId), ...roster.map(({ account }) => vault.mxidOf('member', account, serverName))]);
    return userIds.find((userId) => !readers.has(userId));
  };
  return async (roomId, userIds) => {
    const log = await logOf(roomId);
    if (log === null || ghostAmong(log, roomId, userIds) === undefined) return;
    await Promise.all([refresh(), log.refresh()]);
    const userId = ghostAmong(log, roomId, userIds);
    if (userId !== undefined) throw new BatonError('GHOST_MEMBER', { userId });
  };
}
