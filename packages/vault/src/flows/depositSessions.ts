import { isBatonError } from '@baton/base';
import type { OpenedAccount } from '../account/openedAccount.ts';
import { sealDeposit } from '../deposits/seal.ts';
import { inSlices } from '../deposits/slices.ts';
import { makeTogether, type Together } from '../deposits/together.ts';
import type { ProjectLog } from '../project/client.ts';
import { awaitsDepartures } from '../project/departures.ts';
import { currentEpoch, type ProjectState } from '../project/state.ts';
import { mostDeposits, type DepositServer, type SealedSession } from './projectServer.ts';
import type { DepositableSession } from './welcome.ts';

/** Gives sessions to the vault of the project that their room belongs to. */
export interface VaultDepositor {
  /**
   * A session of one's own, before the first message on it is sent. Resolves when the project's team will be able to read it,
   * where the room belongs to no vault, and while the vault's next epoch is awaited (`awaitsDepartures`). Throws what the log and
   * the server throw: nothing may be sent then.
   */
  deposit(session: DepositableSession): Promise<void>;
  /** Sessions of others, for whom their senders did not do it. */
  share(sessions: readonly DepositableSession[]): Promise<void>;
}

/** A rotation takes seconds of somebody's day: more than this many while one message waits are no coincidence. */
const mostRotations = 4;

/**
 * Each session is deposited once, under the epoch that is the newest then: older ones open through the back links. Whoever starts
 * again deposits again, which changes nothing on the server.
 * @param deps.vaultOf the log of the project that a room belongs to; null where it belongs to none
 */
export function makeVaultDepositor(deps: {
  account: Pick<OpenedAccount, 'secrets' | 'keys'>;
  server: DepositServer;
  vaultOf(roomId: string): Promise<ProjectLog | null>;
}): VaultDepositor {
  const { account, server, vaultOf } = deps;
  const depositor = { account: account.secrets.account, keys: account.keys };
  /** Done, or being done, by room and session. */
  const known = new Map<string, Promise<unknown>>();
  const underWay = new Map<ProjectLog, Together<ReadySession, boolean>>();

  const seal = async (state: ProjectState, sessions: readonly ReadySession[]): Promise<SealedSession[]> => {
    const { organisation, project } = state;
    const place = { organisation, project, epoch: currentEpoch(state) };
    const sealed: SealedSession[] = [];
    await inSlices(sessions, ({ room, session, own, exported }) => {
      sealed.push({ roomId: room, sessionId: session, epoch: place.epoch.number, sealed: sealDeposit(depositor, place, { room, session, own, exported }) });
    });
    return sealed;
  };

  /**
   * The state to deposit by. Null where there is no vault yet, and while somebody who was let go could open what is sealed now but
   * a colleague is there to change that: then it is deposited under the epoch to come, by whoever holds it.
   */
  const sealable = async (log: ProjectLog): Promise<ProjectState | null> => {
    const awaits = (state: ProjectState): boolean => {
      const firm = log.organisation.current();
      return firm !== null && awaitsDepartures(state, firm);
    };
    const known = log.current();
    const state = known === null || awaits(known) ? await log.refresh() : known;
    return state === null || awaits(state) ? null : state;
  };

  /** False where nothing can be deposited yet. */
  const upload = async (log: ProjectLog, sessions: readonly ReadySession[]): Promise<boolean> => {
    let state = await sealable(log);
    for (let rotations = 0; state !== null; rotations++) {
      try {
        await server.depositSessions(log.project, await seal(state, sessions));
        return true;
      } catch (error) {
        if (!isBatonError(error, 'EPOCH_OUTDATED') || rotations >= mostRotations) throw error;
        const outdated: number = currentEpoch(state).number;
        state = await log.refresh();
        // A server that names a newer epoch and doesn't show it is not waited for.
        if (state !== null && currentEpoch(state).number <= outdated) throw error;
        state = await sealable(log);
      }
    }
    return false;
  };

  const depositLot = async (log: ProjectLog, lot: readonly DepositableSession[], own: boolean): Promise<boolean> => {
    const exports = lot.map(async ({ roomId, sessionId, exportSession }) => ({ room: roomId, session: sessionId, own, exported: await exportSession() }));
    return await uploads(log).add(await Promise.all(exports));
  };

  /** A backlog that goes out in many rooms at once takes few calls. */
  const uploads = (log: ProjectLog): Together<ReadySession, boolean> => {
    const made = underWay.get(log) ?? makeTogether(mostDeposits, (sessions: readonly ReadySession[]) => upload(log, sessions));
    underWay.set(log, made);
    return made;
  };

  /** Deposits what is not known yet. What could not be deposited is forgotten, so that the next call tries again. */
  const depositFresh = async (log: ProjectLog, lot: readonly DepositableSession[], own: boolean): Promise<void> => {
    const work = depositLot(log, lot, own);
    for (const session of lot) known.set(placeOf(session), work);
    const done = await work.catch((error: unknown) => error);
    if (done !== true) for (const session of lot) known.delete(placeOf(session));
    await work;
  };

  const depositAll = async (sessions: readonly DepositableSession[], own: boolean): Promise<void> => {
    const rooms = [...new Set(sessions.map(({ roomId }) => roomId))];
    for (const [roomId, log] of await Promise.all(rooms.map(async (room) => [room, await vaultOf(room)] as const))) {
      if (log === null) continue;
      const here = sessions.filter((session) => session.roomId === roomId);
      const fresh = here.filter((session) => !known.has(placeOf(session)));
      const already = here.map((session) => known.get(placeOf(session)));
      for (let from = 0; from < fresh.length; from += mostDeposits) await depositFresh(log, fresh.slice(from, from + mostDeposits), own);
      await Promise.all(already);
    }
  };

  return { deposit: (session) => depositAll([session], true), share: (sessions) => depositAll(sessions, false) };
}

interface ReadySession {
  room: string;
  session: string;
  own: boolean;
  exported: string;
}

const placeOf = ({ roomId, sessionId }: DepositableSession): string => `${roomId} ${sessionId}`;
