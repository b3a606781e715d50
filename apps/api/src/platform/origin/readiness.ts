import type { FastifyInstance } from 'fastify';

/** Whether traffic should come here. */
export interface Readiness {
  /** From now on /readyz says no: a proxy sends no one new. */
  drain(): void;
}

/**
 * /livez: the process answers. /readyz: what it depends on answers too.
 * @param checks each rejects while something is missing
 */
export function mountReadiness(app: FastifyInstance, checks: Readonly<Record<string, () => Promise<void>>>): Readiness {
  let draining = false;
  app.get('/livez', async () => ({ ok: true }));
  app.get('/readyz', async (_request, reply) => {
    const missing: string[] = [];
    for (const [name, check] of Object.entries(checks)) await check().catch(() => missing.push(name));
    const ok = !draining && missing.length === 0;
    return reply.code(ok ? 200 : 503).send({ ok, missing, draining });
  });
  return {
    drain: () => {
      draining = true;
    },
  };
}
