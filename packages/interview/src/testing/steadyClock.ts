import type { SteadyClock } from '../call/ports.ts';

export interface TestClock extends SteadyClock {
  /** Lets time pass, timer after timer; between them whatever is pending gets its turn. */
  pass(ms: number): Promise<void>;
}

/** Enough for every promise that is already settled to be heard. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
}

/** A clock that stands still until time is told to pass. */
export function makeTestClock(start = 1_000_000): TestClock {
  let now = start;
  let timers: { at: number; task: () => void }[] = [];
  return {
    now: () => now,
    after: (delayMs, task) => {
      const timer = { at: now + delayMs, task };
      timers.push(timer);
      return () => {
        timers = timers.filter((each) => each !== timer);
      };
    },
    pass: async (ms) => {
      const until = now + ms;
      await settled();
      for (;;) {
        const next = timers.filter(({ at }) => at <= until).sort((a, b) => a.at - b.at)[0];
        if (next === undefined) break;
        timers = timers.filter((each) => each !== next);
        now = Math.max(now, next.at);
        next.task();
        await settled();
      }
      now = until;
    },
  };
}
