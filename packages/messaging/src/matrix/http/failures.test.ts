import { describe, expect, it } from 'vitest';
import { failureOf } from './failures.ts';

describe('what a refusal means', () => {
  it('may be tried again after the time that a rate limit names, in its body or its header', () => {
    expect(failureOf(429, { errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 1500 }, '9').failure).toEqual({ kind: 'again', outcome: 'unsent', retryAfterMs: 1500 });
    expect(failureOf(429, {}, '2').failure).toEqual({ kind: 'again', outcome: 'unsent', retryAfterMs: 2000 });
    expect(failureOf(429, {}, null).failure).toEqual({ kind: 'again', outcome: 'unsent' });
  });

  it('leaves open whether a message got through when a gateway gave up', () => {
    for (const status of [500, 502, 503, 504, 408]) expect(failureOf(status, {}, null).failure).toEqual({ kind: 'again', outcome: 'unknown' });
  });

  it('is final where the homeserver says no', () => {
    expect(failureOf(403, { errcode: 'M_FORBIDDEN' }, null).failure).toEqual({ kind: 'refused', status: 403, code: 'M_FORBIDDEN' });
    expect(failureOf(413, {}, null).failure).toEqual({ kind: 'refused', status: 413, code: 'M_UNKNOWN' });
  });

  it('does not blame the message for an ended session', () => {
    expect(failureOf(401, { errcode: 'M_UNKNOWN_TOKEN' }, null).failure).toEqual({ kind: 'again', outcome: 'unsent' });
  });
});
