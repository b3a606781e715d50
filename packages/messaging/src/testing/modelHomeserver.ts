import { makeSubject, type Subject } from '@baton/base';
import { fromBase64, fromJsonBytes, toBase64, toJsonBytes } from '../encoding.ts';
import { HomeserverError, type ConnectionState, type DeviceMessage, type Homeserver, type SyncUpdate, type WireEvent } from '../ports.ts';
import type { ModelServer } from './modelServer.ts';
import { makeMemoryDisk, type MemoryDisk } from './memoryStore.ts';

/** Few, so that many sessions meet in one room. */
const messagesPerSession = 3;

/** What may happen to one PUT. `lost`: the server accepts it, and the answer does not come. */
export type PutFate = 'ok' | 'unsent' | 'lost' | 'limited' | 'bad-gateway' | 'twice' | 'refused';

/** What a device keeps when its page is killed: its disk, its sync token, its keys. */
export interface ModelDevice {
  userId: string;
  deviceId: string;
  disk: MemoryDisk;
  token: number;
  sessions: Set<string>;
  /** Sessions made by this device, to name the next one. */
  made: number;
  /** Current outbound session of each room, and its next index. */
  outbound: Map<string, { sessionId: string; index: number }>;
  clockOffset: number;
  connection: Subject<ConnectionState>;
}

/** What the devices of a world share. */
export interface ModelWorld {
  server: ModelServer;
  devices: ModelDevice[];
  /** Sessions whose keys are in the users' backup. */
  backup: Set<string>;
  /** What happens to the next PUT. */
  putFate(): PutFate;
  /** Whether the keys of a new session reach the others late, by backup, or at once. */
  keyFate(): 'at-once' | 'late' | 'backup';
  isDown(): boolean;
  /** Every delivered receipt, when it is sent. */
  onReceipt?(device: ModelDevice, roomId: string, eventId: string): void;
}

/** One page's hold on the world: `pause` is where it may be killed, and then never returns. */
export interface ModelPage {
  pause(): Promise<void>;
  isAlive(): boolean;
  after(ms: number, task: () => void): void;
}

export function makeModelDevice(userId: string, deviceId: string): ModelDevice {
  return {
    userId, deviceId, disk: makeMemoryDisk(), token: 0, sessions: new Set(), made: 0, outbound: new Map(), clockOffset: 0,
    connection: makeSubject<ConnectionState>('online'),
  };
}

