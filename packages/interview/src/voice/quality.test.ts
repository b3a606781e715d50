import { describe, expect, test } from 'vitest';
import { judge, qualityAtStart, signsOf, type QualitySample } from './quality.ts';

const fine: QualitySample = { lossOut: 0, roundTripMs: 80, concealedShare: 0, videoPaused: false };

/** The signs after seconds that differ from fine ones in this. */
function after(...seconds: Partial<QualitySample>[]): string[] {
  return signsOf(seconds.reduce<typeof qualityAtStart>((quality, second) => judge(quality, { ...fine, ...second }), qualityAtStart));
}
const times = (count: number, second: Partial<QualitySample>): Partial<QualitySample>[] => Array.from({ length: count }, () => second);

describe('what a person is told', () => {
  test('is nothing while all is well', () => {
    expect(after(...times(60, {}))).toEqual([]);
  });

  test.each([
    ['UPLINK_WEAK', { lossOut: 0.3 }, { lossOut: 0.15 }],
    ['DOWNLINK_WEAK', { concealedShare: 0.1 }, { concealedShare: 0.03 }],
    ['DELAY_HIGH', { roundTripMs: 700 }, { roundTripMs: 500 }],
  ])('%s comes after two seconds, and goes after five good ones', (sign, bad, middling) => {
    expect(after(bad)).toEqual([]);
    expect(after(bad, {}, bad)).toEqual([]);
    expect(after(bad, bad)).toEqual([sign]);
    expect(after(bad, bad, ...times(4, {}))).toEqual([sign]);
    expect(after(bad, bad, ...times(5, {}))).toEqual([]);
    // Neither bad enough to bring it nor good enough to take it away.
    expect(after(...times(60, middling))).toEqual([]);
    expect(after(bad, bad, ...times(60, middling))).toEqual([sign]);
  });

  test('a camera that rests is told at once, and instead of the weak uplink that it follows from', () => {
    expect(after({ videoPaused: true })).toEqual(['UPLINK_WEAK_VIDEO_PAUSED']);
    expect(after(...times(3, { lossOut: 0.7, videoPaused: true }))).toEqual(['UPLINK_WEAK_VIDEO_PAUSED']);
    expect(after(...times(3, { lossOut: 0.7, videoPaused: true }), { lossOut: 0.3 })).toEqual(['UPLINK_WEAK']);
  });

  test('several things can be wrong at a time', () => {
    expect(after(...times(2, { roundTripMs: 900, concealedShare: 0.2 }))).toEqual(['DOWNLINK_WEAK', 'DELAY_HIGH']);
  });
});
