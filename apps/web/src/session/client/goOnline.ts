import type { RoomUpdate, WireEvent } from '@baton/messaging';
import type { HomeserverConnection } from '@baton/messaging/matrix';
import type { MatrixLogin, OpenedAccount, ProjectLog, TrustDirectory } from '@baton/vault';
import type { DeviceStore } from '@baton/vault/device';
import { isBatonError } from '@baton/base';
import { online, openAttributions, systemScheduler } from '@baton/messaging/online';
import { makeAccountServer, matrixLogin } from '../server/accountServer.ts';
import { makeConversationServer } from '../server/conversationServer.ts';
import { followEarlyMessages } from '../server/earlyMessages.ts';
import { makeVaultServer } from '../server/vaultServer.ts';
import type { ConversationList } from './conversationList.ts';
import type { ClientDependencies, Matrix, Vault } from './dependencies.ts';
import { makeCandidateDepositor, makeDepositor, type MemberDepositor } from './depositor.ts';
import { enterConversation } from './enterConversation.ts';
import type { LocalSession } from './localSession.ts';
import { lookAhead } from './lookAhead.ts';
import { persistently } from './persistently.ts';
import { databasePrefixOf, type ClientRecords, type MatrixRecord } from './records.ts';
import { receiveSessionKeys } from './sessionKeys.ts';
import { openCandidateVault, type CandidateVault } from './vault/candidateVault.ts';
import { makeMemberVaults, type MemberVaults } from './vault/memberVaults.ts';
import { makeLogGossip } from './vault/logGossip.ts';
import { makeReadersCheck, type ReadersCheck } from './vault/readersCheck.ts';
import { serviceUserOf, sideOf } from './viewer.ts';

interface OnlineDependencies {
  client: ClientDependencies;
  vault: Vault;
  matrix: Matrix;
  device: DeviceStore;
  records: ClientRecords;
  local: LocalSession;
  conversations: ConversationList;
  account: OpenedAccount;
  /** From a sign-in; absent when this browser has logged in before. */
  login?: MatrixLogin;
  accountChanged(account: OpenedAccount): void;
  /** What a sync tells of rooms: somebody may have come to one or left it. */
  roomsChanged(rooms: readonly RoomUpdate[]): void;
  sessionEnded(): void;
}

