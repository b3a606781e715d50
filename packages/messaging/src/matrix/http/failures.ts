import { HomeserverError } from '../../ports.ts';

/** The body of a homeserver's refusal. */
export interface ErrorBody {
  errcode?: string;
  error?: string;
  soft_logout?: boolean;
  retry_after_ms?: number;
}

/**
 * What a refusal means for whoever wants to try again. A 429 was turned away at the door, so nothing happened. Behind
 * any 5xx the homeserver may have stored the event before something between it and us gave up.
 */
export function failureOf(status: number, body: ErrorBody, retryAfterHeader: string | null): HomeserverError {
  const code = body.errcode ?? 'M_UNKNOWN';
  const message = `${status} ${code}: ${body.error ?? 'no reason given'}`;
  if (status === 429) {
    const seconds = retryAfterHeader === null ? Number.NaN : Number(retryAfterHeader);
    const retryAfterMs = body.retry_after_ms ?? (Number.isFinite(seconds) ? seconds * 1000 : undefined);
    return new HomeserverError({ kind: 'again', outcome: 'unsent', ...(retryAfterMs === undefined ? {} : { retryAfterMs }) }, message);
  }
  // An ended session is not the message's fault: it stays queued, and `connection` says what happened.
  if (code === 'M_UNKNOWN_TOKEN') return new HomeserverError({ kind: 'again', outcome: 'unsent' }, message);
  if (status >= 500 || status === 408 || status === 425) return new HomeserverError({ kind: 'again', outcome: 'unknown' }, message);
  return new HomeserverError({ kind: 'refused', status, code }, message);
}

/** A request that got no answer: refused connection, lost answer or time-out look alike from here. */
export function noAnswer(cause: unknown): HomeserverError {
  return new HomeserverError({ kind: 'again', outcome: 'unknown' }, 'The homeserver did not answer', { cause });
}
