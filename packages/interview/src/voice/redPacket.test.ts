import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { maxBlockBytes, maxOffset, packRed, parseRed } from './redPacket.ts';

const bytes = (hex: string): Uint8Array<ArrayBuffer> => Uint8Array.from(hex.split(' ').map((byte) => Number.parseInt(byte, 16)));

/** Written bit by bit after section 3 of RFC 2198. */
const vectors = [
  {
    name: 'a primary alone has a header of one byte',
    packet: bytes('6f aa bb'),
    payload: { payloadType: 111, redundant: [], primary: bytes('aa bb') },
  },
  {
    // 1 1101111 | 00001111000000 | 0000000010: Opus as 111, 960 = 20 ms earlier, two bytes.
    name: 'a redundant block comes before the primary, with type, offset and length in four bytes',
    packet: bytes('ef 0f 00 02 6f 01 02 aa bb cc'),
    payload: { payloadType: 111, redundant: [{ offset: 960, data: bytes('01 02') }], primary: bytes('aa bb cc') },
  },
  {
    // 1 0000101 | 00000101000000 | 0000000001 and 1 0000101 | 00000010100000 | 0000000011: DVI4 as 5 at 8 kHz, 40 and 20 ms earlier.
    name: 'all headers come first, then the blocks, oldest first',
    packet: bytes('85 05 00 01 85 02 80 03 05 11 21 22 23 31 32'),
    payload: {
      payloadType: 5,
      redundant: [{ offset: 320, data: bytes('11') }, { offset: 160, data: bytes('21 22 23') }],
      primary: bytes('31 32'),
    },
  },
  {
    // 1 1111111 | 11111111111111 | 0000000000: every bit of the offset, and a block without data.
    name: 'offsets go up to 14 bits, and a block may be empty',
    packet: bytes('ff ff fc 00 7f 01'),
    payload: { payloadType: 127, redundant: [{ offset: 16_383, data: new Uint8Array(0) }], primary: bytes('01') },
  },
];

describe('a packet with redundant audio', () => {
  test.each(vectors)('$name', ({ packet, payload }) => {
    expect(packRed(payload)).toEqual(packet);
    expect(parseRed(packet)).toEqual(payload);
  });

  test('comes out as it went in', () => {
    const block = fc.record({ offset: fc.integer({ min: 0, max: maxOffset }), data: fc.uint8Array({ maxLength: maxBlockBytes }) });
    const payload = fc.record({ payloadType: fc.integer({ min: 0, max: 127 }), redundant: fc.array(block, { maxLength: 17 }), primary: fc.uint8Array({ maxLength: 1500 }) });
    fc.assert(fc.property(payload, (payload) => void expect(parseRed(packRed(payload))).toEqual(payload)));
  });

  test('is read where it stands within a larger buffer', () => {
    const larger = new Uint8Array([9, 9, ...vectors[1]!.packet, 9]);
    expect(parseRed(larger.subarray(2, -1))).toEqual(vectors[1]!.payload);
  });

  test('that was cut short is refused, wherever it was cut', () => {
    const { packet, payload } = vectors[2]!;
    const untilPrimary = packet.length - payload.primary.length;
    for (let length = 0; length < untilPrimary; length++) expect(parseRed(packet.subarray(0, length)), `${length} bytes`).toBeNull();
  });

  test('whatever it holds, reading it never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (any) => void expect(() => parseRed(any)).not.toThrow()));
  });

  test('with blocks of several codecs is refused', () => {
    expect(parseRed(bytes('e0 0f 00 01 6f 01 02'))).toBeNull();
  });

  test.each([
    ['an offset of 15 bits', { payloadType: 111, redundant: [{ offset: maxOffset + 1, data: new Uint8Array(1) }], primary: new Uint8Array(1) }],
    ['a block of 1,024 bytes', { payloadType: 111, redundant: [{ offset: 960, data: new Uint8Array(maxBlockBytes + 1) }], primary: new Uint8Array(1) }],
    ['a payload type of eight bits', { payloadType: 128, redundant: [], primary: new Uint8Array(1) }],
  ])('is not written with %s', (_, payload) => {
    expect(() => packRed(payload)).toThrow(RangeError);
  });
});
