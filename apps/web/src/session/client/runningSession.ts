import { BatonError, isBatonError } from '@baton/base';
import type { MatrixLogin, OpenedAccount } from '@baton/vault';
import type { DeviceStore } from '@baton/vault/device';
import type { TeamRoomSummary, ViewerSummary } from '../contract.ts';
import { openConversationList, type ConversationList } from './conversationList.ts';
import { atMostEvery } from './atMostEvery.ts';
import type { ClientDependencies } from './dependencies.ts';
import type { OnlineSession } from './goOnline.ts';
import { openKeptList, type KeptList } from './keptList.ts';
import { lateFile, neededFile } from './lateFiles.ts';
import { openLocalSession, type LocalSession } from './localSession.ts';
import { isNews } from './membersNews.ts';
import { persistently } from './persistently.ts';
import { databasePrefixOf, recordsOf } from './records.ts';

/** Somebody is signed in. */
export interface RunningSession {
  readonly viewer: ViewerSummary;
  readonly local: LocalSession;
  readonly conversations: ConversationList;
  /** Of a member's teams; of candidates always empty. */
  readonly teamRooms: KeptList<TeamRoomSummary>;
  /** The open account: keys and all. Resolves once the vault is loaded. */
  account(): Promise<OpenedAccount>;
  accountChanged(account: OpenedAccount): void;
  /** Resolves when Matrix is connected; rejects when that failed for good, and with SIGNED_OUT when the session ends before. */
  online(): Promise<OnlineSession>;
  /** The open account, once its identity is certified: only then does what it signs count with others. Rejects like `online`. */
  certified(): Promise<OpenedAccount>;
  /** Goes online. Apart from opening, so that what is here can be shown first. */
  start(): void;
  stop(): Promise<void>;
  /** Prefix of the databases that Matrix keeps on this device; null where it never came to that. */
  matrixDatabases(): Promise<string | null>;
}

/** The account that came in, with a log-in to Matrix where it is fresh. */
export interface SignedInHere {
  account: OpenedAccount;
  matrix?: MatrixLogin;
}

interface Options {
  deps: ClientDependencies;
  device: DeviceStore;
  viewer: ViewerSummary;
  /** What a sign-in brought, or what brings it: a claim that is still to be made. Absent when this browser was signed in before. */
  signedIn?: SignedInHere | (() => Promise<SignedInHere>);
  showMessaging(messaging: 'starting' | 'ready' | 'failed', failure?: { code: string }): void;
  sessionEnded(): void;
}

/** A handover brings hundreds of rooms within a minute: so often the lists are asked for then, in milliseconds. */
const restMs = 500;

