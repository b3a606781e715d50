import type { MatrixAdmin } from './MatrixAdmin.ts';

/** Makes the service account as soon as the homeserver answers, however late that is. */
export interface Provisioning {
  /** Rejects until it is made. */
  ready(): Promise<void>;
  stop(): void;
}

const tryAgainAfter = 2000;

/** Starts to provision; tries again until it works. */
export function makeProvisioning(matrix: MatrixAdmin, log: { warn(details: object, message: string): void }): Provisioning {
  let done = false;
  let timer: NodeJS.Timeout | undefined;
  const attempt = async (): Promise<void> => {
    try {
      await matrix.ensureReady();
      done = true;
    } catch (error) {
      log.warn({ err: error }, 'the homeserver is not ready yet');
      timer = setTimeout(() => void attempt(), tryAgainAfter);
      timer.unref();
    }
  };
  void attempt();
  return {
    ready: async () => {
      if (!done) throw new Error('the service account is not made yet');
    },
    stop: () => clearTimeout(timer),
  };
}
