import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxPayloadBytes, packRed, parseRed } from './redPacket.ts';
import { makeRepacker } from './repacker.ts';

const frame = 960;
const opus = 111;
/** A payload as the browser makes it: one redundant block, which is not ours to keep. */
const asShipped = (primary: Uint8Array): Uint8Array<ArrayBuffer> =>
  packRed({ payloadType: opus, redundant: [{ offset: frame, data: new Uint8Array([99]) }], primary });
const numbered = (number: number, length = 1): Uint8Array => new Uint8Array(length).fill(number);

describe('repacking', () => {
  test('sends each frame again in the payloads that follow it', () => {
    const repacker = makeRepacker(2);
    const payloads = [1, 2, 3, 4].map((number) => parseRed(repacker.repack(asShipped(numbered(number)), number * frame)));
    expect(payloads.map((payload) => [payload?.redundant.map(({ offset, data }) => [offset / frame, data[0]]), payload?.primary[0]])).toEqual([
      [[], 1],
      [[[1, 1]], 2],
      [[[2, 1], [1, 2]], 3],
      [[[2, 2], [1, 3]], 4],
    ]);
  });

  test('changes the number of blocks from one payload to the next', () => {
    const repacker = makeRepacker(1);
    const blocksAt = (number: number) => parseRed(repacker.repack(asShipped(numbered(number)), number * frame))?.redundant.length;
    for (let number = 0; number < 20; number++) blocksAt(number);
    repacker.setBlocks(16);
    expect(blocksAt(20)).toBe(16);
    repacker.setBlocks(0);
    expect(blocksAt(21)).toBe(0);
  });

  test('goes on where the timestamp wraps around', () => {
    const repacker = makeRepacker(4);
    repacker.repack(asShipped(numbered(1)), 2 ** 32 - frame);
    expect(parseRed(repacker.repack(asShipped(numbered(2)), 0))?.redundant).toEqual([{ offset: frame, data: numbered(1) }]);
  });

  test('leaves out what is too old to point at, as after a silence', () => {
    const repacker = makeRepacker(16);
    repacker.repack(asShipped(numbered(1)), 0);
    expect(parseRed(repacker.repack(asShipped(numbered(2)), 18 * frame))?.redundant).toEqual([]);
  });

  test('does not send again that there was nothing to send', () => {
    const repacker = makeRepacker(4);
    repacker.repack(asShipped(new Uint8Array(0)), 0);
    expect(parseRed(repacker.repack(asShipped(numbered(2)), frame))?.redundant).toEqual([]);
  });

  test('keeps what the browser does with its buffer out of the frames that are sent again', () => {
    const repacker = makeRepacker(1);
    const buffer = asShipped(numbered(1));
    repacker.repack(buffer, 0);
    buffer.fill(0);
    expect(parseRed(repacker.repack(asShipped(numbered(2)), frame))?.redundant[0]?.data).toEqual(numbered(1));
  });

  test('passes on what it cannot read', () => {
    const broken = new Uint8Array([0x80 | opus, 0]);
    expect(makeRepacker(4).repack(broken, 0)).toBe(broken);
  });

  test('never makes a payload that stops the sound, and never leaves a gap', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 60 }), fc.integer({ min: 0, max: 17 }), (lengths, blocks) => {
        const repacker = makeRepacker(blocks);
        lengths.forEach((length, index) => {
          const payload = repacker.repack(asShipped(numbered(index, length)), index * frame);
          expect(payload.length).toBeLessThanOrEqual(maxPayloadBytes);
          const { redundant, primary } = parseRed(payload)!;
          expect(primary).toEqual(numbered(index, length));
          expect(redundant.length).toBeLessThanOrEqual(blocks);
          for (const { offset, data } of redundant) expect(data).toEqual(numbered(index - offset / frame, lengths[index - offset / frame]));
        });
      }),
    );
  });
});
