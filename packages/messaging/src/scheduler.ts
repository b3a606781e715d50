import { systemClock } from '@baton/base';
import type { Scheduler } from './ports.ts';

/** The machine's own clock and timers. */
export const systemScheduler: Scheduler = {
  now: () => systemClock.now(),
  after: (delayMs, task) => {
    const timer = setTimeout(task, delayMs);
    return () => clearTimeout(timer);
  },
};
