/**
 * How much of a signal's power lies at one frequency, 0 to 1: about 1 for a tone of just this pitch. By Goertzel's algorithm,
 * under a Hann window, so that a neighbouring pitch does not leak in.
 */
export function shareAt(signal: Float32Array, sampleRate: number, hertz: number): number {
  const turn = (2 * Math.PI * hertz) / sampleRate;
  const coefficient = 2 * Math.cos(turn);
  let [last, before, power, windowSum, windowPower] = [0, 0, 0, 0, 0];
  signal.forEach((sample, index) => {
    const weight = 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / signal.length);
    const value = sample * weight;
    [last, before] = [value + coefficient * last - before, last];
    power += value * value;
    windowSum += weight;
    windowPower += weight * weight;
  });
  if (power === 0) return 0;
  const found = last * last + before * before - coefficient * last * before;
  // A tone of amplitude A gives (A/2 × sum of weights)² there, and A²/2 × sum of their squares in all.
  return Math.min(1, (2 * found * windowPower) / (windowSum * windowSum * power));
}
