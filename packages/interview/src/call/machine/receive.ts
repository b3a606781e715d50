import { takesPart } from '../../participants/participants.ts';
import type { Hangup, Negotiate, Signal } from '../signals.ts';
import { answer, connectAfresh, openUp, release, seekPath, take } from './connect.ts';
import { end, refuse } from './end.ts';
import { confirm, meet, onAccepted, onReady, onRejected, onSelected, lifeLeft, ring } from './ring.ts';
import { limits, type Call, type Event, type Machine, type Peer, type Received } from './state.ts';
import { changeCall, compareParties, say, type Turn } from './turn.ts';

/** So much may wait for its invitation, or for its description. */
const mostWaiting = 64;

/** Something came through the room. Only certified people who are in the room are heard. */
export function receive(turn: Turn, received: Received): void {
  const { signal, sender, roomId, certified, joined } = received;
  const { call, userId, party } = turn.machine;
  if (!certified || !joined || signal.party === party) return;
  const over = turn.machine.over.find(({ callId }) => callId === signal.callId);
  if (over !== undefined) return sender === userId ? undefined : tellOver(turn, over, received);
  if (call?.callId === signal.callId) return call.roomId === roomId && takesPart(call.participants, sender) ? dispatch(turn, call, sender, signal) : undefined;
  if (signal.is === 'answer' && sender === userId && call?.roomId === roomId) end(turn, 'answered elsewhere', null, call.accepted ? 'replaced' : null);
  if (signal.is !== 'invite') return hold(turn, received);
  if (lifeLeft(received.ageMs, signal) <= 0) return refuse(turn, roomId, signal.callId);
  if (sender === userId) return onOwnInvite(turn, received);
  if (!signal.invitees.includes(userId)) return refuse(turn, roomId, signal.callId);
  if (call === null) {
    ring(turn, received, signal, 0);
    return recall(turn);
  }
  if (call.roomId === roomId && call.phase === 'ringing-out' && takesPart(call.participants, sender)) {
    meet(turn, received, signal);
    return recall(turn);
  }
  const isTheirs = call.peer?.userId === sender;
  if (isTheirs && call.phase === 'ringing-in') return hold(turn, received);
  if (isTheirs && call.phase === 'reconnecting') {
    // They lost the call and call again: that is the quicker way back.
    end(turn, 'failed', null, 'replaced');
    ring(turn, received, signal, 0);
    return recall(turn);
  }
  turn.effects.push({ do: 'signal', roomId, by: 'room', signal: { is: 'reject', reason: 'busy', callId: signal.callId, party, epoch: 0 } });
  refuse(turn, roomId, signal.callId);
}

/** Something came on the connection: it is the device at its other end that speaks, and no other. */
export function receiveDirectly(turn: Turn, { connection, signal }: Event & { happened: 'told' }): void {
  const { call } = turn.machine;
  const peer = call?.peer ?? call?.warm;
  if (call === null || peer == null || connection !== call.connection || signal.callId !== call.callId || signal.party !== peer.party || signal.is === 'invite') return;
  dispatch(turn, call, peer.userId, signal);
}

/** What waited for this call, or may now have its turn. */
export function recall(turn: Turn): void {
  const { call } = turn.machine;
  const early = turn.machine.early.filter(({ at }) => turn.at - at < limits.early);
  const invitation = call === null ? early.find(({ received }) => received.signal.is === 'invite') : undefined;
  const callId = call?.callId ?? invitation?.received.signal.callId;
  turn.machine = { ...turn.machine, early: early.filter(({ received }) => received.signal.callId !== callId) };
  if (invitation?.received.signal.is === 'invite') ring(turn, invitation.received, invitation.received.signal, turn.at - invitation.at);
  for (const each of early) if (each !== invitation && each.received.signal.callId === callId) receive(turn, each.received);
}

function hold(turn: Turn, received: Received): void {
  const kept = turn.machine.early.filter(({ at }) => turn.at - at < limits.early);
  turn.machine = { ...turn.machine, early: [...kept, { at: turn.at, received }].slice(-mostWaiting) };
}

/** The other side still believes in a call in which this device was. */
function tellOver(turn: Turn, over: Machine['over'][number], { roomId, signal }: Received): void {
  if (!over.wasIn || over.roomId !== roomId || !['answer', 'negotiate', 'again'].includes(signal.is)) return;
  const { callId, party, epoch } = over;
  turn.effects.push({ do: 'signal', roomId, by: 'room', signal: { is: 'hangup', reason: 'user_hangup', callId, party, epoch } });
}

/** One's other device calls in this room: nothing rings here, a call is left to it, and of two that ring the smaller id survives. */
function onOwnInvite(turn: Turn, { roomId, signal }: Received): void {
  const { call } = turn.machine;
  if (call?.roomId === roomId) {
    if (call.phase === 'ringing-in') end(turn, 'answered elsewhere', null);
    else if (call.phase !== 'ringing-out' || signal.callId < call.callId) end(turn, 'answered elsewhere', null, 'replaced');
  }
  refuse(turn, roomId, signal.callId);
}

