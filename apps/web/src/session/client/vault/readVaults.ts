import { isBatonError } from '@baton/base';
import type { Attributions, Homeserver, MessageStore, Scheduler } from '@baton/messaging';
import type { DepositAnswer, OpenedAccount, OpenVault, ReadDeposits, SessionCopy, TrustDirectory } from '@baton/vault';
import type { JsonRecord } from '@baton/vault/device';
import type { DepositCheck, VaultServer } from '../../server/vaultServer.ts';
import type { Vault } from '../dependencies.ts';
import { atFirst, fetchAgain, fetchWindow, inLots } from './depositPages.ts';
import type { ProjectVaults } from './projectVaults.ts';

/** How far one project's deposits were read on this device. */
export interface VaultProgress {
  /** Number of the newest one that was read. */
  read: number;
  /** Numbers of copies up to it that could not be tried: no event of their session was here. */
  untried: number[];
}

interface Dependencies {
  vault: Vault;
  vaults: Pick<ProjectVaults, 'log' | 'open'>;
  server: VaultServer;
  account: OpenedAccount;
  trust: TrustDirectory;
  homeserver: Homeserver;
  attributions: Attributions;
  store: Pick<MessageStore, 'undecrypted'>;
  /** By project. */
  progress: JsonRecord<Record<string, VaultProgress>>;
  scheduler: Scheduler;
  report(problem: unknown): void;
}

/** Reads what projects' vaults have and this device had not seen. */
export interface VaultReader {
  read(projectId: string): Promise<void>;
  stop(): void;
}

/** A session with copies that are not proven to be its sender's. */
interface Untried {
  roomId: string;
  sessionId: string;
  copies: SessionCopy[];
}

/** When copies are tried again for which no event was here, in milliseconds: a successor's rooms follow within a minute. Later a read does it. */
const tryAgainMs = [2_000, 5_000, 15_000, 60_000];

/**
 *   fetch → room by room, the newest first: open and verify → import → tell who wrote → tell the API what was found whole
 *
 * A vault of which nothing was read begins with its newest rooms alone: they are readable before the rest has come, however much
 * that is. Rooms are read whole there, too: who disputes a session must not be missing.
 *
 * The sender's own copies are imported as they are, for they can spoil only the sender's words. Copies that others made must
 * first open an event of this room; so must each where several people say that a session is theirs: one of them lies, and what
 * is imported first keeps the other out. Those that can't be tried yet are remembered by their numbers.
 */
