import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { hexOfUuid, isHexOfUuid } from './uuid.ts';

describe('a UUID of version 7', () => {
  beforeEach(() => vi.useFakeTimers());
  afterEach(() => vi.useRealTimers());

  it('begins with the milliseconds since 1970, and says its version and variant', () => {
    vi.setSystemTime(Date.now() + 3_600_000);
    const hex = hexOfUuid();
    expect(parseInt(hex.slice(0, 12), 16)).toBe(Date.now());
    expect(hex).toMatch(/^[0-9a-f]{12}7[0-9a-f]{3}[89ab][0-9a-f]{15}$/);
  });

  it('is another one each time, and sorts by when it was made, many in one millisecond and with a clock that goes back too', () => {
    vi.setSystemTime(Date.now() + 7_200_000);
    const made = Array.from({ length: 10_000 }, (_, index) => {
      if (index === 5_000) vi.setSystemTime(Date.now() - 1_000);
      return hexOfUuid();
    });
    expect(new Set(made).size).toBe(made.length);
    expect(made).toEqual(made.toSorted());
    expect(made.every(isHexOfUuid)).toBe(true);
  });
});

describe('32 hex digits', () => {
  it.each([
    ['01a1fee340fa71148d380bc3fca0e417', true],
    ['01a1fee340fa41148d380bc3fca0e417', true],
    ['01A1FEE340FA71148D380BC3FCA0E417', false],
    ['01a1fee340fa71148d380bc3fca0e41', false],
    ['01a1fee340fa01148d380bc3fca0e417', false],
    ['01a1fee340fa7114cd380bc3fca0e417', false],
  ])('%s are those of a UUID: %s', (hex, expected) => {
    expect(isHexOfUuid(hex)).toBe(expected);
  });
});
