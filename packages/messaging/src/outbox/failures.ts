import { isBatonError } from '@baton/base';
import { HomeserverError, type SendFailure } from '../ports.ts';

/** What a failed step means for a room's queue. */
export type Verdict =
  | { kind: 'again'; retryAfterMs: number; maybeSent: boolean; waitsFor: { code: string } | null; unexpected?: unknown }
  /** Nobody is signed in any more: nothing is wrong with the message. */
  | { kind: 'stop' }
  | { kind: 'park'; code: string };

/** Reads an error of the homeserver, the encryption or the depositor. What is not understood is tried again, never dropped. */
export function judge(error: unknown, step: 'prepare' | 'put'): Verdict {
  const failure = failureOf(error);
  if (failure?.kind === 'again') {
    return { kind: 'again', retryAfterMs: failure.retryAfterMs ?? 0, maybeSent: step === 'put' && failure.outcome === 'unknown', waitsFor: null };
  }
  if (failure?.kind === 'refused') {
    if (failure.status === 401) return { kind: 'stop' };
    if (step === 'put') return { kind: 'park', code: codeOf(failure) };
  }
  const again = { kind: 'again' as const, retryAfterMs: 0, maybeSent: step === 'put' };
  return isBatonError(error) ? { ...again, waitsFor: { code: error.code } } : { ...again, waitsFor: null, unexpected: error };
}

/** By shape, because classes are lost on the way out of a worker. */
function failureOf(error: unknown): SendFailure | undefined {
  return error instanceof HomeserverError ? error.failure : (error as { failure?: SendFailure } | null)?.failure;
}

function codeOf(failure: { status: number; code: string }): string {
  if (failure.status === 413 || failure.code === 'M_TOO_LARGE') return 'MESSAGE_TOO_LONG';
  if (failure.status === 403 || failure.status === 404) return 'NOT_A_MEMBER';
  return 'SEND_REFUSED';
}
