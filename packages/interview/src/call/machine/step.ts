import { takesPart } from '../../participants/participants.ts';
import { connectAfresh, onAnswered, onFound, onOffered, onPath, onTime } from './connect.ts';
import { end } from './end.ts';
import { hangUp, recall, receive, receiveDirectly } from './receive.ts';
import { accept, decline, start } from './ring.ts';
import { limits, nothingSent, type Effect, type Event, type Kept, type Machine, type Sending } from './state.ts';
import { changeCall, keep, say, type Turn } from './turn.ts';

/**
 * What becomes of a machine by an event. Pure: the same event on the same machine gives the same result.
 * @param at the steady clock of this page, in ms
 */
export function step(machine: Machine, event: Event, at: number): { machine: Machine; effects: readonly Effect[] } {
  const turn: Turn = { machine, effects: [], at };
  handle(turn, event);
  if (machine.call !== null && turn.machine.call === null) recall(turn);
  return { machine: turn.machine, effects: turn.effects };
}

function handle(turn: Turn, event: Event): void {
  switch (event.happened) {
    case 'start':
      return start(turn, event);
    case 'accept':
      return accept(turn, event.video);
    case 'decline':
      return decline(turn, event.text);
    case 'hang up':
      return hangUp(turn);
    case 'dismiss':
      turn.machine = { ...turn.machine, ended: null };
      return;
    case 'send':
      return send(turn, event.sending);
    case 'resume':
      return resume(turn, event.kept);
    case 'received':
      return receive(turn, event.received);
    case 'told':
      return receiveDirectly(turn, event);
    case 'told sending':
      if (turn.machine.call?.connection === event.connection && turn.machine.call.confirmed) changeCall(turn, { theirs: event.sending });
      return;
    case 'left':
      return left(turn, event.roomId, event.userId);
    case 'offered':
      return onOffered(turn, event);
    case 'answered':
      return onAnswered(turn, event);
    case 'found':
      return onFound(turn, event.connection, event.candidates);
    case 'path':
      return onPath(turn, event.connection, event.path);
    case 'time passed':
      return onTime(turn);
  }
}

/** Voice, video and screen come and go at any time after accepting, by nobody's leave and without an offer. */
function send(turn: Turn, change: Partial<Sending>): void {
  const before = turn.machine.call;
  if (before === null || before.phase === 'ringing-in') return;
  const call = changeCall(turn, { sending: { ...before.sending, ...change } });
  if (call.phase === 'ringing-out') return;
  turn.effects.push({ do: 'send', sending: call.sending }, { do: 'tell sending', connection: call.connection, sending: call.sending });
  keep(turn, call);
}

/** Comes back after a reload, as a new party in the same call. */
function resume(turn: Turn, kept: Kept): void {
  if (turn.machine.call !== null) return;
  const { peer } = kept;
  const isRinging = peer === null;
  turn.machine = {
    ...turn.machine,
    call: {
      ...kept, phase: isRinging ? 'ringing-out' : 'reconnecting', party: turn.machine.party, epoch: kept.epoch + 1, warm: null, accepted: true, confirmed: !isRinging,
      // Nobody holds the other end of a connection that no longer exists.
      connection: kept.connection + 1, open: false, relayOnly: false, round: -1, settled: -1, offeredAt: turn.at, invited: true, answer: null, held: [], path: 'none',
      theirs: nothingSent, attempts: 0, ringUntil: isRinging ? turn.at + limits.ring : null, connectUntil: null,
      retryAt: isRinging ? null : turn.at + limits.retry, giveUpAt: isRinging ? null : turn.at + limits.giveUp, liveSince: isRinging ? null : turn.at,
    },
  };
  const call = changeCall(turn, kept.role === 'callee' ? { connection: kept.connection } : {});
  keep(turn, call);
  if (isRinging) return;
  turn.effects.push({ do: 'send', sending: call.sending });
  if (call.role === 'callee') say(turn, call, { is: 'again', connection: call.connection }, 'room');
  else connectAfresh(turn, call.connection, false);
}

/** Somebody left the room: with them there is no call. */
function left(turn: Turn, roomId: string, userId: string): void {
  const { call } = turn.machine;
  if (call === null || call.roomId !== roomId || !takesPart(call.participants, userId)) return;
  if (userId === turn.machine.userId) return end(turn, 'left', 'me');
  const participants = call.participants.filter((each) => each.userId !== userId);
  changeCall(turn, { participants });
  if (call.peer?.userId === userId || participants.length < 2) end(turn, 'left', 'them', 'user_hangup');
}