/** Opens everything of a person that this device has. */
export async function startSession(options: Options): Promise<RunningSession> {
  const { deps, device, viewer, signedIn, showMessaging } = options;
  const records = recordsOf(device);
  const claims = typeof signedIn === 'function';
  const giveWay = deps.giveWay ?? (() => {});
  const loadMatrix = neededFile(deps.loadMatrix, giveWay);
  const loadOnline = neededFile(() => import('./goOnline.ts'), giveWay);
  const conversationServer = {
    list: async () => (await lateFile(() => import('../server/conversationServer.ts'))()).makeConversationServer(deps.request).list(),
  };
  const askTeamRooms = async (): Promise<TeamRoomSummary[]> =>
    viewer.kind === 'candidate' ? [] : (await lateFile(() => import('../server/vaultServer.ts'))()).makeVaultServer(deps.request).teamRooms();
  const openingTeamRooms = openKeptList(askTeamRooms, records.teamRooms, deps.report);
  const [local, conversations, teamRooms] = await Promise.all([
    openLocalSession(deps, device, viewer, openingTeamRooms),
    openConversationList(conversationServer, records.conversations, deps.report),
    openingTeamRooms,
  ]);
  let stopped = false;
  const arrived = Promise.withResolvers<SignedInHere>();
  /** What is waited for when the session is stopped is not waited for any more. */
  const ended = Promise.withResolvers<never>();
  for (const { promise } of [arrived, ended]) promise.catch(() => {});
  let opened: Promise<OpenedAccount> | null = signedIn ? arrived.promise.then(({ account: came }) => came) : null;
  opened?.catch(() => {});
  let online: Promise<OnlineSession> | null = null;
  /** Whoever asks before the session goes online waits for it. */
  const going = Promise.withResolvers<OnlineSession>();
  going.promise.catch(() => {});
  const account = (): Promise<OpenedAccount> => (opened ??= openAccount(deps, device));
  const accountChanged = (next: OpenedAccount): void => void (opened = Promise.resolve(next));
  const refreshList = (): void => {
    if (!stopped) for (const list of [conversations, teamRooms]) list.refresh().catch(deps.report);
  };

  const refreshSometimes = atMostEvery(restMs, refreshList);
  const teamIn = (roomId: string): readonly string[] | null => {
    const room = conversations.byRoom(roomId) ?? teamRooms.changes.current().find((other) => other.roomId === roomId);
    return room?.team.map(({ mxid }) => mxid) ?? null;
  };

  const hasRooms = (): boolean => local.session.rooms.current().some(({ membership }) => membership === 'join');

  /** What this browser has read before can be read again at once; a new one waits for its first sync. */
  const showReady = async ({ connection }: OnlineSession): Promise<void> => {
    await connection.synced;
    if (!stopped) showMessaging('ready');
  };

  /** The files that connecting takes. The cryptography is waited for last: everything else goes on while it is compiled. */
  const loadFiles = async () => {
    const [vault, matrix, { goOnline }] = await Promise.all([deps.loadVault(), loadMatrix(), loadOnline()]);
    const cryptography = neededFile(() => matrix.preload(), giveWay)();
    cryptography.catch(() => {});
    return { vault, matrix, goOnline, cryptography };
  };

  const connect = async (): Promise<OnlineSession> => {
    const patience = { report: sayStalled, isOver: () => stopped };
    const loading = persistently(loadFiles, patience);
    loading.catch(() => {});
    let login = signedIn && (await Promise.race([arrived.promise, ended.promise])).matrix;
    if (claims) refreshList();
    const { vault, matrix, goOnline, cryptography } = await Promise.race([loading, ended.promise]);
    await vault.ready();
    const opening = await account();
    let again = false;
    const tryOnce = async (): Promise<OnlineSession> => {
      if (again) await cryptography;
      again = true;
      const going = goOnline({
        client: deps, vault, matrix, device, records, local, conversations, account: opening,
        ...(login ? { login } : {}),
        accountChanged,
        roomsChanged: (rooms) => {
          if (rooms.some((room) => isNews(room, teamIn(room.roomId), viewer.mxid))) refreshSometimes();
        },
        sessionEnded: options.sessionEnded,
      });
      // It is good for one log-in, and not for long.
      login = undefined;
      return going.catch(async (error: unknown) => {
        await cryptography;
        throw error;
      });
    };
    const connection = await persistently(tryOnce, patience);
    if (stopped) await connection.stop();
    return connection;
  };

  /** What this browser has read before can be read all the same; else a page says why nothing is there yet. */
  const sayStalled = (error: unknown): void => {
    deps.report(error);
    if (!stopped && !hasRooms()) showMessaging('starting', { code: isBatonError(error) ? error.code : 'MATRIX_UNAVAILABLE' });
  };

  const start = (): void => {
    if (signedIn) (claims ? signedIn() : Promise.resolve(signedIn)).then(arrived.resolve, arrived.reject);
    if (hasRooms()) showMessaging('ready');
    if (!claims) refreshList();
    online = connect();
    going.resolve(online);
    online.then(showReady).catch(deps.report);
    online.then(({ established }) => established).catch((error: unknown) => {
      if (stopped) return;
      deps.report(error);
      if (isBatonError(error, 'UNAUTHENTICATED')) options.sessionEnded();
      else showMessaging('failed', { code: isBatonError(error) ? error.code : 'MESSAGING_FAILED' });
    });
  };

  const unlessEnded = <T>(work: Promise<T>): Promise<T> => Promise.race([work, ended.promise]);
  const connected = (): Promise<OnlineSession> => unlessEnded(going.promise);

  return {
    viewer,
    local,
    conversations,
    teamRooms,
    account,
    accountChanged,
    online: connected,
    certified: async () => {
      await unlessEnded((await connected()).established);
      return account();
    },
    start,
    stop: async () => {
      stopped = true;
      ended.reject(new BatonError('SIGNED_OUT'));
      await online?.then((connection) => connection.stop()).catch(deps.report);
      await local.close();
    },
    matrixDatabases: async () => {
      const record = await records.matrix.read();
      return record && databasePrefixOf(record);
    },
  };
}

async function openAccount(deps: ClientDependencies, device: DeviceStore): Promise<OpenedAccount> {
  const vault = await deps.loadVault();
  await vault.ready();
  const account = await vault.restoreAccount(device);
  if (account === null) throw new Error('The account is not on this device');
  return account;
}
