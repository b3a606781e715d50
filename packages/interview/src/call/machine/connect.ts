import type { Candidate, Session } from '../transport.ts';
import { end } from './end.ts';
import { limits, type Call, type Event, type Path } from './state.ts';
import { changeCall, keep, say, type Turn } from './turn.ts';

/** The caller makes an offer on the connection that is there. */
function offer(turn: Turn, restart: boolean): void {
  const call = changeCall(turn, { round: callOf(turn).round + 1, offeredAt: turn.at });
  turn.effects.push({ do: 'offer', connection: call.connection, round: call.round, restart });
}

/** A connection from nothing: the first one, to a device that has none, or where the old one is beyond repair. */
export function connectAfresh(turn: Turn, connection: number, relayOnly: boolean): void {
  const call = changeCall(turn, { connection, relayOnly, open: true, round: -1, settled: -1, path: 'none' });
  turn.effects.push({ do: 'open', connection, relayOnly });
  keep(turn, call);
  offer(turn, false);
}

/** From accepting on addresses need not be hidden: the way that stands carries the call while a shorter one is sought. */
export function openUp(turn: Turn): void {
  if (!callOf(turn).relayOnly) return;
  const call = changeCall(turn, { relayOnly: false });
  turn.effects.push({ do: 'open up', connection: call.connection });
  if (call.role === 'caller') offer(turn, true);
}

/** The caller settles an offer by its answer. */
export function take(turn: Turn, round: number, answer: Session): void {
  const call = changeCall(turn, { settled: round });
  turn.effects.push({ do: 'take', connection: call.connection, answer });
  release(turn);
  // A way that never broke on this side does not come back: it is there.
  if (call.peer !== null) settle(turn);
}

/** The callee answers an offer; `answered` follows. */
export function answer(turn: Turn, connection: number, round: number, session: Session): void {
  if (connection > callOf(turn).connection || !callOf(turn).open) {
    const { relayOnly } = changeCall(turn, { connection, open: true, path: 'none' });
    turn.effects.push({ do: 'open', connection, relayOnly });
  }
  turn.effects.push({ do: 'answer', connection, round, offer: session });
  keep(turn, changeCall(turn, { settled: round }));
  release(turn);
}

/** Adds the candidates whose description is here, and forgets those whose connection is gone. */
export function release(turn: Turn): void {
  const { held, connection, settled, peer, warm, open } = callOf(turn);
  const party = (peer ?? warm)?.party;
  const due = held.filter((each) => open && each.connection === connection && each.round <= settled && each.party === party);
  for (const { candidates } of due) turn.effects.push({ do: 'add candidates', connection, candidates });
  // A caller keeps what the devices say that may yet be chosen.
  changeCall(turn, { held: held.filter((each) => !due.includes(each) && each.connection >= connection) });
}

/** Goes on to `live` where both have accepted and the way stands. */
export function settle(turn: Turn): void {
  const call = callOf(turn);
  if (!call.confirmed || call.peer === null || call.path !== 'connected') return;
  changeCall(turn, { phase: 'live', connectUntil: null, retryAt: null, giveUpAt: null, attempts: 0, liveSince: call.liveSince ?? turn.at });
  turn.effects.push({ do: 'tell sending', connection: call.connection, sending: call.sending });
}

/** Tries to find the way again; the first times on the connection that is there. */
export function seekPath(turn: Turn): void {
  const call = changeCall(turn, { retryAt: turn.at + limits.retry, attempts: callOf(turn).attempts + 1 });
  if (call.phase === 'live') changeCall(turn, { phase: 'reconnecting' });
  if (!call.confirmed) return;
  if (call.role === 'callee') return say(turn, call, { is: 'again', connection: call.connection }, 'room');
  if (call.open && call.attempts <= 2) return offer(turn, true);
  connectAfresh(turn, call.connection + 1, false);
}

export function onOffered(turn: Turn, event: Event & { happened: 'offered' }): void {
  const call = turn.machine.call;
  if (call === null || event.connection !== call.connection || event.round !== call.round) return;
  if (!call.invited) {
    changeCall(turn, { invited: true });
    const invitees = call.participants.filter(({ presence }) => presence !== 'caller').map(({ userId }) => userId);
    return say(turn, call, { is: 'invite', kind: call.kind, booked: call.booked, invitees, lifetimeMs: limits.ring, offer: event.session }, 'room');
  }
  if (call.peer !== null) {
    say(turn, call, { is: 'negotiate', connection: event.connection, round: event.round, to: call.peer.party, description: event.session });
  }
}

export function onAnswered(turn: Turn, event: Event & { happened: 'answered' }): void {
  const call = turn.machine.call;
  if (call === null || event.connection !== call.connection || event.round !== call.settled) return;
  if (call.connection === 0 && event.round === 0) {
    changeCall(turn, { answer: event.session });
    if (call.accepted) sayAccepted(turn);
    else say(turn, call, { is: 'ready', connection: 0, answer: event.session }, 'room');
  } else if (call.peer !== null) {
    say(turn, call, { is: 'negotiate', connection: event.connection, round: event.round, to: call.peer.party, description: event.session });
  }
}

/** Tells the caller that this device accepts: at once where the invitation is answered, else as soon as it is. */
export function sayAccepted(turn: Turn): void {
  const call = callOf(turn);
  if (call.answer !== null) say(turn, call, { is: 'answer', kind: call.sending.camera ? 'video' : 'voice', connection: 0, answer: call.answer });
}

/** A candidate of our own goes at once: waiting for more costs seconds. */
export function onFound(turn: Turn, connection: number, candidates: readonly Candidate[]): void {
  const call = turn.machine.call;
  if (call === null || connection !== call.connection) return;
  const round = call.role === 'caller' ? call.round : call.settled;
  say(turn, call, { is: 'candidates', connection, round, candidates }, call.confirmed ? 'direct' : 'room');
}

export function onPath(turn: Turn, connection: number, path: Exclude<Path, 'none'>): void {
  const before = turn.machine.call;
  if (before === null || connection !== before.connection || !before.open) return;
  const call = changeCall(turn, { path });
  if (path === 'connected') return settle(turn);
  if (path === 'connecting' || !call.confirmed || call.peer === null) return;
  // What began as a flap counts from its beginning. Before the first connection another limit runs.
  if (call.liveSince !== null) changeCall(turn, { giveUpAt: call.giveUpAt ?? turn.at + limits.giveUp });
  const next = path === 'failed' && call.attempts === 0 ? turn.at : turn.at + limits.flap;
  changeCall(turn, { retryAt: Math.min(call.retryAt ?? next, next) });
}

/** Does what is due. */
export function onTime(turn: Turn): void {
  const due = (time: number | null | undefined): boolean => typeof time === 'number' && time <= turn.at;
  const call = turn.machine.call;
  if (call === null) return;
  if (due(call.ringUntil)) return call.role === 'caller' ? end(turn, 'no answer', null, 'invite_timeout') : end(turn, 'missed', null);
  if (due(call.connectUntil) || due(call.giveUpAt)) return end(turn, 'failed', null, 'ice_failed');
  if (due(call.retryAt)) seekPath(turn);
}

function callOf(turn: Turn): Call {
  if (turn.machine.call === null) throw new Error('there is no call');
  return turn.machine.call;
}
