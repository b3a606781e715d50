/*
 * UUIDs of version 7 (RFC 9562, section 5.7) without their hyphens. Ours and not a library's: it is in the first files that a
 * candidate's phone loads, twice, and every kilobyte there is waited for.
 */

let last = 0;
let count = 0;

/**
 * Makes 32 hex digits: milliseconds since 1970, a count that makes those of one millisecond sort as they were made
 * (section 6.2, method 1), then 62 random bits.
 */
export function hexOfUuid(): string {
  const random = crypto.getRandomValues(new Uint8Array(10));
  const now = Date.now();
  if (now > last) {
    last = now;
    // From its lower half on: there is room to count.
    count = new DataView(random.buffer).getUint16(0) & 0x7ff;
  } else if (++count > 0xfff) {
    // More than the count holds, or a clock that went back: the time is borrowed from.
    last += 1;
    count = 0;
  }
  const tail = Array.from(random.subarray(2), (byte, index) => (index === 0 ? 0x80 | (byte & 0x3f) : byte).toString(16).padStart(2, '0'));
  return last.toString(16).padStart(12, '0') + (0x7000 | count).toString(16) + tail.join('');
}

/** Whether 32 hex digits are those of a UUID, of whichever version. */
export const isHexOfUuid = (hex: string): boolean => /^[0-9a-f]{12}[1-8][0-9a-f]{3}[89ab][0-9a-f]{15}$/.test(hex);
