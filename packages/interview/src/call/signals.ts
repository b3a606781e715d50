import type { Candidate, Session } from './transport.ts';

/*
 * What travels between the devices of a call: Matrix's VoIP events (version "1"), each the content of an encrypted event in the
 * thread. What Baton adds is prefixed `cn.baton.call.`.
 */

export type CallKind = 'voice' | 'video';

/** Why somebody hangs up; the names are Matrix's. */
export const hangupReasons = ['user_hangup', 'invite_timeout', 'ice_failed', 'replaced', 'unknown_error'] as const;
export type HangupReason = (typeof hangupReasons)[number];

interface FromDevice {
  callId: string;
  /** The page that speaks: a reload makes a new party. */
  party: string;
  /** How often this person has come back into the call. Of two parties of a person the one with the higher epoch is in it. */
  epoch: number;
}

/*
 * Each connection is counted (an invitation's is 0), and so is each offer on it (`round`): an answer or a candidate that comes
 * late is recognised, and one that comes early can wait.
 */

export type Invite = FromDevice & { is: 'invite'; kind: CallKind; booked: boolean; invitees: readonly string[]; lifetimeMs: number; offer: Session };
/** A device that rings answers without tracks, so that the way stands before anybody has accepted. */
export type Ready = FromDevice & { is: 'ready'; connection: number; answer: Session };
/** Somebody accepted. `kind` is how: an offer of video may be accepted with voice only. */
export type Answer = FromDevice & { is: 'answer'; kind: CallKind; connection: number; answer: Session };
/** Of those who accepted, the caller talks to this one. */
export type Select = FromDevice & { is: 'select'; selected: string };
export type Candidates = FromDevice & { is: 'candidates'; connection: number; round: number; candidates: readonly Candidate[] };
/** A further offer, or its answer. `to` is the party that it is for. */
export type Negotiate = FromDevice & { is: 'negotiate'; connection: number; round: number; to: string; description: Session };
/** Whoever does not offer asks for an offer: the way is lost, or they come back after a reload. */
export type Again = FromDevice & { is: 'again'; connection: number };
export type Reject = FromDevice & { is: 'reject'; reason: 'declined' | 'busy' };
export type Hangup = FromDevice & { is: 'hangup'; reason: HangupReason };

export type Signal = Invite | Ready | Answer | Select | Candidates | Negotiate | Again | Reject | Hangup;

/** The event type of each signal. */
export const signalTypes = {
  invite: 'm.call.invite',
  ready: 'cn.baton.call.ready',
  answer: 'm.call.answer',
  select: 'm.call.select_answer',
  candidates: 'm.call.candidates',
  negotiate: 'm.call.negotiate',
  again: 'cn.baton.call.again',
  reject: 'm.call.reject',
  hangup: 'm.call.hangup',
} as const satisfies Record<Signal['is'], string>;

const field = (name: string) => `cn.baton.call.${name}`;

/** An event's type and content, ready to be encrypted. */
export function writeSignal(signal: Signal): { type: string; content: Record<string, unknown> } {
  const base = { call_id: signal.callId, party_id: signal.party, version: '1', [field('epoch')]: signal.epoch };
  return { type: signalTypes[signal.is], content: { ...base, ...contentOf(signal) } };
}

function contentOf(signal: Signal): Record<string, unknown> {
  switch (signal.is) {
    case 'invite': {
      const [first, ...others] = signal.invitees;
      return {
        lifetime: signal.lifetimeMs, offer: signal.offer, ...(others.length === 0 ? { invitee: first } : {}),
        [field('invitees')]: signal.invitees, [field('kind')]: signal.kind, [field('booked')]: signal.booked,
      };
    }
    case 'ready':
      return { answer: signal.answer, [field('connection')]: signal.connection };
    case 'answer':
      return { answer: signal.answer, [field('connection')]: signal.connection, [field('kind')]: signal.kind };
    case 'select':
      return { selected_party_id: signal.selected };
    case 'candidates':
      return { candidates: signal.candidates, [field('connection')]: signal.connection, [field('round')]: signal.round };
    case 'negotiate':
      return { description: signal.description, lifetime: 30_000, [field('connection')]: signal.connection, [field('round')]: signal.round, [field('to')]: signal.to };
    case 'again':
      return { [field('connection')]: signal.connection };
    case 'reject':
      return signal.reason === 'busy' ? { reason: 'user_busy' } : {};
    case 'hangup':
      return { reason: signal.reason };
  }
}
