import { setTimeout as sleep } from 'node:timers/promises';

/**
 * Asks again and again until the answer is yes.
 * @param within milliseconds after which it gives up
 * @returns whether it came true in time
 */
export async function waitUntil(question: () => boolean | Promise<boolean>, within: number, every = 25): Promise<boolean> {
  const end = performance.now() + within;
  for (;;) {
    if (await question()) return true;
    if (performance.now() >= end) return false;
    await sleep(every);
  }
}
