import { maxBlockBytes, maxOffset, maxPayloadBytes, packRed, parseRed, type RedundantBlock } from './redPacket.ts';

/** Repacks a stream of RED payloads so that each carries as many earlier frames as the network needs. */
export interface Repacker {
  /** Redundant blocks in each payload from now on. */
  setBlocks(blocks: number): void;
  /**
   * The payload to send instead of this one; the same one where it can't be read, which then goes out as the browser made it.
   * @param timestamp RTP timestamp of its primary: 32 bits that wrap around
   */
  repack(payload: Uint8Array<ArrayBuffer>, timestamp: number): Uint8Array<ArrayBuffer>;
}

/** More of the past than 14 bits can point at is of no use. */
const mostKept = 17;

export function makeRepacker(blocks: number): Repacker {
  const past: { timestamp: number; data: Uint8Array }[] = [];
  let wanted = blocks;

  return {
    setBlocks(blocks) {
      wanted = blocks;
    },
    repack(payload, timestamp) {
      const parsed = parseRed(payload);
      if (!parsed) return payload;
      const { payloadType } = parsed;
      // The buffer of a frame is given back to the browser: what is kept has to be a copy.
      const primary = parsed.primary.slice();
      const redundant = chooseBlocks(timestamp, primary.length);
      // A frame without data says that nothing is sent just now: nobody needs it again.
      if (primary.length > 0) past.push({ timestamp, data: primary });
      if (past.length > mostKept) past.shift();
      return packRed({ payloadType, redundant, primary });
    },
  };

  /** The youngest frames without a gap, as many as wanted and as fit. */
  function chooseBlocks(timestamp: number, primaryBytes: number): RedundantBlock[] {
    const chosen: RedundantBlock[] = [];
    let bytes = 1 + primaryBytes;
    for (const { timestamp: earlier, data } of past.toReversed()) {
      const offset = (timestamp - earlier) >>> 0;
      bytes += 4 + data.length;
      if (chosen.length >= wanted || offset > maxOffset || data.length > maxBlockBytes || bytes > maxPayloadBytes) break;
      chosen.unshift({ offset, data });
    }
    return chosen;
  }
}
