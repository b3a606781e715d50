import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { WireEvent } from '../../ports.ts';
import type { Transport } from '../http/transport.ts';
import { wasm } from '../vendor.ts';
import { makeFetchBackedUpKeys } from './backup.ts';
import { exportSessions, firstIndexOf, importSessions, isOwnKey, opensEvent } from './exportedSessions.ts';
import type { Machine } from './machine.ts';

beforeAll(() => wasm.initAsync());

const roomId = '!room:baton.test';

interface Exported {
  session_id: string;
  session_key: string;
}
interface Written {
  olm: wasm.OlmMachine;
  exported: Exported;
  event: WireEvent;
}

const machineOf = (olm: wasm.OlmMachine): Machine => ({ olm }) as Partial<Machine> as Machine;
const anybody = (name: string): Promise<wasm.OlmMachine> => wasm.OlmMachine.initialize(new wasm.UserId(`@${name}:baton.test`), new wasm.DeviceId(name.toUpperCase()));

/** Somebody's session, and a message on it. */
async function write(name: string): Promise<Written> {
  const olm = await anybody(name);
  await olm.shareRoomKey(new wasm.RoomId(roomId), [], new wasm.EncryptionSettings());
  const content = JSON.parse(await olm.encryptRoomEvent(new wasm.RoomId(roomId), 'm.room.message', JSON.stringify({ body: name }))) as Record<string, unknown>;
  const [exported] = await exportSessions(machineOf(olm), [{ roomId, sessionId: content['session_id'] as string }]);
  const event = { eventId: `$${name}`, roomId, sender: `@${name}:baton.test`, type: 'm.room.encrypted', content, originServerTs: 1 };
  return { olm, exported: JSON.parse(exported ?? 'null') as Exported, event };
}

/** What the server could make of its own session and message: both under the name of somebody else's session. */
async function forge(): Promise<{ genuine: Written; forger: Written; mislabelled: Exported; forged: WireEvent }> {
  const [genuine, forger] = [await write('mei'), await write('eve')];
  const { session_id } = genuine.exported;
  return {
    genuine, forger, mislabelled: { ...forger.exported, session_id },
    forged: { ...forger.event, sender: genuine.event.sender, content: { ...forger.event.content, session_id } },
  };
}

async function bodyIn(reader: wasm.OlmMachine, event: WireEvent): Promise<string | null> {
  const json = JSON.stringify({ event_id: event.eventId, type: event.type, sender: event.sender, content: event.content, origin_server_ts: 1 });
  try {
    const opened = await reader.decryptRoomEvent(json, new wasm.RoomId(roomId), new wasm.DecryptionSettings(wasm.TrustRequirement.Untrusted));
    return (JSON.parse(opened.event) as { content: { body: string } }).content.body;
  } catch {
    return null;
  }
}

describe('an export', () => {
  const rooms = ['!one:x', '!two:x'];
  /** One session in each room, in one machine. */
  async function writeIn(olm: wasm.OlmMachine, visibility?: wasm.HistoryVisibility): Promise<{ roomId: string; sessionId: string }[]> {
    const made: { roomId: string; sessionId: string }[] = [];
    for (const id of rooms) {
      const settings = new wasm.EncryptionSettings();
      if (visibility !== undefined) settings.historyVisibility = visibility;
      await olm.invalidateGroupSession(new wasm.RoomId(id));
      await olm.shareRoomKey(new wasm.RoomId(id), [], settings);
      const { session_id: sessionId } = JSON.parse(await olm.encryptRoomEvent(new wasm.RoomId(id), 'm', '{}')) as { session_id: string };
      made.push({ roomId: id, sessionId });
    }
    return made;
  }
  const idsIn = (exported: readonly string[]): string[] => exported.map((session) => (JSON.parse(session) as Exported).session_id);

  test('holds the sessions that were asked for and are here', async () => {
    const olm = await anybody('mei');
    const [one, two] = await writeIn(olm);
    await writeIn(olm);
    expect(idsIn(await exportSessions(machineOf(olm), [one!, two!, { ...one!, roomId: '!two:x' }, { roomId: '!none:x', sessionId: 'none' }]))).toEqual([one!.sessionId, two!.sessionId]);
  });

  test('is that of the machine itself, all fields of it', async () => {
    const olm = await anybody('mei');
    const [one] = await writeIn(olm);
    const [whole] = JSON.parse(await olm.exportRoomKeys(({ sessionId }) => sessionId === one!.sessionId)) as object[];
    expect(JSON.parse((await exportSessions(machineOf(olm), [one!]))[0] ?? 'null')).toEqual(whole);
  });

  test('holds sessions that newcomers would not get, too', async () => {
    const olm = await anybody('mei');
    const [before] = await writeIn(olm, wasm.HistoryVisibility.Joined);
    const [since] = await writeIn(olm);
    expect(idsIn(await exportSessions(machineOf(olm), [before!, since!])).toSorted()).toEqual([before!.sessionId, since!.sessionId].toSorted());
  });

  test('of one session costs no reading of all the others', async () => {
    const olm = await anybody('mei');
    const [one] = await writeIn(olm);
    const exportAll = vi.spyOn(olm, 'exportRoomKeys');
    await exportSessions(machineOf(olm), [one!, { roomId: one!.roomId, sessionId: 'not here' }]);
    expect(exportAll).not.toHaveBeenCalled();
  });
});

