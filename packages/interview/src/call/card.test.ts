import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cardOf, type KeptSignal } from './card.ts';
import type { Signal } from './signals.ts';

const caller = '@recruiter:test';
const callee = '@candidate:test';
const session = { type: 'answer', sdp: 'x' } as const;
const of = (party: string) => ({ callId: 'call', party, epoch: 0 });
const invite: KeptSignal = { sender: caller, at: 1_000, signal: { ...of('desk'), is: 'invite', kind: 'video', booked: false, invitees: [callee], lifetimeMs: 60_000, offer: { type: 'offer', sdp: 'x' } } };
const answer = (party: string, at: number, kind: 'voice' | 'video' = 'video'): KeptSignal => ({ sender: callee, at, signal: { ...of(party), is: 'answer', kind, connection: 0, answer: session } });
const select = (party: string, at: number): KeptSignal => ({ sender: caller, at, signal: { ...of('desk'), is: 'select', selected: party } });
const hangup = (sender: string, at: number, reason: (Signal & { is: 'hangup' })['reason'] = 'user_hangup'): KeptSignal => ({ sender, at, signal: { ...of('desk'), is: 'hangup', reason } });
const reject = (at: number, reason: 'declined' | 'busy'): KeptSignal => ({ sender: callee, at, signal: { ...of('phone'), is: 'reject', reason } });
const ofStranger: KeptSignal = { sender: '@colleague:test', at: 1_500, signal: { ...of('other'), is: 'hangup', reason: 'user_hangup' } };

const stories: readonly (readonly [what: string, signals: readonly KeptSignal[], now: number, card: object])[] = [
  ['rings', [invite], 2_000, { outcome: 'ringing', kind: 'video', caller, at: 1_000, acceptedBy: null, lastedMs: null }],
  ['was missed, though nobody said so', [invite], 90_000, { outcome: 'missed' }],
  ['was missed', [invite, hangup(caller, 61_000, 'invite_timeout')], 90_000, { outcome: 'missed' }],
  ['was called off', [invite, hangup(caller, 5_000)], 90_000, { outcome: 'cancelled' }],
  ['was declined', [invite, reject(5_000, 'declined'), hangup(caller, 5_100)], 90_000, { outcome: 'declined' }],
  ['met somebody busy', [invite, reject(5_000, 'busy')], 90_000, { outcome: 'busy' }],
  ['goes on', [invite, answer('phone', 5_000)], 90_000, { outcome: 'ongoing', acceptedBy: callee, lastedMs: null }],
  ['took a minute, with voice only', [invite, answer('phone', 5_000, 'voice'), select('phone', 5_100), hangup(callee, 65_000)], 90_000, { outcome: 'ended', kind: 'voice', lastedMs: 60_000 }],
  ['was taken by the device that was chosen', [invite, answer('phone', 5_000, 'voice'), answer('tablet', 5_050), select('tablet', 5_100), hangup(caller, 6_050)], 90_000, { kind: 'video', lastedMs: 1_000 }],
  ['lost its way', [invite, answer('phone', 5_000), hangup(caller, 9_000, 'ice_failed')], 90_000, { outcome: 'failed', lastedMs: 4_000 }],
  ['has been over for long, since no day has so many hours', [invite, answer('phone', 5_000)], 86_400_000, { outcome: 'ended', lastedMs: null }],
];

describe('The card of a call', () => {
  it.each(stories)('says that it %s', (_, signals, now, card) => {
    expect(cardOf(signals, now)).toMatchObject(card);
  });

  it('does not depend on the order in which signals came, nor on their coming twice', () => {
    fc.assert(
      fc.property(fc.constantFrom(...stories).chain(([, signals, now]) => fc.tuple(fc.shuffledSubarray([...signals, ...signals], { minLength: signals.length * 2 }), fc.constant(signals), fc.constant(now))), ([shuffled, signals, now]) => {
        expect(cardOf(shuffled, now)).toEqual(cardOf(signals, now));
      }),
    );
  });

  it('does not listen to somebody who is not in the call', () => {
    expect(cardOf([invite, ofStranger, answer('phone', 5_000), ofStranger], 9_000)).toMatchObject({ outcome: 'ongoing' });
  });

  it('says nothing of a call whose invitation never came', () => {
    expect(cardOf([answer('phone', 5_000)], 9_000)).toBeNull();
  });
});
