import { isDeepStrictEqual } from 'node:util';
import { BatonError } from '@baton/base';
import { localpartOf } from './localpartOf.ts';
import type { EncryptedEvent, MatrixAdmin, RoomState } from './MatrixAdmin.ts';

/** What tests look at. */
export interface MemoryMatrix extends MatrixAdmin {
  readonly users: Map<string, { displayName: string; devices: Set<string>; masterKey: string | null; deactivated: boolean }>;
  readonly rooms: Map<string, { key: string; joined: Set<string>; removed: Set<string>; state: RoomState[]; encrypted: EncryptedEvent[] }>;
  /** While true, every call fails as if the homeserver were down. */
  down: boolean;
}

/** Few, so that a test meets a second page. */
const pageOfEvents = 10;

/** A homeserver in memory. A minted login counts as done: the device is there at once. */
export function makeMemoryMatrix(serverName = 'baton.test'): MemoryMatrix {
  const users: MemoryMatrix['users'] = new Map();
  const rooms: MemoryMatrix['rooms'] = new Map();
  const up = (): void => {
    if (matrix.down) throw new BatonError('MATRIX_UNAVAILABLE');
  };
  const user = (mxid: string) => users.get(mxid) ?? raise(`no user ${mxid}`);
  const room = (roomId: string) => rooms.get(roomId) ?? raise(`no room ${roomId}`);
  const raise = (message: string): never => {
    throw new Error(message);
  };
  const matrix: MemoryMatrix = {
    serverName,
    users,
    rooms,
    down: false,
    ensureReady: async () => up(),
    ping: async () => up(),
    mxidOf: (accountId, kind) => `@${localpartOf(accountId, kind)}:${serverName}`,
    registerUser: async (mxid, displayName) => {
      up();
      if (!users.has(mxid)) users.set(mxid, { displayName, devices: new Set(), masterKey: null, deactivated: false });
    },
    setDisplayName: async (mxid, displayName) => {
      up();
      user(mxid).displayName = displayName;
    },
    mintLogin: async (mxid, deviceId) => {
      up();
      user(mxid).devices.add(deviceId);
      return { token: `memory-token-${deviceId}`, userId: mxid, deviceId };
    },
    createRoom: async (key) => {
      up();
      for (const [roomId, each] of rooms) if (each.key === key) return roomId;
      const roomId = `!${key}`;
      rooms.set(roomId, { key, joined: new Set(), removed: new Set(), state: [], encrypted: [] });
      return roomId;
    },
    join: async (roomId, mxid) => {
      up();
      user(mxid);
      room(roomId).joined.add(mxid);
      room(roomId).removed.delete(mxid);
    },
    remove: async (roomId, mxid) => {
      up();
      if (room(roomId).joined.delete(mxid)) room(roomId).removed.add(mxid);
    },
    joinedMembers: async (roomId) => [...room(roomId).joined],
    setState: async (roomId, { type, key, content }) => {
      up();
      const { state } = room(roomId);
      if (!state.some((known) => isDeepStrictEqual(known, { type, key, content }))) state.push({ type, key, content });
    },
    encryptedEvents: async (roomId, from) => {
      up();
      const start = Number(from ?? 0);
      const events = room(roomId).encrypted.slice(start, start + pageOfEvents);
      return { events, next: events.length === 0 ? null : String(start + events.length) };
    },
    devices: async (mxid) => [...user(mxid).devices],
    deleteDevices: async (mxid, deviceIds) => {
      up();
      for (const id of deviceIds) users.get(mxid)?.devices.delete(id);
    },
    deactivate: async (mxid) => {
      up();
      const gone = user(mxid);
      gone.devices.clear();
      gone.deactivated = true;
      for (const { joined } of rooms.values()) joined.delete(mxid);
    },
    masterKey: async (mxid) => users.get(mxid)?.masterKey ?? null,
    replaceIdentity: async (mxid, keys) => {
      up();
      const master = keys['master_key'] as { keys: Record<string, string> };
      user(mxid).masterKey = Object.values(master.keys)[0] ?? null;
    },
    close: () => {},
  };
  return matrix;
}
