import { isBatonError } from '@baton/base';
import { HomeserverError } from '@baton/messaging';

const restMs = [300, 1_000, 3_000, 10_000, 30_000];
const passing = new Set(['OFFLINE', 'SERVER_UNREACHABLE', 'THROTTLED', 'CONFLICT', 'INTERNAL', 'MATRIX_UNAVAILABLE']);

/** Whether an error may be gone with the next try. */
export function isPassing(error: unknown): boolean {
  return isBatonError(error) ? passing.has(error.code) : error instanceof HomeserverError && error.failure.kind === 'again';
}

/** Works until it is done or `isOver`, as long as it is only the network that says no. */
export async function persistently<T>(work: () => Promise<T>, { report, isOver }: { report(problem: unknown): void; isOver(): boolean }): Promise<T> {
  for (let attempt = 0; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (!isPassing(error) || isOver()) throw error;
      report(error);
      await new Promise((resolve) => setTimeout(resolve, restMs[Math.min(attempt, restMs.length - 1)]));
    }
  }
}
