import type { Transport } from '../http/transport.ts';
import { wasm } from '../vendor.ts';
import { isOwnKey } from './exportedSessions.ts';
import type { Machine } from './machine.ts';

interface BackedUpSession {
  session_data: { ephemeral: string; mac: string; ciphertext: string };
}

/** Up to how many sessions the whole backup is fetched at once instead of room by room: about a megabyte. */
const wholeBackupSessions = 2_000;
const parallelRequests = 6;

/**
 * Makes the bulk fetch of backed-up keys. Resolves when they are imported; rejects with HomeserverError. A new device needs
 * all of them: whoever asks first there fetches the whole backup, and who asks meanwhile waits for it.
 * `ready` settles when the backup's key is on this device.
 */
export function makeFetchBackedUpKeys(machine: Machine, transport: Transport, ready: Promise<void>, isNew: boolean): (roomIds: string[]) => Promise<void> {
  let first: 'due' | 'done' | Promise<boolean> = isNew ? 'due' : 'done';

  const withKey = async <T>(work: (key: wasm.BackupDecryptionKey, version: string) => Promise<T>): Promise<T | undefined> => {
    const { backupVersion, decryptionKey } = await machine.olm.getBackupKeys();
    if (backupVersion === undefined || decryptionKey === undefined) return undefined;
    try {
      return await work(decryptionKey, backupVersion);
    } finally {
      decryptionKey.free();
    }
  };

  /** False when there is too much of it. */
  const fetchAll = async (): Promise<boolean> => {
    await ready;
    if (((await machine.backup.getServerBackupInfo())?.count ?? Number.POSITIVE_INFINITY) > wholeBackupSessions) return false;
    await withKey(async (key, version) => {
      const { rooms } = await transport.request<{ rooms: Record<string, { sessions: Record<string, BackedUpSession> }> }>('GET', '/room_keys/keys', { query: { version } });
      await importAll(machine, key, version, Object.entries(rooms).map(([roomId, { sessions }]) => [roomId, sessions]));
    });
    return true;
  };

  const fetchRooms = (roomIds: string[]): Promise<void> =>
    withKey(async (key, version) => {
      const waiting = [...roomIds];
      const worker = async (): Promise<void> => {
        for (let roomId = waiting.shift(); roomId !== undefined; roomId = waiting.shift()) {
          const { sessions } = await transport.request<{ sessions: Record<string, BackedUpSession> }>('GET', `/room_keys/keys/${encodeURIComponent(roomId)}`, { query: { version } });
          await importAll(machine, key, version, [[roomId, sessions]]);
        }
      };
      await Promise.all(Array.from({ length: parallelRequests }, worker));
    });

  return async (roomIds) => {
    if (roomIds.length === 0) return;
    if (first === 'due') {
      const fetching = fetchAll();
      first = fetching;
      fetching.then(() => (first = 'done'), () => (first = 'due'));
    }
    if (first !== 'done') {
      if (await first) return;
    } else {
      await ready;
      if (roomIds.length > parallelRequests && (await fetchAll())) return;
    }
    await fetchRooms(roomIds);
  };
}

async function importAll(machine: Machine, key: wasm.BackupDecryptionKey, version: string, rooms: [string, Record<string, BackedUpSession>][]): Promise<void> {
  const keys = new Map<wasm.RoomId, Map<string, unknown>>();
  for (const [roomId, sessions] of rooms) {
    const opened = new Map<string, unknown>();
    for (const [sessionId, { session_data: data }] of Object.entries(sessions)) {
      try {
        const session = { ...(JSON.parse(key.decryptV1(data.ephemeral, data.mac, data.ciphertext)) as object), room_id: roomId, session_id: sessionId };
        // Anybody can encrypt to the backup's public key, the server to begin with, and file it under a session of somebody else.
        if (isOwnKey(session)) opened.set(sessionId, session);
      } catch {
        // One entry that somebody garbled must not cost the others.
      }
    }
    if (opened.size > 0) keys.set(new wasm.RoomId(roomId), opened);
  }
  if (keys.size > 0) await machine.olm.importBackedUpRoomKeys(keys, () => undefined, version);
}
