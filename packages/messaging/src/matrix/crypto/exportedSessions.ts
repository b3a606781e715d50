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

/** `version (1) ‖ index (4, big endian) ‖ ratchet (128) ‖ Ed25519 key (32)`. */
const keyLength = 165;

/**
 * Whether the key in an export is that of the session which it names: a session's id is the public key that its messages are
 * signed by. The SDK takes the label's word for it, and messages that somebody else wrote under a session of their own would
 * then pass for messages of this one. Whatever comes from outside is asked this before it is imported.
 */
export function isOwnKey({ session_id: id, session_key: key }: { session_id?: unknown; session_key?: unknown }): boolean {
  try {
    const bytes = atob(key as string);
    return bytes.length === keyLength && bytes.charCodeAt(0) === 1 && btoa(bytes.slice(-32)).replace('=', '') === id;
  } catch {
    return false;
  }
}

/** From which message on an export opens its session: 0 is all of it. Null for what is no export, or carries another session's key. */
export function firstIndexOf(exported: string): number | null {
  try {
    const session = JSON.parse(exported) as ExportedSession;
    if (!isOwnKey(session)) return null;
    const head = Uint8Array.from(atob(session.session_key.slice(0, 8)), (char) => char.charCodeAt(0));
    return new DataView(head.buffer).getUint32(1);
  } catch {
    return null;
  }
}

/** Imports exports from outside; what carries another session's key than it says is left out. */
export async function importSessions(machine: Pick<Machine, 'olm'>, exported: readonly string[]): Promise<void> {
  const genuine = exported.filter((session) => firstIndexOf(session) !== null);
  if (genuine.length > 0) await machine.olm.importExportedRoomKeys(`[${genuine.join(',')}]`, () => undefined);
}

/**
 * Whether an export really opens this event. Tried in a machine that is thrown away: whoever takes a broken session over from
 * somebody else could keep the true one out.
 */
export async function opensEvent(exported: string, event: WireEvent): Promise<boolean> {
  if (firstIndexOf(exported) === null) return false;
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
