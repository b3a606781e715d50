import type { FastifyInstance, FastifyRequest } from 'fastify';
import { deny } from '../errors/refusal.ts';

/** Attempts that are allowed in a window, from one address and on one subject (an e-mail address, an account). */
const limits = {
  /** Failed ones only. */
  signIn: { perAddress: 20, perSubject: 10, minutes: 5 },
  setUp: { perAddress: 60, perSubject: 30, minutes: 10 },
  /** Nobody guesses a link's secret, and a fair's visitors share one address. */
  claim: { perAddress: 600, perSubject: 30, minutes: 10 },
  report: { perAddress: 20, perSubject: 10, minutes: 10 },
  deposit: { perAddress: 1200, perSubject: 240, minutes: 1 },
  look: { perAddress: 240, perSubject: 240, minutes: 1 },
} as const;

/** Operations that can be guessed with, or cost much. */
export type ThrottledOperation = keyof typeof limits;

/**
 * Counts an attempt; denies with THROTTLED {seconds} when there were too many.
 * @param subject what is tried, if it is to be counted from whatever address
 * @param mode `look` only denies: for what counts when it fails
 */
export type Throttle = (operation: ThrottledOperation, subject?: string, mode?: 'count' | 'look') => Promise<void>;

declare module 'fastify' {
  interface FastifyRequest {
    throttleKey: string;
  }
}

/** Makes throttles of requests. Wants @fastify/rate-limit registered; counts are this process's own. */
export function makeThrottles(app: FastifyInstance): (request: FastifyRequest) => Throttle {
  app.decorateRequest('throttleKey', '');
  const limiter = (max: number, minutes: number) =>
    // One more than allowed is the first that is denied.
    app.createRateLimit({ max, timeWindow: minutes * 60_000, keyGenerator: (request) => request.throttleKey });
  const limiters = Object.fromEntries(
    Object.entries(limits).map(([operation, { perAddress, perSubject, minutes }]) => [
      operation,
      { address: limiter(perAddress, minutes), subject: limiter(perSubject, minutes) },
    ]),
  ) as Record<ThrottledOperation, { address: ReturnType<typeof limiter>; subject: ReturnType<typeof limiter> }>;

  return (request) => async (operation, subject, mode = 'count') => {
    const check = async (limit: ReturnType<typeof limiter>, key: string): Promise<void> => {
      request.throttleKey = `${operation} ${key}`;
      const outcome = await limit(request, { increment: mode === 'count' });
      const exhausted = !outcome.isAllowed && (outcome.isExceeded || (mode === 'look' && outcome.remaining === 0));
      if (exhausted) deny('THROTTLED', { seconds: outcome.ttlInSeconds });
    };
    await check(limiters[operation].address, request.ip);
    if (subject !== undefined) await check(limiters[operation].subject, subject);
  };
}
