/*
 * RFC 2198, "RTP Payload for Redundant Audio Data". Each redundant block has a header of four bytes, in front of all the data:
 *
 *   |F=1| block PT (7) | timestamp offset (14) | block length (10) |
 *
 * and the primary block, which comes last, one of a single byte: |F=0| block PT (7) |. It reaches to the end of the payload.
 */

/** An earlier frame that is sent again. */
export interface RedundantBlock {
  /** How much earlier than the primary it begins, in units of the RTP clock: 48,000 a second for Opus. */
  offset: number;
  data: Uint8Array;
}

export interface RedPayload {
  /** RTP payload type of the codec in the blocks, 0 to 127. All blocks have the same. */
  payloadType: number;
  /** Oldest first. */
  redundant: readonly RedundantBlock[];
  primary: Uint8Array;
}

/** The largest offset that 14 bits hold: 341 ms of Opus, that is 17 frames of 20 ms. */
export const maxOffset = 2 ** 14 - 1;
/** The largest redundant block that 10 bits can tell the length of. */
export const maxBlockBytes = 2 ** 10 - 1;
/** What a payload may have at most, in bytes: a larger one stops the sound of a Chromium for good. */
export const maxPayloadBytes = 999;

const headerBytes = 4;
const lastHeaderBytes = 1;

/**
 * Writes a payload.
 * @throws RangeError when a field does not fit into its bits
 */
export function packRed({ payloadType, redundant, primary }: RedPayload): Uint8Array<ArrayBuffer> {
  requireRange('payload type', payloadType, 127);
  const dataBytes = redundant.reduce((sum, { data }) => sum + data.length, primary.length);
  const packed = new Uint8Array(redundant.length * headerBytes + lastHeaderBytes + dataBytes);
  const view = new DataView(packed.buffer);
  let position = 0;
  for (const { offset, data } of redundant) {
    requireRange('timestamp offset', offset, maxOffset);
    requireRange('block length', data.length, maxBlockBytes);
    view.setUint32(position, ((0x80 | payloadType) << 24) | (offset << 10) | data.length);
    position += headerBytes;
  }
  view.setUint8(position, payloadType);
  position += lastHeaderBytes;
  for (const { data } of redundant) {
    packed.set(data, position);
    position += data.length;
  }
  packed.set(primary, position);
  return packed;
}

/** Reads a payload; null when it is cut short or its blocks are of several codecs. The blocks are views into `payload`. */
export function parseRed(payload: Uint8Array): RedPayload | null {
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const headers: { offset: number; length: number }[] = [];
  const types = new Set<number>();
  let position = 0;
  while (position < payload.length && (view.getUint8(position) & 0x80) !== 0) {
    if (position + headerBytes > payload.length) return null;
    const header = view.getUint32(position);
    types.add((header >>> 24) & 0x7f);
    headers.push({ offset: (header >>> 10) & maxOffset, length: header & maxBlockBytes });
    position += headerBytes;
  }
  if (position >= payload.length) return null;
  const payloadType = view.getUint8(position);
  position += lastHeaderBytes;
  types.add(payloadType);
  if (types.size > 1) return null;
  const redundant: RedundantBlock[] = [];
  for (const { offset, length } of headers) {
    if (position + length > payload.length) return null;
    redundant.push({ offset, data: payload.subarray(position, position + length) });
    position += length;
  }
  return { payloadType, redundant, primary: payload.subarray(position) };
}

function requireRange(field: string, value: number, most: number): void {
  if (!Number.isInteger(value) || value < 0 || value > most) throw new RangeError(`A ${field} of ${value} does not fit: 0 to ${most}.`);
}
