import type { Scheduler } from '../ports.ts';

/**
 * Runs a concurrent world one step at a time. Whatever would wait for a disk or a network waits for its turn here
 * instead, and `choose` says who is next; time stands still until nobody is left but timers. One sequence of choices
 * is one interleaving, and the same sequence is the same interleaving.
 */
export interface Stage {
  readonly scheduler: Scheduler;
  /** Resolves when the stage picks it. */
  pause(): Promise<void>;
  /** Lets so many things happen. */
  steps(count: number): Promise<void>;
  /** Lets things happen, timers included, until nothing is left. Throws when that takes more than `limit` steps. */
  settle(limit?: number): Promise<void>;
  /** Lets time pass; timers that are due run. */
  pass(ms: number): Promise<void>;
}

/** `choose(n)` is a number below n. */
export function makeStage(choose: (n: number) => number): Stage {
  let now = 1_700_000_000_000;
  const waiting: (() => void)[] = [];
  const timers = new Set<{ at: number; task: () => void }>();

  const nextTimer = (): { at: number; task: () => void } | undefined =>
    [...timers].reduce<{ at: number; task: () => void } | undefined>((first, timer) => (first && first.at <= timer.at ? first : timer), undefined);

  const step = async (until: number): Promise<boolean> => {
    await new Promise((resolve) => setImmediate(resolve));
    if (waiting.length > 0) {
      const [next] = waiting.splice(choose(waiting.length), 1);
      next?.();
      return true;
    }
    const timer = nextTimer();
    if (!timer || timer.at > until) return false;
    timers.delete(timer);
    now = Math.max(now, timer.at);
    timer.task();
    return true;
  };

  return {
    scheduler: {
      now: () => now,
      after: (delayMs, task) => {
        const timer = { at: now + delayMs, task };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
    pause: () => new Promise((resolve) => waiting.push(resolve)),
    steps: async (count) => {
      for (let n = 0; n < count && (await step(now)); n += 1);
    },
    settle: async (limit = 100_000) => {
      for (let n = 0; await step(Infinity); n += 1) if (n > limit) throw new Error(`Nothing settled after ${limit} steps`);
    },
    pass: async (ms) => {
      const end = now + ms;
      while (await step(end));
      now = end;
    },
  };
}
