import type { Call, Effect, Machine, Peer } from './state.ts';
import type { Signal } from '../signals.ts';

/** One step of the machine while it is made: the verbs change `machine` and add effects. */
export interface Turn {
  machine: Machine;
  readonly effects: Effect[];
  /** The steady clock, in ms. */
  readonly at: number;
}

export function changeCall(turn: Turn, change: Partial<Call>): Call {
  if (turn.machine.call === null) throw new Error('there is no call to change');
  const call = { ...turn.machine.call, ...change };
  turn.machine = { ...turn.machine, call };
  return call;
}

type WithoutOrigin<S> = S extends Signal ? Omit<S, 'callId' | 'party' | 'epoch'> : never;

/** Says something in the name of this device. */
export function say(turn: Turn, call: Call, signal: WithoutOrigin<Signal>, by: 'room' | 'both' | 'direct' = 'both'): void {
  const { roomId, callId, party, epoch } = call;
  turn.effects.push({ do: 'signal', roomId, signal: { ...signal, callId, party, epoch } as Signal, by });
}

/** Keeps what a reload needs to come back. What only rings here rings again by itself. */
export function keep(turn: Turn, call: Call): void {
  if (!call.accepted) return;
  const { callId, roomId, kind, booked, role, participants, epoch, peer, connection, sending } = call;
  turn.effects.push({ do: 'keep', kept: { callId, roomId, kind, booked, role, participants, epoch, peer, connection, sending } });
}

/** Which of two parties of one person came later; the same order on every device. Positive: `a`. */
export function compareParties(a: Pick<Peer, 'party' | 'epoch'>, b: Pick<Peer, 'party' | 'epoch'>): number {
  return a.epoch !== b.epoch ? a.epoch - b.epoch : a.party === b.party ? 0 : a.party > b.party ? 1 : -1;
}
