import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isSignalType, parseSignal } from './parseSignal.ts';
import { signalTypes, writeSignal, type Signal } from './signals.ts';

const from = { callId: 'call', party: 'page', epoch: 2 };
const offer = { type: 'offer', sdp: 'v=0' } as const;
const answer = { type: 'answer', sdp: 'v=0' } as const;
const every: readonly Signal[] = [
  { ...from, is: 'invite', kind: 'video', booked: true, invitees: ['@candidate:test'], lifetimeMs: 60_000, offer },
  { ...from, is: 'ready', connection: 0, answer },
  { ...from, is: 'answer', kind: 'voice', connection: 0, answer },
  { ...from, is: 'select', selected: 'other' },
  { ...from, is: 'candidates', connection: 1, round: 2, candidates: [{ candidate: 'candidate:1', sdpMid: '0', sdpMLineIndex: 0 }, { candidate: '', sdpMid: null, sdpMLineIndex: null }] },
  { ...from, is: 'negotiate', connection: 1, round: 2, to: 'other', description: offer },
  { ...from, is: 'again', connection: 1 },
  { ...from, is: 'reject', reason: 'declined' },
  { ...from, is: 'reject', reason: 'busy' },
  { ...from, is: 'hangup', reason: 'ice_failed' },
];

describe('A signal', () => {
  it.each(every.map((signal) => [signal.is, signal] as const))('is read as it was written: %s', (_, signal) => {
    const { type, content } = writeSignal(signal);
    expect(isSignalType(type)).toBe(true);
    expect(parseSignal(type, JSON.parse(JSON.stringify(content)))).toEqual({ ok: true, signal });
  });

  it('is dropped with a reason when a field is wrong or absent, and nothing that comes makes it throw', () => {
    const written = every.map(writeSignal);
    const damaged = fc.constantFrom(...written).chain(({ type, content }) =>
      fc.tuple(fc.constant(type), fc.constantFrom(...Object.keys(content)), fc.oneof(fc.anything(), fc.constant(undefined))).map(([type, key, value]) => ({ type, content: { ...content, [key]: value } })),
    );
    const anything = fc.record({ type: fc.constantFrom(...Object.values(signalTypes), 'm.room.message'), content: fc.anything() });
    fc.assert(
      fc.property(fc.oneof(damaged, anything), ({ type, content }) => {
        const parsed = parseSignal(type, content);
        if (!parsed.ok) return void expect(parsed.reason).not.toBe('');
        // What was read is whole: written again it is read as the same.
        const again = writeSignal(parsed.signal);
        expect(parseSignal(again.type, again.content)).toEqual(parsed);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([
    ['of another version', { version: '0' }],
    ['without a call', { call_id: '' }],
    ['with an offer that is an answer', { offer: answer }],
    ['with too large an offer', { offer: { type: 'offer', sdp: 'x'.repeat(200_000) } }],
    ['for nobody', { 'cn.baton.call.invitees': [], invitee: undefined }],
    ['that lives for no time', { lifetime: 0 }],
    ['of no kind', { 'cn.baton.call.kind': 'smell' }],
  ])('is refused: an invitation %s', (_, change) => {
    const { type, content } = writeSignal(every[0]!);
    expect(parseSignal(type, { ...content, ...change })).toMatchObject({ ok: false });
  });

  it('does not ring for longer than three minutes, whatever it asks for', () => {
    const { type, content } = writeSignal(every[0]!);
    expect(parseSignal(type, { ...content, lifetime: 1e12 })).toMatchObject({ signal: { lifetimeMs: 180_000 } });
  });
});
