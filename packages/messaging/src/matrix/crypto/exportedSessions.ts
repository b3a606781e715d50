import type { WireEvent } from '../../ports.ts';
import { wasm } from '../vendor.ts';
import type { Machine } from './machine.ts';

/** A session's export, as the SDK writes it. */
interface ExportedSession {
  room_id: string;
  session_id: string;
  /** base64 of version (1 byte), index (4 bytes, big endian), ratchet and signing key. */
  session_key: string;
}

/** Exports of these sessions, those that are here, in one pass: the machine reads its whole store for each pass. */
export async function exportSessions(machine: Pick<Machine, 'olm'>, wanted: readonly { roomId: string; sessionId: string }[]): Promise<string[]> {
  const keys = new Set(wanted.map(({ roomId, sessionId }) => `${roomId} ${sessionId}`));
  const exported = await machine.olm.exportRoomKeys((session) => keys.has(`${session.roomId.toString()} ${session.sessionId}`));
  return (JSON.parse(exported) as ExportedSession[]).map((session) => JSON.stringify(session));
}

/** From which message on an export opens its session: 0 is all of it. Null for what is no export. */
export function firstIndexOf(exported: string): number | null {
  try {
    const { session_key: key } = JSON.parse(exported) as ExportedSession;
    const head = Uint8Array.from(atob(key.slice(0, 8)), (char) => char.charCodeAt(0));
    return head[0] === 1 ? new DataView(head.buffer).getUint32(1) : null;
  } catch {
    return null;
  }
}

/**
 * Whether an export really opens this event. Tried in a machine that is thrown away: whoever takes a broken session over from
 * somebody else could keep the true one out.
 */
export async function opensEvent(exported: string, event: WireEvent): Promise<boolean> {
  const machine = await wasm.OlmMachine.initialize(new wasm.UserId('@nobody:baton'), new wasm.DeviceId('TRIAL'));
  try {
    await machine.importExportedRoomKeys(`[${exported}]`, () => undefined);
    const json = JSON.stringify({ event_id: event.eventId, type: event.type, sender: event.sender, content: event.content, origin_server_ts: event.originServerTs });
    const opened = await machine.decryptRoomEvent(json, new wasm.RoomId(event.roomId), new wasm.DecryptionSettings(wasm.TrustRequirement.Untrusted));
    opened.free();
    return true;
  } catch {
    return false;
  } finally {
    machine.close();
  }
}