describe('an export under the name of another session', () => {
  test('would be believed by the SDK: why we look', async () => {
    const { genuine, mislabelled, forged } = await forge();
    const reader = await anybody('reader');
    await reader.importExportedRoomKeys(JSON.stringify([mislabelled]), () => undefined);
    expect(await bodyIn(reader, forged)).toBe('eve');
    await reader.importExportedRoomKeys(JSON.stringify([genuine.exported]), () => undefined);
    expect(await bodyIn(reader, genuine.event)).toBeNull();
  });

  test('is not imported, and keeps nothing out', async () => {
    const { genuine, mislabelled, forged } = await forge();
    const reader = await anybody('reader');
    await importSessions(machineOf(reader), [JSON.stringify(mislabelled), 'junk']);
    await importSessions(machineOf(reader), [JSON.stringify(genuine.exported)]);
    expect([await bodyIn(reader, genuine.event), await bodyIn(reader, forged)]).toEqual(['mei', null]);
  });

  test('opens no event, although it could', async () => {
    const { genuine, mislabelled, forged } = await forge();
    expect(await opensEvent(JSON.stringify(genuine.exported), genuine.event)).toBe(true);
    expect(await opensEvent(JSON.stringify(mislabelled), forged)).toBe(false);
    expect([firstIndexOf(JSON.stringify(genuine.exported)), firstIndexOf(JSON.stringify(mislabelled))]).toEqual([0, null]);
    for (const other of [{}, { session_id: '', session_key: '' }, { session_id: 7, session_key: null }]) expect(isOwnKey(other)).toBe(false);
  });

  test('is not taken from the key backup either, where the server can put what it likes', async () => {
    const { genuine, forger, forged } = await forge();
    const key = wasm.BackupDecryptionKey.createRandomKey();
    const backup = async ({ olm, exported }: Written, sessionId = exported.session_id) => {
      await olm.enableBackupV1(key.megolmV1PublicKey.publicKeyBase64, '1');
      const request = await olm.backupRoomKeys();
      const { rooms } = JSON.parse(request?.body ?? 'null') as { rooms: Record<string, { sessions: Record<string, unknown> }> };
      return { [sessionId]: rooms[roomId]?.sessions[exported.session_id] };
    };
    const { session_id } = genuine.exported;
    for (const [sessions, bodies] of [[await backup(genuine), ['mei', null]], [await backup(forger, session_id), [null, null]]] as const) {
      const reader = await anybody('reader');
      await reader.saveBackupDecryptionKey(key, '1');
      const transport = { request: async () => ({ sessions }) } as Partial<Transport> as Transport;
      await makeFetchBackedUpKeys(machineOf(reader), transport, Promise.resolve(), false)([roomId]);
      expect([await bodyIn(reader, genuine.event), await bodyIn(reader, forged)]).toEqual(bodies);
    }
  });
});