export function makeVaultReader(deps: Dependencies): VaultReader {
  const { vault, vaults, server, account, trust, homeserver, attributions, scheduler, report } = deps;
  const serverName = account.viewer.mxid.slice(account.viewer.mxid.indexOf(':') + 1);
  const running = new Map<string, Promise<void>>();
  const untried = new Map<string, Map<string, Untried>>();
  const cancels = new Map<string, () => void>();
  let progress: Promise<Record<string, VaultProgress>> | null = null;

  const knownProgress = (): Promise<Record<string, VaultProgress>> => {
    progress ??= deps.progress.read().then((kept) => kept ?? {});
    progress.catch(() => (progress = null));
    return progress;
  };
  const untriedIn = (projectId: string): Map<string, Untried> => {
    const known = untried.get(projectId) ?? new Map<string, Untried>();
    untried.set(projectId, known);
    return known;
  };
  const remember = async (projectId: string, read: number): Promise<void> => {
    const all = await knownProgress();
    const waiting = [...untriedIn(projectId).values()].flatMap(({ copies }) => copies.map(({ number }) => number)).sort((a, b) => a - b);
    if (all[projectId]?.read === read && String(all[projectId].untried) === String(waiting)) return;
    all[projectId] = { read, untried: waiting };
    await deps.progress.write(all);
  };

  const readAll = async (projectId: string): Promise<void> => {
    const known = (await knownProgress())[projectId];
    const refreshing = vaults.log(projectId).then((log) => log.refresh());
    const [newest] = await Promise.all([known === undefined ? server.newestDeposits(projectId, atFirst) : [], refreshing]);
    const opened = await vaults.open(projectId);
    if (opened === null) return;
    const checks = await takeIn(projectId, opened, newest);
    if (!untried.has(projectId)) checks.push(...(await takeIn(projectId, opened, await fetchAgain(server, projectId, known?.untried ?? []))));
    const taken = new Set(newest.map(({ number }) => number));
    for (let read = known?.read ?? 0; ; ) {
      const { deposits, isLast } = await fetchWindow(server, projectId, read);
      checks.push(...(await takeIn(projectId, opened, deposits.filter(({ number }) => !taken.has(number)))));
      await tell(projectId, checks.splice(0));
      read = deposits.at(-1)?.number ?? read;
      await remember(projectId, read);
      if (isLast) break;
    }
    await tryCopies(projectId, 0);
  };

  /** Returns what to tell the API of it. */
  const takeIn = async (projectId: string, opened: OpenVault, deposits: readonly DepositAnswer[]): Promise<DepositCheck[]> => {
    const checks: DepositCheck[] = [];
    for (const lot of inLots(deposits)) checks.push(...(await importOwn(projectId, await openLot(opened, lot))));
    return checks;
  };

  const tell = async (projectId: string, checks: readonly DepositCheck[]): Promise<void> => {
    for (let from = 0; from < checks.length; from += vault.mostDeposits) await server.check(projectId, checks.slice(from, from + vault.mostDeposits));
  };

  const openLot = async (opened: OpenVault, lot: readonly DepositAnswer[]): Promise<ReadDeposits> => {
    const senders = await sendersIn(new Set(lot.map(({ roomId }) => roomId)));
    const openIt = () => vault.readDeposits({ account, trust, senderOf: (roomId, sessionId) => senders.get(placeOf(roomId, sessionId)) }, opened, lot);
    const found = await openIt();
    const unknown = found.refused.filter(({ code }) => code === 'UNKNOWN_MEMBER').map(({ depositorId }) => vault.mxidOf('candidate', depositorId, serverName));
    if (unknown.length === 0) return found;
    // A candidate may have come in this very moment, and what was read is not read again.
    await trust.refresh(unknown);
    return openIt();
  };

  /** Whose events each session's are, as far as some wait for their key here; by room and session. */
  const sendersIn = async (roomIds: ReadonlySet<string>): Promise<Map<string, string>> => {
    const senders = new Map<string, string>();
    for (const roomId of roomIds) {
      for (const { wire } of await deps.store.undecrypted(roomId)) senders.set(placeOf(roomId, String(wire.content['session_id'])), wire.sender);
    }
    return senders;
  };

  /** Returns what to tell the API of the copies that were imported. */
  const importOwn = async (projectId: string, { sessions, refused }: ReadDeposits): Promise<DepositCheck[]> => {
    if (refused.length > 0) report(new Error(`Refused deposits: ${refused.map(({ number, code }) => `${number} ${code}`).join(', ')}`));
    const own = sessions.flatMap(({ roomId, sessionId, copies }) => {
      const [copy, ...disputed] = copies.filter(({ writer }) => writer !== null);
      return copy === undefined || disputed.length > 0 ? [] : [{ roomId, sessionId, copy }];
    });
    const taken = new Set(own.map(({ copy }) => copy));
    for (const { roomId, sessionId, copy } of own) attributions.learn(roomId, sessionId, copy.writer as string);
    if (own.length > 0) await homeserver.importSessions(own.map(({ copy }) => copy.exported));
    for (const session of sessions) {
      const others = session.copies.filter((copy) => !taken.has(copy));
      if (others.length > 0) untriedIn(projectId).set(placeOf(session.roomId, session.sessionId), { ...session, copies: others });
    }
    return own.map(({ copy }) => ({ number: copy.number, reachesFirst: copy.firstIndex === 0 }));
  };

  /** Each is tried with an event that could not be read so far; what finds none is tried again when the rooms have come. */
  const tryCopies = async (projectId: string, times: number): Promise<void> => {
    cancels.get(projectId)?.();
    const waiting = untriedIn(projectId);
    for (const [roomId, sessions] of Map.groupBy(waiting.values(), (session) => session.roomId)) {
      const events = new Map((await deps.store.undecrypted(roomId)).map(({ wire }) => [wire.content['session_id'], wire]));
      for (const { sessionId, copies } of sessions) {
        const event = events.get(sessionId);
        if (event !== undefined && (await tryEach(copies, event))) waiting.delete(placeOf(roomId, sessionId));
      }
    }
    await remember(projectId, (await knownProgress())[projectId]?.read ?? 0);
    const rest = tryAgainMs[times];
    if (waiting.size > 0 && rest !== undefined) cancels.set(projectId, scheduler.after(rest, () => void inTurn(projectId, () => tryCopies(projectId, times + 1)).catch(report)));
  };

  /** False where none of them opens the event. */
  const tryEach = async (copies: readonly SessionCopy[], event: Parameters<Homeserver['opensEvent']>[1]): Promise<boolean> => {
    for (const copy of copies) {
      const isForeign = copy.writer !== null && copy.writer !== event.sender;
      if (isForeign || !(await homeserver.opensEvent(copy.exported, event))) continue;
      if (copy.writer !== null) attributions.learn(event.roomId, String(event.content['session_id']), copy.writer);
      await homeserver.importSessions([copy.exported]);
      return true;
    }
    return false;
  };

  const inTurn = (projectId: string, work: () => Promise<void>): Promise<void> => {
    const next = (running.get(projectId) ?? Promise.resolve()).catch(() => undefined).then(work);
    running.set(projectId, next);
    return next;
  };

  return {
    read: (projectId) =>
      inTurn(projectId, () => readAll(projectId)).catch((error: unknown) => {
        // Taken off the project in the meantime.
        if (!isBatonError(error, 'NOT_FOUND')) throw error;
      }),
    stop: () => {
      for (const cancel of cancels.values()) cancel();
    },
  };
}

const placeOf = (roomId: string, sessionId: string): string => `${roomId} ${sessionId}`;
