import { expect, test } from 'vitest';
import { shareAt } from './page/goertzel.ts';

const rate = 48_000;
const tone = (hertz: number, amplitude = 0.3) => Float32Array.from({ length: 4096 }, (_, index) => amplitude * Math.sin((2 * Math.PI * hertz * index) / rate));

test('a tone is heard at its pitch, however loud it is, and not at another', () => {
  expect(shareAt(tone(440), rate, 440)).toBeGreaterThan(0.98);
  expect(shareAt(tone(440, 0.01), rate, 440)).toBeGreaterThan(0.98);
  expect(shareAt(tone(440), rate, 660)).toBeLessThan(0.01);
});

test('of two tones each has its share', () => {
  const second = tone(1000);
  const both = tone(440).map((sample, index) => sample + (second[index] ?? 0));
  expect(shareAt(both, rate, 440)).toBeCloseTo(0.5, 1);
  expect(shareAt(both, rate, 1000)).toBeCloseTo(0.5, 1);
});

test('silence has no pitch', () => {
  expect(shareAt(new Float32Array(4096), rate, 440)).toBe(0);
});