/** The Homeserver port of one page of a device, on the model server. */
export function makeModelHomeserver(world: ModelWorld, device: ModelDevice, page: ModelPage): Homeserver {
  const { server } = world;
  const keyListeners = new Set<(keys: { roomId: string; sessionId: string }[]) => void>();
  const deviceListeners = new Set<(message: DeviceMessage) => void>();
  let nonce = 0;

  const reach = async <T>(work: () => T): Promise<T> => {
    await page.pause();
    if (device.connection.current() !== 'online' || world.isDown()) throw new HomeserverError({ kind: 'again', outcome: 'unsent' }, 'unreachable');
    const result = work();
    await page.pause();
    return result;
  };
  const giveKey = (to: ModelDevice, roomId: string, sessionId: string): void => {
    to.sessions.add(sessionId);
    if (to === device && page.isAlive()) for (const listener of keyListeners) listener([{ roomId, sessionId }]);
  };
  const share = (roomId: string, sessionId: string): void => {
    world.backup.add(sessionId);
    giveKey(device, roomId, sessionId);
    for (const other of world.devices) {
      const fate = other === device ? 'at-once' : world.keyFate();
      if (fate === 'at-once') other.sessions.add(sessionId);
      if (fate === 'late') server.sendToDevice(other.deviceId, { sender: device.userId, senderDevice: device.deviceId, type: 'm.room_key', content: { roomId, sessionId } });
    }
  };

  const listenToSync = (handler: (update: SyncUpdate) => Promise<void>): (() => void) => {
    let running = false;
    let ended = false;
    const run = async (): Promise<void> => {
      if (running || ended || !page.isAlive()) return;
      running = true;
      try {
        while (!ended && device.connection.current() === 'online' && !world.isDown()) {
          for (const message of server.takeDeviceMessages(device.deviceId)) {
            if (message.type === 'm.room_key') giveKey(device, String(message.content['roomId']), String(message.content['sessionId']));
            else for (const listener of deviceListeners) listener(message);
          }
          const news = server.sync(device, device.token);
          if (!news) return;
          await page.pause();
          await handler(news.update);
          await page.pause();
          device.token = news.next;
        }
      } finally {
        running = false;
      }
    };
    const kick = (): void => void run().catch(() => page.after(1000, kick));
    const endings = [server.onChange(kick), device.connection.subscribe(kick)];
    kick();
    return () => {
      ended = true;
      for (const end of endings) end();
    };
  };

  return {
    userId: device.userId,
    deviceId: device.deviceId,
    connection: device.connection,
    onSync: listenToSync,
    onKeys: (handler) => {
      keyListeners.add(handler);
      return () => keyListeners.delete(handler);
    },
    onProof: () => () => undefined,
    onDeviceMessage: (handler) => {
      deviceListeners.add(handler);
      return () => deviceListeners.delete(handler);
    },
    decrypt: async ({ content }: WireEvent) => {
      await page.pause();
      const sessionId = String(content['session_id']);
      if (!device.sessions.has(sessionId)) return { ok: false, reason: 'missing-key', sessionId };
      const plain = fromJsonBytes<{ type: string; content: Record<string, unknown>; index: number }>(fromBase64(String(content['ciphertext'])));
      return { ok: true, type: plain.type, content: plain.content, authenticity: 'certified', sessionId, messageIndex: plain.index };
    },
    fetchBackedUpKeys: (roomIds) =>
      reach(() => {
        for (const sessionId of world.backup) for (const roomId of roomIds) if (sessionId.startsWith(`${roomId} `)) giveKey(device, roomId, sessionId);
      }),
    prepare: async () => undefined,
    encrypt: async (roomId, type, content) => {
      await page.pause();
      let outbound = device.outbound.get(roomId);
      if (!outbound || outbound.index >= messagesPerSession) {
        outbound = { sessionId: `${roomId} ${device.deviceId} ${(device.made += 1)}`, index: 0 };
        device.outbound.set(roomId, outbound);
        share(roomId, outbound.sessionId);
      }
      const { sessionId } = outbound;
      const plain = { type, content, index: outbound.index, nonce: `${device.made} ${(nonce += 1)}` };
      outbound.index += 1;
      await page.pause();
      return { sessionId, messageIndex: plain.index, content: { algorithm: 'model', session_id: sessionId, ciphertext: toBase64(toJsonBytes(plain)) } };
    },
    put: async (roomId, transactionId, type, content) => {
      await page.pause();
      const fate = world.putFate();
      if (fate === 'refused' && !server.knows(device.deviceId, transactionId)) throw new HomeserverError({ kind: 'refused', status: 403, code: 'M_FORBIDDEN' }, fate);
      if (fate === 'limited') throw new HomeserverError({ kind: 'again', retryAfterMs: 5000, outcome: 'unsent' }, fate);
      if (fate === 'unsent' || device.connection.current() !== 'online' || world.isDown()) throw new HomeserverError({ kind: 'again', outcome: 'unsent' }, fate);
      if (fate === 'bad-gateway') throw new HomeserverError({ kind: 'again', outcome: 'unknown' }, fate);
      const eventId = server.put(device, roomId, transactionId, type, content);
      if (fate === 'twice') server.put(device, roomId, transactionId, type, content);
      await page.pause();
      if (fate === 'lost' || world.isDown()) throw new HomeserverError({ kind: 'again', outcome: 'unknown' }, fate);
      return eventId;
    },
    messages: (roomId, from, limit) => reach(() => server.messages(roomId, from, limit)),
    sendReadReceipt: (roomId, eventId, to) => reach(() => server.read(device.userId, roomId, eventId, to)),
    sendTyping: async () => undefined,
    sendToDevices: (userIds, type, content) =>
      reach(() => {
        if (type === 'com.baton.delivered') world.onReceipt?.(device, String(content['roomId']), String(content['eventId']));
        for (const other of world.devices) {
          if (userIds.includes(other.userId)) server.sendToDevice(other.deviceId, { sender: device.userId, senderDevice: device.deviceId, type, content });
        }
      }),
    setRoomAccountData: (roomId, type, content) => reach(() => server.setAccountData(device.userId, roomId, type, content)),
    setAccountData: (type, content) => reach(() => server.setAccountData(device.userId, null, type, content)),
    members: (roomId) => server.members(roomId),
    exportSession: async (_, sessionId) => JSON.stringify({ sessionId }),
    exportSessions: async (wanted) => wanted.map(({ sessionId }) => JSON.stringify({ sessionId })),
    opensEvent: async () => true,
    importSessions: async (exported) => {
      for (const text of exported) {
        const { sessionId } = JSON.parse(text) as { sessionId: string };
        giveKey(device, sessionId.split(' ')[0] ?? '', sessionId);
      }
    },
    stop: async () => undefined,
  };
}
