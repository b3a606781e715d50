import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { climb, ladderAtStart, rungOf, rungs, type Ladder, type Sample } from './ladder.ts';

type Second = Omit<Sample, 'at'>;

/** Where the ladder stands after seconds of these, one after the other. */
function after(seconds: readonly Second[], from: Ladder = ladderAtStart): Ladder {
  const start = Number.isFinite(from.neededAt) ? from.neededAt : 0;
  return seconds.reduce((ladder, second, index) => climb(ladder, { at: start + (index + 1) * 1000, ...second }), from);
}
const seconds = (count: number, loss: number, roundTripMs: number | null = 80): Second[] => Array.from({ length: count }, () => ({ loss, roundTripMs }));

describe('the ladder', () => {
  test.each([
    [0, 1, 32_000, false],
    [0.02, 1, 32_000, false],
    [0.05, 2, 24_000, false],
    [0.1, 4, 24_000, false],
    [0.3, 8, 16_000, false],
    [0.5, 12, 16_000, false],
    [0.7, 16, 16_000, true],
    [1, 16, 16_000, true],
  ])('settles at a loss of %d on %d blocks of Opus at %d bits a second, video aside: %s', (loss, blocks, bitrate, videoAside) => {
    expect(rungOf(after(seconds(60, loss)))).toMatchObject({ blocks, bitrate, videoAside });
  });

  test('is stood on in the middle before anything was measured', () => {
    expect(rungOf(ladderAtStart)).toMatchObject({ blocks: 4, videoAside: false });
    expect(rungOf(after(seconds(3, 0)))).toMatchObject({ blocks: 4 });
  });

  test('is climbed within one sample', () => {
    expect(rungOf(after([...seconds(60, 0), ...seconds(1, 0.7)]))).toMatchObject({ blocks: 16 });
  });

  test('is come down slowly, one rung at a time', () => {
    const top = after(seconds(1, 0.7));
    const blocks = [7, 8, 16, 24, 32, 40, 60].map((count) => rungOf(after(seconds(count, 0), top)).blocks);
    expect(blocks).toEqual([16, 12, 8, 4, 2, 1, 1]);
  });

  test('is not come down while the loss comes back now and then', () => {
    const flapping = Array.from({ length: 12 }, () => [...seconds(5, 0), ...seconds(1, 0.5)]).flat();
    expect(rungOf(after(flapping)).blocks).toBe(12);
  });

  test('holds frames back until the last copy has come', () => {
    for (const { blocks, bufferMs } of rungs) expect(bufferMs).toBeGreaterThanOrEqual(blocks * 20);
  });

  test('keeps to what RFC 2198 and a Chromium can take: 17 frames back, under 1,000 bytes', () => {
    for (const { blocks, bitrate } of rungs) {
      expect(blocks).toBeLessThanOrEqual(17);
      // Half as much again for frames that are larger than the average.
      expect(blocks * 4 + 1 + (blocks + 1) * (bitrate / 8 / 50) * 1.25).toBeLessThan(1_000);
    }
  });

  describe('when the round trip climbs together with the loss', () => {
    const queueing = (count: number): Second[] => seconds(count, 0.3, 600);

    test('sends less, not more', () => {
      const before = after(seconds(20, 0.1));
      expect([0, 1, 2].map((count) => rungOf(after(queueing(count), before)).blocks)).toEqual([4, 2, 1]);
    });
    test('lets video step aside when that was not enough', () => {
      const before = after(seconds(20, 0.1));
      expect([2, 3].map((count) => rungOf(after(queueing(count), before)).videoAside)).toEqual([false, true]);
    });
    test('comes back with care when the queue is gone', () => {
      const congested = after([...seconds(20, 0.1), ...queueing(2)]);
      expect([7, 8, 16].map((count) => rungOf(after(seconds(count, 0.1), congested)).blocks)).toEqual([1, 2, 4]);
    });
    test('takes a path that is long, but not filling up, for what it is', () => {
      expect(rungOf(after(seconds(20, 0.5, 600))).blocks).toBe(12);
    });
    test('takes a path that became longer for good for the new idle one within two minutes', () => {
      expect(rungOf(after(seconds(120, 0.5, 300), after(seconds(20, 0, 80)))).blocks).toBeGreaterThanOrEqual(6);
    });
    test('lets a climbing round trip alone be', () => {
      expect(rungOf(after(seconds(20, 0.01, 900), after(seconds(20, 0)))).blocks).toBe(1);
    });
  });

  test('always stands somewhere', () => {
    const second = fc.record({ loss: fc.double({ min: 0, max: 1, noNaN: true }), roundTripMs: fc.option(fc.double({ min: 0, max: 5_000, noNaN: true })) });
    fc.assert(
      fc.property(fc.array(second, { maxLength: 100 }), (any) => {
        const { blocks, bitrate } = rungOf(after(any));
        expect(blocks).toBeGreaterThanOrEqual(1);
        expect(blocks).toBeLessThanOrEqual(16);
        expect(bitrate).toBeGreaterThanOrEqual(16_000);
      }),
    );
  });
});
