import type { FastifyInstance } from 'fastify';

/** Whether traffic should come here. */
export interface Readiness {
  /** From now on /readyz says no: a proxy sends no one new. */
  drain(): void;
}

/** What has not answered within this, in milliseconds, is missing. */
const patience = 2000;

/**
 * /livez: the process answers. /readyz: what it depends on answers too, at this moment: nothing is remembered.
 * @param checks each rejects while something is missing
 */
export function mountReadiness(app: FastifyInstance, checks: Readonly<Record<string, () => Promise<void>>>): Readiness {
  let draining = false;
  let looking: Promise<string[]> | undefined;
  /** Names of what is missing. Whoever asks meanwhile gets the same answer: this costs the others a request each. */
  const look = (): Promise<string[]> => {
    looking ??= missingOf(checks).finally(() => (looking = undefined));
    return looking;
  };
  app.get('/livez', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const missing = await look();
    const ok = !draining && missing.length === 0;
    return reply.code(ok ? 200 : 503).send({ ok, missing, draining });
  });
  return {
    drain: () => {
      draining = true;
    },
  };
}

async function missingOf(checks: Readonly<Record<string, () => Promise<void>>>): Promise<string[]> {
  const outcomes = await Promise.all(Object.entries(checks).map(async ([name, check]) => {
    const timeout = Promise.withResolvers<never>();
    const timer = setTimeout(() => timeout.reject(new Error(`${name} does not answer`)), patience);
    return Promise.race([check(), timeout.promise]).then(() => [], () => [name]).finally(() => clearTimeout(timer));
  }));
  return outcomes.flat();
}
