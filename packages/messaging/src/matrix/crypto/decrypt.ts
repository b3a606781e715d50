import type { Authenticity, Decryption, WireEvent } from '../../ports.ts';
import { wasm } from '../vendor.ts';
import { queryKeys } from './bootstrap.ts';
import type { Identities } from './identities.ts';
import type { Machine } from './machine.ts';

/** The decryption of room events. */
export interface RoomDecryption {
  /** Never throws for a missing key. */
  decrypt(event: WireEvent): Promise<Decryption>;
  /** Says that these sessions came without their senders' devices. */
  wereImported(sessions: readonly { roomId: string; sessionId: string }[]): void;
}

/**
 * Makes the decryption of room events.
 *
 * `certified` needs all of: the session came straight from the sender's device (Olm), that device is signed by the
 * sender's identity, and a valid certificate names that identity. A session that came another way proves nothing of
 * who wrote: keys from our own backup (the server could have put them there), from a welcome bundle or from the
 * project's vault decrypt as `unverified`; whoever imported them checks their signed attribution. Messages of one's
 * own other devices are judged like anybody's.
 *
 * Devices that their owner has not signed are refused, not shrugged at: their messages are `damaged`.
 */
export function makeDecryption(machine: Machine, identities: Identities): RoomDecryption {
  /** Rooms and sessions that were imported: to look for their sending devices first would cost each message a second decryption. */
  const imported = new Set<string>();
  const placeOf = (roomId: string, sessionId: string | null): string => `${roomId} ${sessionId}`;
  /**
   * A session that was imported has no sending device, and may well outlive it. The machine calls that unknown as it
   * does a device that is hidden from us; only the shield tells them apart. Null for the latter.
   */
  const openImported = async (json: string, roomId: string): Promise<wasm.DecryptedRoomEvent | null> => {
    const anyway = new wasm.DecryptionSettings(wasm.TrustRequirement.Untrusted);
    const opened = await machine.olm.decryptRoomEvent(json, new wasm.RoomId(roomId), anyway).catch(() => null);
    const shield = opened?.shieldState(true);
    if (shield?.code === wasm.ShieldStateCode.AuthenticityNotGuaranteed) return opened;
    opened?.free();
    return null;
  };
  const attempt = async (event: WireEvent, json: string, retried: boolean): Promise<Decryption> => {
    const sessionId = typeof event.content.session_id === 'string' ? event.content.session_id : null;
    const place = placeOf(event.roomId, sessionId);
    const known = imported.has(place) ? await openImported(json, event.roomId) : null;
    // It came from its sender's device, too.
    if (known === null) imported.delete(place);
    let decrypted: wasm.DecryptedRoomEvent;
    try {
      decrypted = known ?? (await machine.olm.decryptRoomEvent(json, new wasm.RoomId(event.roomId), new wasm.DecryptionSettings(wasm.TrustRequirement.CrossSignedOrLegacy)));
    } catch (error) {
      const code = error instanceof wasm.MegolmDecryptionError ? error.code : undefined;
      const distrusted = code === wasm.DecryptionErrorCode.UnknownSenderDevice || code === wasm.DecryptionErrorCode.UnsignedSenderDevice;
      const opened = code === wasm.DecryptionErrorCode.UnknownSenderDevice ? await openImported(json, event.roomId) : null;
      // The device may have been signed in the very moment in which it wrote.
      if (opened === null && distrusted && !retried && (await queryKeys(machine, [event.sender]).then(() => true, () => false))) return attempt(event, json, true);
      if (opened === null) return { ok: false, reason: reasonOf(error), sessionId };
      imported.add(place);
      decrypted = opened;
    }
    try {
      const { type, content } = JSON.parse(decrypted.event) as { type: string; content: Record<string, unknown> };
      const authenticity = await authenticityOf(decrypted, identities);
      return { ok: true, type, content, authenticity, sessionId: sessionId ?? '', messageIndex: messageIndexOf(event.content.ciphertext) };
    } finally {
      decrypted.free();
    }
  };
  return {
    wereImported: (sessions) => {
      for (const { roomId, sessionId } of sessions) imported.add(placeOf(roomId, sessionId));
    },
    decrypt: (event) =>
      attempt(event, JSON.stringify({ event_id: event.eventId, type: event.type, sender: event.sender, content: event.content, origin_server_ts: event.originServerTs }), false),
  };
}

async function authenticityOf(decrypted: wasm.DecryptedRoomEvent, identities: Identities): Promise<Authenticity> {
  const shield = decrypted.shieldState(true);
  // An unverified identity is one that we have not signed yet; its certificate is what counts.
  const sound = shield.color === wasm.ShieldColor.None || shield.code === wasm.ShieldStateCode.UnverifiedIdentity;
  shield.free();
  if (!sound) return 'unverified';
  return (await identities.isCertified(decrypted.sender.toString())) ? 'certified' : 'unverified';
}

function reasonOf(error: unknown): 'missing-key' | 'withheld' | 'damaged' {
  if (!(error instanceof wasm.MegolmDecryptionError)) return 'damaged';
  if (error.maybe_withheld !== undefined) return 'withheld';
  const missing = error.code === wasm.DecryptionErrorCode.MissingRoomKey || error.code === wasm.DecryptionErrorCode.UnknownMessageIndex;
  return missing ? 'missing-key' : 'damaged';
}

/** A Megolm message starts with its version (3), then field 1 (tag 0x08): the index as a protobuf varint. */
export function messageIndexOf(ciphertext: unknown): number | null {
  if (typeof ciphertext !== 'string') return null;
  const head = Uint8Array.from(atob(ciphertext.slice(0, 12)), (char) => char.charCodeAt(0));
  if (head[0] !== 3 || head[1] !== 8) return null;
  let index = 0;
  for (let position = 2, shift = 0; position < head.length; position++, shift += 7) {
    const byte = head[position] ?? 0;
    index += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return index;
  }
  return null;
}
