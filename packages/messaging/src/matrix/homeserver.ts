import { HomeserverError, type Homeserver } from '../ports.ts';
import { makeFetchBackedUpKeys } from './crypto/backup.ts';
import { makeDecryption } from './crypto/decrypt.ts';
import { exportSessions, importSessions, opensEvent } from './crypto/exportedSessions.ts';
import { makeRoomEncryption } from './crypto/encrypt.ts';
import { makeSendToDevices } from './crypto/toDevice.ts';
import type { Identities } from './crypto/identities.ts';
import type { Machine } from './crypto/machine.ts';
import type { Transport } from './http/transport.ts';
import type { HomeserverOptions } from './options.ts';
import type { SetUp } from './setUp.ts';
import type { SyncLoop } from './sync/loop.ts';
import type { SyncHandlers, SyncProcessing } from './sync/process.ts';
import { toWireEvent, type RawEvent } from './sync/response.ts';
import type { SyncStore } from './sync/store.ts';

interface Deps {
  machine: Machine;
  transport: Transport;
  store: SyncStore;
  loop: SyncLoop;
  identities: Identities;
  process: SyncProcessing;
  setUp: SetUp;
  handlers: SyncHandlers;
  options: HomeserverOptions;
  /** The device has not been here before. */
  isNew: boolean;
  now(): number;
}

/** How long one may write into a room that the API has just made before sync has told of it. */
const newRoomMs = 10_000;
const typingMs = 20_000;

/** The Homeserver port over the parts. */
export function makeHomeserver(deps: Deps): Homeserver {
  const { machine, transport, store, loop, identities, process, setUp, handlers, options } = deps;
  const { userId, deviceId } = options.login;
  const user = encodeURIComponent(userId);
  const encryption = makeRoomEncryption({
    machine,
    identities,
    store,
    serviceUserId: options.serviceUserId,
    requireReaders: async (roomId, userIds) => (await options.directory.requireReaders?.(roomId, userIds)) ?? null,
    messagesPerSession: options.messagesPerSession,
    now: deps.now,
    async roomOf(roomId) {
      // Nobody would trust a device that its owner has not signed yet.
      await setUp.identified;
      const room = await process.whenKnown(roomId, newRoomMs);
      if (room === undefined) throw new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'No sync has told of this room yet');
      return room;
    },
  });
  const decryption = makeDecryption(machine, identities);
  process.onRotate((roomId) => encryption.rotate(roomId));
  const room = (roomId: string): string => `/rooms/${encodeURIComponent(roomId)}`;

  return {
    userId,
    deviceId,
    connection: loop.connection,
    onSync: (handler) => {
      handlers.sync.add(handler);
      process.begin();
      return () => handlers.sync.delete(handler);
    },
    onKeys: (handler) => machine.onKeys(handler),
    onProof: (handler) => identities.onCertified((sender) => handler({ sender })),
    onDeviceMessage: (handler) => {
      handlers.device.add(handler);
      return () => handlers.device.delete(handler);
    },
    decrypt: decryption.decrypt,
    fetchBackedUpKeys: makeFetchBackedUpKeys(machine, transport, setUp.backupReady, deps.isNew),
    prepare: (roomId) => encryption.prepare(roomId),
    encrypt: (roomId, type, content) => encryption.encrypt(roomId, type, content),
    async put(roomId, transactionId, type, content) {
      const path = `${room(roomId)}/send/${encodeURIComponent(type)}/${encodeURIComponent(transactionId)}`;
      return (await transport.request<{ event_id: string }>('PUT', path, { body: content })).event_id;
    },
    async messages(roomId, from, limit) {
      const query = { dir: 'b', limit: String(limit), ...(from === null ? {} : { from }) };
      const page = await transport.request<{ chunk: RawEvent[]; end?: string }>('GET', `${room(roomId)}/messages`, { query });
      // Before a room's creation there is nothing: one need not ask to hear so.
      const isBeginning = page.chunk.some(({ type }) => type === 'm.room.create');
      return { events: page.chunk.map((event) => toWireEvent(roomId, event)), next: isBeginning ? null : (page.end ?? null) };
    },
    sendReadReceipt: async (roomId, eventId, to) => void (await transport.request('POST', `${room(roomId)}/receipt/${to === 'all' ? 'm.read' : 'm.read.private'}/${encodeURIComponent(eventId)}`, { body: {} })),
    sendTyping: async (roomId, typing) => void (await transport.request('PUT', `${room(roomId)}/typing/${user}`, { body: typing ? { typing, timeout: typingMs } : { typing } })),
    async sendToDevices(userIds, type, content) {
      await setUp.identified;
      await makeSendToDevices(machine, transport, identities)(userIds, type, content);
    },
    setRoomAccountData: async (roomId, type, content) => void (await transport.request('PUT', `/user/${user}${room(roomId)}/account_data/${encodeURIComponent(type)}`, { body: content })),
    setAccountData: async (type, content) => void (await transport.request('PUT', `/user/${user}/account_data/${encodeURIComponent(type)}`, { body: content })),
    members: (roomId) => Object.entries(store.rooms.get(roomId)?.members ?? {}).map(([member, membership]) => ({ userId: member, membership })),
    async exportSession(roomId, sessionId) {
      const [exported] = await exportSessions(machine, [{ roomId, sessionId }]);
      if (exported === undefined) throw new Error(`No session ${sessionId} to export`);
      return exported;
    },
    exportSessions: (wanted) => exportSessions(machine, wanted),
    opensEvent,
    importSessions: async (exported) => decryption.wereImported(await importSessions(machine, exported)),
    async stop() {
      loop.stop();
      setUp.stop();
      identities.stop();
      machine.close();
      store.close();
    },
  };
}
