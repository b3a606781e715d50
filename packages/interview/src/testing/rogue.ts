import type { ReceivedEvent } from '../call/ports.ts';
import { writeSignal, type Signal } from '../call/signals.ts';
import { people } from './people.ts';

/** What a device might say that nobody certified. */
export type RogueSignal = Signal['is'];

const party = 'rogue-party';
const mark = 'rogue-sdp';

/** Marks of an uncertified device: they are never to be seen in what anybody sends. */
export const roguePeople = [party, mark] as const;

/** A signal of an uncertified device that claims to be one of the two, about the call of some content that was seen in the room. */
export function rogueSignal(is: RogueSignal, seen: Record<string, unknown> | undefined): Omit<ReceivedEvent, 'roomId'> {
  const from = { callId: typeof seen?.['call_id'] === 'string' ? seen['call_id'] : 'rogue-call', party, epoch: 99 };
  const answer = { type: 'answer', sdp: mark } as const;
  const offer = { type: 'offer', sdp: mark } as const;
  const signals: Record<RogueSignal, Signal> = {
    invite: { ...from, is: 'invite', kind: 'video', booked: false, invitees: [people.candidate, people.recruiter], lifetimeMs: 60_000, offer },
    ready: { ...from, is: 'ready', connection: 0, answer },
    answer: { ...from, is: 'answer', kind: 'video', connection: 0, answer },
    select: { ...from, is: 'select', selected: party },
    candidates: { ...from, is: 'candidates', connection: 0, round: 0, candidates: [{ candidate: mark, sdpMid: null, sdpMLineIndex: null }] },
    negotiate: { ...from, is: 'negotiate', connection: 9, round: 9, to: typeof seen?.['party_id'] === 'string' ? seen['party_id'] : party, description: offer },
    again: { ...from, is: 'again', connection: 9 },
    reject: { ...from, is: 'reject', reason: 'declined' },
    hangup: { ...from, is: 'hangup', reason: 'user_hangup' },
  };
  return { sender: is === 'invite' || is === 'negotiate' || is === 'select' ? people.recruiter : people.candidate, certified: false, joined: true, ...writeSignal(signals[is]), ageMs: 0 };
}

/** Whether somebody took a description that an uncertified device made. */
export function hasUncertifiedPath(met: readonly (readonly [string, string])[]): boolean {
  return met.some(([, other]) => other.includes(mark));
}
