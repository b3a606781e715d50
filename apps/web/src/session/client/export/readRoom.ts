import { isBatonError } from '@baton/base';
import { HomeserverError } from '@baton/messaging';
import type { RoomReading } from '../../exportContract.ts';
import { isPassing } from '../persistently.ts';
import type { RunningSession } from '../runningSession.ts';

/** What reading a room needs of the session that is running. */
export interface ReadingSession {
  online(): Promise<{ vaults: { changed(projectId: string): Promise<void> } | null }>;
  local: { session: Pick<RunningSession['local']['session'], 'rooms' | 'connection' | 'fetchHistory' | 'readHistory'> };
}

const restMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000];
/** How often a room is waited for that sync has not brought: somebody may have been put on the project a moment ago. */
const patience = 4;

/** Sync has not brought the room, or not yet. */
class RoomMissing extends Error {}

/**
 * Reads a room to its first message:
 *   fetch what this device lacks → read the project's vault, which tries its copies of keys on what is here → decrypt
 * Whatever breaks off is tried again, from where it was. Where the homeserver gives no more, what is here is told as incomplete.
 * Resolves when there is nothing more to tell.
 */
export async function readRoom(
  deps: { session(): ReadingSession; report(problem: unknown): void },
  wanted: { projectId: string; roomId: string; signal: AbortSignal; tell(reading: RoomReading): void },
): Promise<void> {
  const { projectId, roomId, signal, tell } = wanted;
  let pages = 0;
  const read = async (session: ReadingSession): Promise<void> => {
    const { vaults } = await session.online();
    const { rooms, fetchHistory } = session.local.session;
    if (!rooms.current().some((room) => room.roomId === roomId && room.membership === 'join')) throw new RoomMissing();
    await fetchHistory(roomId, { signal, onPage: () => tell({ phase: 'reading', pages: ++pages }) });
    if (signal.aborted) return;
    await vaults?.changed(projectId);
    const items = await session.local.session.readHistory(roomId);
    tell({ phase: 'read', items, complete: true });
  };

  for (let tries = 0; !signal.aborted; tries++) {
    try {
      return await read(deps.session());
    } catch (error) {
      deps.report(error);
      const isMissing = error instanceof RoomMissing;
      if (isPassing(error) || (isMissing && tries < patience)) {
        tell({ phase: isMissing ? 'reading' : 'waiting', pages });
        await rest(restMs[Math.min(tries, restMs.length - 1)] ?? 0, signal);
      } else if (isMissing || isRefused(error)) {
        return tell({ phase: 'read', items: await stored(deps.session(), roomId), complete: false });
      } else {
        return tell({ phase: 'failed', code: isBatonError(error) ? error.code : 'UNEXPECTED' });
      }
    }
  }
}

/** The homeserver's no. */
const isRefused = (error: unknown): boolean => error instanceof HomeserverError && error.failure.kind === 'refused';

const stored = async (session: ReadingSession, roomId: string) => session.local.session.readHistory(roomId).catch(() => []);

const rest = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => (clearTimeout(timer), resolve()), { once: true });
  });
