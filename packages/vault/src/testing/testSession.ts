import { concat, randomBytes, toBase64 } from '../crypto/bytes.ts';
import { hashObject } from '../crypto/hash.ts';

/** A Megolm session in Matrix' export format. It opens nothing, but its parts belong together as in a real one. */
export interface TestSession {
  room: string;
  session: string;
  /** JSON. */
  exported: string;
}

/** The session of this name. `index`: the first message that its export opens; `garbage`: under its id, a ratchet that is not its own. */
export function makeTestSession(room: string, name: string, { index = 0, garbage = false } = {}): TestSession {
  const part = (number: number): Uint8Array => hashObject('baton/test/session', { name, number });
  const place = new Uint8Array(4);
  new DataView(place.buffer).setUint32(0, index);
  const ratchet = garbage ? randomBytes(128) : concat(part(1), part(2), part(3), part(4));
  const session = toBase64(part(0));
  const key = concat(Uint8Array.of(1), place, ratchet, part(0));
  return { room, session, exported: JSON.stringify({ algorithm: 'm.megolm.v1.aes-sha2', room_id: room, session_id: session, session_key: toBase64(key) }) };
}
