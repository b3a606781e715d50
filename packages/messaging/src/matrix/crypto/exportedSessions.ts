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

/**
 * Exports of these sessions, those that are here. The machine's own export reads its whole store, half a millisecond a session, and
 * a message waits for it; what it would hand to newcomers of one room, it looks up by the room. That leaves out only sessions of
 * a time when a room's history was not theirs: for them the store is read.
 */
export async function exportSessions(machine: Pick<Machine, 'olm'>, wanted: readonly { roomId: string; sessionId: string }[]): Promise<string[]> {
  const placeOf = ({ roomId, sessionId }: { roomId: string; sessionId: string }): string => `${roomId} ${sessionId}`;
  const keys = new Set(wanted.map(placeOf));
  const found: ExportedSession[] = [];
  const left = new Set<string>();
  for (const roomId of new Set(wanted.map((session) => session.roomId))) {
    const { room_keys: shared = [], withheld = [] } = await sessionsOfRoom(machine, roomId);
    found.push(...shared.filter((session) => keys.has(placeOf({ roomId, sessionId: session.session_id }))));
    for (const { session_id: sessionId } of withheld) if (keys.has(placeOf({ roomId, sessionId }))) left.add(placeOf({ roomId, sessionId }));
  }
  if (left.size > 0) {
    const exported = await machine.olm.exportRoomKeys((session) => left.has(placeOf({ roomId: session.roomId.toString(), sessionId: session.sessionId })));
    found.push(...(JSON.parse(exported) as ExportedSession[]));
  }
  return found.map((session) => JSON.stringify(session));
}

/** What is here of one room, as MSC4268 bundles it for a newcomer. */
interface RoomSessions {
  room_keys?: ExportedSession[];
  withheld?: { session_id: string }[];
}

async function sessionsOfRoom({ olm }: Pick<Machine, 'olm'>, roomId: string): Promise<RoomSessions> {
  const sealed = await olm.buildRoomKeyBundle(new wasm.RoomId(roomId));
  if (sealed === undefined) return {};
  const bundle = JSON.parse(new TextDecoder().decode(wasm.Attachment.decrypt(sealed))) as RoomSessions;
  // The bundle leaves out what is the same for all of it, and an import asks for.
  const same = { forwarding_curve25519_key_chain: [], 'm.shared_history': true };
  return { ...bundle, room_keys: bundle.room_keys?.map((session) => ({ ...session, ...same })) ?? [] };
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

/** Imports exports from outside, and returns whose they are; what carries another session's key than it says is left out. */
export async function importSessions(machine: Pick<Machine, 'olm'>, exported: readonly string[]): Promise<{ roomId: string; sessionId: string }[]> {
  const genuine = exported.filter((session) => firstIndexOf(session) !== null);
  if (genuine.length > 0) await machine.olm.importExportedRoomKeys(`[${genuine.join(',')}]`, () => undefined);
  return genuine.map((session) => JSON.parse(session) as ExportedSession).map(({ room_id: roomId, session_id: sessionId }) => ({ roomId, sessionId }));
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