/** A person's connection to the homeserver, and what rests on it. */
export interface OnlineSession {
  connection: HomeserverConnection;
  /** Of a member; null for candidates. */
  depositor: MemberDepositor | null;
  trust: TrustDirectory;
  /** Of a member; null for candidates. */
  vaults: MemberVaults | null;
  /** This device may be spoken to: its identity is certified and, for a candidate, it is in the room. Rejects when that failed for good. */
  established: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Takes a local session online:
 *   trust and the organisation's log from what this device remembers
 *   Matrix: log in or go on, join the account's identity, sync
 *   certificate; a candidate enters the room that the claim named
 */
export async function goOnline(deps: OnlineDependencies): Promise<OnlineSession> {
  const { client, vault, matrix, device, records, local, conversations, account } = deps;
  const server = makeAccountServer(client.request);
  const { root } = account.secrets;
  const log = account.secrets.kind === 'member' ? await vault.openOrganisationLog({ server, device, root }) : null;
  const vaultServer = makeVaultServer(client.request);
  const entering = await records.entering.read();
  const conversationIds = (): string[] => [...(entering === null ? [] : [entering.conversationId]), ...conversations.changes.current().map(({ id }) => id)];
  const behind = log === null ? await openCandidateVault({ vault, server: vaultServer, device, root, isNew: entering !== null, conversationIds }) : null;
  const trust = await vault.openTrustDirectory({ server, device, root, log: behind?.firmLog ?? log, clock: client.clock });
  const team = entering === null || behind === null ? null : lookAhead({ conversations, behind, trust }, entering.conversationId);
  /** Asked for by then: one's own certificate, which whoever is just entering has hardly published. */
  let published = entering === null ? null : server.certificates([account.viewer.mxid]);
  published?.catch(() => {});
  const accountDataSealer = vault.makeAccountDataSealer(account.keys);
  const attributions = await openAttributions({ record: records.attributions, sealer: accountDataSealer, scheduler: systemScheduler, report: client.report });
  const [{ record, login }, unshownHeads] = await Promise.all([logInRecord(deps), records.unshownHeads.read()]);

  let checkReaders: ReadersCheck = async () => null;
  const connection = await matrix.connectHomeserver({
    baseUrl: client.origin,
    login,
    databasePrefix: databasePrefixOf(record),
    storageKey: Uint8Array.from(atob(record.storageKey), (char) => char.charCodeAt(0)),
    secretStorageKey: account.keys.matrixStorageKey,
    directory: { certifiedMasterKeys: trust.certifiedMasterKeys, requireReaders: (roomId, userIds) => checkReaders(roomId, userIds) },
    serviceUserId: serviceUserOf(record.userId),
    // Whoever is just entering has made their account on this very device.
    ...(entering === null ? {} : { firstDevice: true }),
    relogin: () => freshToken(client),
    onAccessToken: (accessToken) => void records.matrix.write({ ...record, accessToken }).catch(client.report),
    clock: client.clock,
  });
  await records.matrix.write({ ...record, accessToken: connection.accessToken });
  team?.then((mxids) => connection.acquaint(mxids)).catch(() => {});
  const homeserver = attributions.judge(connection.homeserver);
  const vaults = log && makeMemberVaults({
    vault, server: vaultServer, device, account, organisationLog: log, trust, conversations, homeserver, attributions,
    store: local.store, progress: records.vaultProgress, scheduler: systemScheduler, clock: client.clock, report: client.report,
  });
  const logOf = vaults ? vaults.logOf : candidatesLogs(deps, behind as CandidateVault);
  const depositor = vaults && makeDepositor({ vault, account, server, trust, conversations, homeserver: () => homeserver, toVault: vaults.depositor, clock: client.clock });
  const keyDepositor = depositor ?? makeCandidateDepositor(vault.makeVaultDepositor({ account, server: vaultServer, vaultOf: logOf }));
  checkReaders = makeReadersCheck({
    vault, own: record.userId, logOf,
    candidateOf: (roomId) => conversations.byRoom(roomId)?.candidate?.mxid,
    refresh: () => conversations.refresh(),
  });
  const gossip = makeLogGossip({
    organisation: account.secrets.organisation, own: record.userId, logOf, heardLogOf: vaults?.heardLogOf ?? logOf, organisationLog: log,
    isColleague: (mxid) => sideOf(mxid) === 'firm',
    record: records.unshownHeads, kept: unshownHeads ?? [], wake: () => local.session.wake(), report: client.report,
  });
  local.complete({ depositor: keyDepositor, accountDataSealer, gossip });
  const endings = [
    attributions.stop,
    receiveSessionKeys(homeserver, client.report),
    homeserver.connection.subscribe((state) => state === 'ended' && deps.sessionEnded()),
    trust.refusals.subscribe(() => local.session.wake()),
  ];
  local.session.attach(homeserver, online);
  if (client.openEventSource) endings.push(followEarlyMessages(() => client.openEventSource!(`${client.origin}/early-messages`), (event) => local.session.heardEarly(event)));
  endings.push(
    homeserver.onSync(async ({ rooms }) => {
      vaults?.roomsCame(rooms.filter(({ state }) => state.some((event) => isArrival(event, record.userId))).map(({ roomId }) => roomId));
      deps.roomsChanged(rooms);
    }),
  );

  let stopped = false;
  const establish = async (): Promise<void> => {
    const waiting = await records.entering.read();
    // The room need not see the identity yet: what is written in it waits until it does.
    const { masterKey } = await (waiting === null ? connection.identified : connection.identity);
    if (waiting === null) {
      await vault.publishIdentity({ server, clock: client.clock, log }, account, { mxid: account.viewer.mxid, matrixMasterKey: masterKey });
    } else {
      const asked = published;
      // The next attempt asks anew.
      published = null;
      const own = asked === null ? server : { ...server, certificates: () => asked };
      const parts = { vault, client, device, records, account, server: own, conversations, trust, session: local.session, homeserver, attributions };
      deps.accountChanged(await enterConversation({ ...parts, conversationServer: makeConversationServer(client.request) }, waiting.conversationId, masterKey));
      await connection.identified;
    }
    local.session.wake();
    vaults?.start();
  };

  return {
    connection: { ...connection, homeserver },
    vaults,
    depositor,
    trust,
    established: persistently(establish, { report: client.report, isOver: () => stopped }),
    stop: async () => {
      stopped = true;
      vaults?.stop();
      for (const end of endings) end();
      await homeserver.stop();
    },
  };
}

/** The log of the project behind the conversation that a candidate's room belongs to. */
function candidatesLogs({ conversations }: OnlineDependencies, behind: CandidateVault): (roomId: string) => Promise<ProjectLog | null> {
  return async (roomId) => {
    if (!conversations.byRoom(roomId)) await conversations.refresh();
    const conversation = conversations.byRoom(roomId);
    return conversation ? behind.ofConversation(conversation.id) : null;
  };
}

const isArrival = ({ type, stateKey, content }: WireEvent, userId: string): boolean => type === 'm.room.member' && stateKey === userId && content['membership'] === 'join';

/**
 * This device's record, and what it logs in with: the token of before, that of a sign-in, or a new one where the page was
 * closed between the two.
 */
async function logInRecord({ client, records, login }: OnlineDependencies): Promise<{ record: MatrixRecord; login: Parameters<Matrix['connectHomeserver']>[0]['login'] }> {
  const known = await records.matrix.read();
  const stays = known !== null && (!login || known.deviceId === login.deviceId);
  if (stays && known.accessToken !== null) {
    const { userId, deviceId, accessToken } = known;
    return { record: known, login: { userId, deviceId, accessToken } };
  }
  const { userId, deviceId, token } = login ?? (await matrixLogin(client.request));
  if (stays && known.deviceId === deviceId) return { record: known, login: { userId, deviceId, token } };
  const storageKey = btoa(String.fromCharCode(...crypto.getRandomValues(new Uint8Array(32))));
  const record: MatrixRecord = { userId, deviceId, accessToken: null, storageKey };
  await records.matrix.write(record);
  return { record, login: { userId, deviceId, token } };
}

async function freshToken({ request }: ClientDependencies): Promise<string | null> {
  try {
    return (await matrixLogin(request)).token;
  } catch (error) {
    if (isBatonError(error, 'UNAUTHENTICATED')) return null;
    throw error;
  }
}
