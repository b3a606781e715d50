import { fromBase64 } from '../crypto/bytes.ts';

/** What an export of a Megolm session holds: `version (1) ‖ index (4, big endian) ‖ ratchet (128) ‖ Ed25519 public key (32)`. */
const exportLength = 165;

/**
 * The first message that an export of one Megolm session (JSON) opens, counted from 0; null where it is no export of this
 * session of this Matrix room. A session's id is the public key that its messages are signed by, so the key in the export has to
 * be that one: Matrix' own import takes the label's word, and messages of another session then pass for messages of this one.
 */
export function firstIndexOf({ exported, room, session }: { exported: string; room: string; session: string }): number | null {
  try {
    const parsed = JSON.parse(exported) as { room_id?: unknown; session_id?: unknown; session_key?: unknown } | null;
    if (parsed?.room_id !== room || parsed.session_id !== session) return null;
    const key = fromBase64(parsed.session_key as string);
    if (key.length !== exportLength || key[0] !== 1) return null;
    const signs = key.subarray(exportLength - 32);
    const named = fromBase64(session);
    if (named.length !== 32 || named.some((byte, at) => byte !== signs[at])) return null;
    return new DataView(key.buffer, key.byteOffset).getUint32(1);
  } catch {
    return null;
  }
}