function dispatch(turn: Turn, call: Call, sender: string, signal: Signal): void {
  if (sender === turn.machine.userId) return onOwn(turn, call, signal);
  const from: Peer = { userId: sender, party: signal.party, epoch: signal.epoch };
  if (call.role === 'caller') onCallee(turn, call, from, signal);
  // Between two who are invited there is nothing to say.
  else if (call.peer?.userId === sender) onCaller(turn, call, from, signal);
}

/** Another device of this very person. */
function onOwn(turn: Turn, call: Call, signal: Signal): void {
  const { is } = signal;
  if (call.phase === 'ringing-in') {
    if (is === 'answer' || is === 'reject' || is === 'hangup' || is === 'again') end(turn, 'answered elsewhere', null);
    return;
  }
  const cameBack = is === (call.role === 'caller' ? 'negotiate' : 'again');
  if (cameBack && compareParties(signal, call) > 0) end(turn, 'answered elsewhere', null);
}

/** What the caller hears. */
function onCallee(turn: Turn, call: Call, from: Peer, signal: Signal): void {
  switch (signal.is) {
    case 'ready':
      return onReady(turn, call, from, signal);
    case 'answer':
      return onAccepted(turn, call, from, signal);
    case 'reject':
      return onRejected(turn, call, from.userId, signal.reason);
    case 'hangup':
      return call.peer === null ? onRejected(turn, call, from.userId, 'hung up') : onHungUp(turn, call, from, signal);
    case 'candidates':
      changeCall(turn, { held: [...call.held, signal].slice(-mostWaiting) });
      return release(turn);
    case 'negotiate': {
      const isDue = signal.connection === call.connection && signal.round === call.round && signal.round > call.settled && signal.description.type === 'answer';
      if (isDue && call.open && call.peer?.party === from.party && signal.to === call.party) take(turn, signal.round, signal.description);
      return;
    }
    case 'again':
      return onAgain(turn, call, from);
    default:
  }
}

/** What a callee hears of the caller. */
function onCaller(turn: Turn, call: Call, from: Peer, signal: Signal): void {
  switch (signal.is) {
    case 'select':
      return onSelected(turn, call, signal.selected);
    case 'hangup':
      return onHungUp(turn, call, from, signal);
    case 'candidates':
      changeCall(turn, { held: [...call.held, signal].slice(-mostWaiting) });
      return release(turn);
    case 'negotiate':
      return onOffer(turn, call, from, signal);
    default:
  }
}

function onOffer(turn: Turn, call: Call, from: Peer, { to, connection, round, description }: Negotiate): void {
  if (call.peer === null || description.type !== 'offer' || compareParties(from, call.peer) < 0) return;
  if (to !== call.party) return call.confirmed ? undefined : end(turn, 'answered elsewhere', null);
  if (!call.accepted || connection < call.connection || (connection === call.connection && (round <= call.settled || !call.open))) return;
  changeCall(turn, { peer: from });
  if (!call.confirmed) confirm(turn);
  if (connection === call.connection) openUp(turn);
  else changeCall(turn, { relayOnly: false, ...(call.phase === 'live' ? { phase: 'reconnecting', giveUpAt: turn.at + limits.giveUp } : {}), retryAt: turn.at + limits.retry });
  answer(turn, connection, round, description);
}

/** The callee asks for an offer: the way is gone, or they are back on a new page. */
function onAgain(turn: Turn, call: Call, from: Peer): void {
  if (call.peer === null) return onAccepted(turn, call, from, null);
  if (call.peer.userId !== from.userId) return;
  const order = compareParties(from, call.peer);
  if (order > 0) {
    changeCall(turn, { peer: from, ...(call.phase === 'connecting' ? {} : { phase: 'reconnecting', giveUpAt: turn.at + limits.giveUp }), retryAt: turn.at + limits.retry });
    connectAfresh(turn, call.connection + 1, false);
  } else if (order === 0 && turn.at - call.offeredAt >= limits.justOffered) {
    if (call.giveUpAt === null && call.phase === 'live') changeCall(turn, { giveUpAt: turn.at + limits.giveUp });
    seekPath(turn);
  }
}

function onHungUp(turn: Turn, call: Call, from: Peer, { reason }: Hangup): void {
  if (call.peer === null || call.peer.userId !== from.userId || compareParties(from, call.peer) < 0) return;
  if (call.phase === 'ringing-in') return end(turn, 'missed', 'them');
  end(turn, reason === 'ice_failed' ? 'failed' : 'hung up', 'them');
}

/** Says goodbye for this person. */
export function hangUp(turn: Turn): void {
  const { call } = turn.machine;
  if (call?.phase === 'ringing-in') say(turn, call, { is: 'reject', reason: 'declined' });
  if (call !== null) end(turn, call.phase === 'ringing-in' ? 'declined' : 'hung up', 'me', call.phase === 'ringing-in' ? null : 'user_hangup');
}
