const first = 400;
const ceiling = 30_000;

/**
 * Milliseconds to wait after `failures` failed attempts in a row: doubled each time up to half a minute, and spread
 * over the upper half of that, so that many clients of a restarted server do not come back at once.
 */
export function backoff(failures: number, random: () => number): number {
  const limit = Math.min(ceiling, first * 2 ** Math.min(failures - 1, 16));
  return Math.round(limit * (0.5 + random() / 2));
}
