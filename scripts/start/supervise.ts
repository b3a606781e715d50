import type { Service } from '../services/process/service.ts';

const allowed = 5;
const within = 60_000;

/**
 * Starts a service again when it ends by itself, up to five times a minute.
 * @param say told each time
 * @param giveUp called when it won't stay up
 */
export function supervise(service: Service, say: (sentence: string) => void, giveUp: (error: unknown) => void): void {
  let crashes: number[] = [];
  service.onCrash(() => {
    const now = Date.now();
    crashes = [...crashes.filter((time) => now - time < within), now];
    if (crashes.length > allowed) {
      giveUp(new Error(`${service.name} ended ${crashes.length} times in a minute.`));
      return;
    }
    say(`${service.name} ended by itself and is started again (its log is ${service.logFile})`);
    service.start().catch(giveUp);
  });
}
