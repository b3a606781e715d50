import { isBatonError } from '@baton/base';
import type { Attributions, Homeserver, MessageStore } from '@baton/messaging';
import type { OpenedAccount, ReadDeposits, SessionCopy, TrustDirectory } from '@baton/vault';
import type { JsonRecord } from '@baton/vault/device';
import type { DepositCheck, VaultServer } from '../../server/vaultServer.ts';
import type { Vault } from '../dependencies.ts';
import type { ProjectVaults } from './projectVaults.ts';

interface Dependencies {
  vault: Vault;
  vaults: ProjectVaults;
  server: VaultServer;
  account: OpenedAccount;
  trust: TrustDirectory;
  homeserver: Homeserver;
  attributions: Attributions;
  store: Pick<MessageStore, 'undecrypted'>;
  /** How far each project's deposits were read on this device: the number of the newest. */
  cursors: JsonRecord<Record<string, number>>;
  report(problem: unknown): void;
}

/** Deposits that are fetched, opened and imported at once: the first threads can be read while the rest is on its way. */
const pageSize = 200;

/**
 * Reads what a project's vault has and this device had not seen:
 *   fetch a page → open and verify → import, best copy first → tell who wrote, tell the API what was found whole
 * The sender's own copies are imported as they are, for they can spoil only the sender's words. Copies that others made must
 * first open an event of this room; so must each where several people say that a session is theirs: one of them lies, and what
 * is imported first keeps the other out.
 */
export function makeVaultReader(deps: Dependencies): { read(projectId: string): Promise<void> } {
  const { vault, vaults, server, account, trust, homeserver, attributions, cursors, report } = deps;
  const serverName = account.viewer.mxid.slice(account.viewer.mxid.indexOf(':') + 1);
  const running = new Map<string, Promise<void>>();
  /** Copies, not proven to be the sender's, of sessions that have no event here yet to try them with. */
  const untried = new Map<string, { roomId: string; sessionId: string; copies: SessionCopy[] }>();

  const readAll = async (projectId: string): Promise<void> => {
    await (await vaults.log(projectId)).refresh();
    const opened = await vaults.open(projectId);
    if (opened === null) return;
    for (;;) {
      const after = (await cursors.read())?.[projectId] ?? 0;
      const page = await server.deposits(projectId, after, pageSize);
      const last = page.at(-1);
      if (last === undefined) break;
      const senders = await sendersIn(new Set(page.map(({ roomId }) => roomId)));
      const readPage = () => vault.readDeposits({ account, trust, senderOf: (roomId, sessionId) => senders.get(`${roomId} ${sessionId}`) }, opened, page);
      let found = await readPage();
      const unknown = found.refused.filter(({ code }) => code === 'UNKNOWN_MEMBER').map(({ depositorId }) => vault.mxidOf('candidate', depositorId, serverName));
      // A candidate may have come in this very moment, and this page is not read again.
      if (unknown.length > 0) {
        await trust.refresh(unknown);
        found = await readPage();
      }
      await takeIn(projectId, found);
      await cursors.write({ ...(await cursors.read()), [projectId]: last.number });
      if (page.length < pageSize) break;
    }
    await tryCopies();
  };

  /** Whose events each session's are, as far as some wait for their key here; by room and session. */
  const sendersIn = async (roomIds: ReadonlySet<string>): Promise<Map<string, string>> => {
    const senders = new Map<string, string>();
    for (const roomId of roomIds) {
      for (const { wire } of await deps.store.undecrypted(roomId)) senders.set(`${roomId} ${String(wire.content['session_id'])}`, wire.sender);
    }
    return senders;
  };

  const takeIn = async (projectId: string, { sessions, refused }: ReadDeposits): Promise<void> => {
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
      if (others.length > 0) untried.set(`${session.roomId} ${session.sessionId}`, { ...session, copies: others });
    }
    await check(projectId, own.map(({ copy }) => ({ number: copy.number, reachesFirst: copy.firstIndex === 0 })));
  };

  /** Each is tried with an event that could not be read so far. */
  const tryCopies = async (): Promise<void> => {
    for (const [place, { roomId, sessionId, copies }] of untried) {
      const event = (await deps.store.undecrypted(roomId)).find(({ wire }) => wire.content['session_id'] === sessionId);
      if (event === undefined) continue;
      for (const copy of copies) {
        const isForeign = copy.writer !== null && copy.writer !== event.wire.sender;
        if (isForeign || !(await homeserver.opensEvent(copy.exported, event.wire))) continue;
        if (copy.writer !== null) attributions.learn(roomId, sessionId, copy.writer);
        await homeserver.importSessions([copy.exported]);
        untried.delete(place);
        break;
      }
    }
  };

  const check = async (projectId: string, checks: DepositCheck[]): Promise<void> => {
    for (let from = 0; from < checks.length; from += vault.mostDeposits) await server.check(projectId, checks.slice(from, from + vault.mostDeposits));
  };

  return {
    read: (projectId) => {
      const next = (running.get(projectId) ?? Promise.resolve()).catch(() => undefined).then(() => readAll(projectId)).catch((error: unknown) => {
        // Taken off the project in the meantime.
        if (!isBatonError(error, 'NOT_FOUND')) throw error;
      });
      running.set(projectId, next);
      return next;
    },
  };
}
