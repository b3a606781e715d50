import type { Transport } from '../http/transport.ts';
import {
  CrossSigningIdentity, KeyClaimManager, LogSpan, MatrixHttpApi, OutgoingRequestProcessor, OutgoingRequestsManager,
  RustBackupManager, ServerSideSecretStorageImpl, TypedEventEmitter, wasm, type Logger,
} from '../vendor.ts';
import type { SecretAccountData } from './accountData.ts';

type SdkHttp = MatrixHttpApi<{ baseUrl: string; prefix: string; onlyData: true; fetchFn?: typeof fetch; accessToken?: string; logger?: Logger }>;

/** The Olm machine and the SDK's parts around it. */
export interface Machine {
  readonly olm: wasm.OlmMachine;
  readonly transport: Transport;
  readonly requests: OutgoingRequestProcessor;
  /** What the SDK's own parts send their requests with. */
  readonly http: SdkHttp;
  readonly logger: Logger;
  /** Sends what the machine wants sent, batched; resolves after one round. Failures are tried again after the next sync. */
  flush(): Promise<void>;
  /** Learns the devices of users whom no sync has told of, and opens Olm channels to them. */
  acquaint(userIds: string[]): Promise<void>;
  /** Opens Olm channels to all devices of these users. */
  ensureChannels(userIds: string[]): Promise<void>;
  readonly crossSigning: CrossSigningIdentity;
  readonly secretStorage: ServerSideSecretStorageImpl;
  /** Where secret storage writes to. */
  readonly accountData: SecretAccountData;
  readonly backup: RustBackupManager;
  onKeys(handler: (keys: { roomId: string; sessionId: string }[]) => void): () => void;
  /** Another device list or identity was stored for these users. */
  onUsersChanged(handler: (userIds: string[]) => void): () => void;
  close(): void;
}

interface OlmOptions {
  userId: string;
  deviceId: string;
  databasePrefix: string;
  storageKey: Uint8Array;
}

export interface MachineOptions {
  secretStorageKey: Uint8Array;
  transport: Transport;
  accountData: SecretAccountData;
}

/** The SDK speaks at length, and of ids; nothing of it belongs in a log. */
const silent: Logger = { trace() {}, debug() {}, info() {}, warn() {}, error() {}, getChild: () => silent };

/** How long newly learnt keys wait for company before they are backed up, at most. The SDK's ten seconds lose keys to a closed tab. */
const backupDelayMs = 250;

/** Opens the encrypted crypto store, and makes a new device's keys in it. Caller invariant: nobody else has it open, or it is corrupted. */
export async function openOlm({ userId, deviceId, databasePrefix, storageKey }: OlmOptions): Promise<wasm.OlmMachine> {
  await wasm.initAsync();
  const handle = await wasm.StoreHandle.openWithKey(databasePrefix, storageKey, silent);
  const olm = await wasm.OlmMachine.initFromStore(new wasm.UserId(userId), new wasm.DeviceId(deviceId), handle, silent);
  handle.free();
  olm.roomKeyRequestsEnabled = false;
  return olm;
}

/** Puts the SDK's parts around an opened machine, which they take over. */
export async function openMachine(olm: wasm.OlmMachine, options: MachineOptions): Promise<Machine> {
  const http = new MatrixHttpApi(new TypedEventEmitter(), {
    baseUrl: options.transport.baseUrl,
    prefix: '/_matrix/client/v3',
    onlyData: true,
    accessToken: options.transport.accessToken(),
    fetchFn: (url, init) => options.transport.fetch(String(url), init),
    logger: silent,
  });
  const requests = new OutgoingRequestProcessor(silent, olm, http);
  const outgoing = new OutgoingRequestsManager(silent, olm, requests);
  const claims = new KeyClaimManager(olm, requests);
  const usersOf = (userIds: string[]): wasm.UserId[] => userIds.map((userId) => new wasm.UserId(userId));
  const ensureChannels = (userIds: string[]): Promise<void> => claims.ensureSessionsForUsers(new LogSpan(silent, ''), usersOf(userIds));
  Object.assign(RustBackupManager, { maxBackupLoopStartDelayMillis: backupDelayMs });
  const backup = new RustBackupManager(silent, olm, http, requests);
  const secretStorage = new ServerSideSecretStorageImpl(options.accountData, {
    getSecretStorageKey: async ({ keys }) => {
      const keyId = Object.keys(keys)[0];
      return keyId === undefined ? null : [keyId, options.secretStorageKey as Uint8Array<ArrayBuffer>];
    },
  });

  const keyHandlers = new Set<(keys: { roomId: string; sessionId: string }[]) => void>();
  const userHandlers = new Set<(userIds: string[]) => void>();
  await olm.registerRoomKeyUpdatedCallback(async (infos) => {
    const keys = infos.map((info) => ({ roomId: info.roomId.toString(), sessionId: info.sessionId }));
    for (const handler of keyHandlers) handler(keys);
    void backup.maybeUploadKey();
  });
  const usersChanged = async (userIds: string[]): Promise<void> => {
    for (const handler of userHandlers) handler(userIds);
  };
  await olm.registerDevicesUpdatedCallback((userIds) => usersChanged(userIds.map(String)));
  await olm.registerUserIdentityUpdatedCallback((userId) => usersChanged([userId.toString()]));
  // Makes the machine note whom it has to ask for, so that `getIdentity` waits for those answers.
  await olm.outgoingRequests();

  return {
    olm,
    transport: options.transport,
    requests,
    http,
    logger: silent,
    flush: () => outgoing.doProcessOutgoingRequests(),
    acquaint: async (userIds) => {
      await olm.updateTrackedUsers(usersOf(userIds));
      await requests.makeOutgoingRequest(olm.queryKeysForUsers(usersOf(userIds)));
      await ensureChannels(userIds);
    },
    ensureChannels,
    crossSigning: new CrossSigningIdentity(silent, olm, requests, secretStorage),
    secretStorage,
    accountData: options.accountData,
    backup,
    onKeys: subscribeTo(keyHandlers),
    onUsersChanged: subscribeTo(userHandlers),
    close() {
      claims.stop();
      backup.stop();
      outgoing.stop();
      olm.close();
    },
  };
}

function subscribeTo<T>(handlers: Set<T>): (handler: T) => () => void {
  return (handler) => {
    handlers.add(handler);
    return () => handlers.delete(handler);
  };
}
