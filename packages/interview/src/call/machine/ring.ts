import { isAnybodyInvited, listParticipants, setPresence } from '../../participants/participants.ts';
import type { Answer, Invite, Ready, Reject } from '../signals.ts';
import { answer, connectAfresh, openUp, release, sayAccepted, settle, take } from './connect.ts';
import { end, refuse } from './end.ts';
import { limits, nothingSent, type Call, type Event, type Peer, type Received } from './state.ts';
import { changeCall, keep, say, type Turn } from './turn.ts';

const fresh = {
  epoch: 0, warm: null, connection: 0, open: false, round: -1, settled: -1, offeredAt: 0, invited: false, answer: null, held: [], path: 'none',
  theirs: nothingSent, attempts: 0, connectUntil: null, retryAt: null, giveUpAt: null, liveSince: null,
} as const satisfies Partial<Call>;

/** Calls somebody. Where they already ring here, that is accepting. */
export function start(turn: Turn, event: Event & { happened: 'start' }): void {
  const { call, userId, party } = turn.machine;
  if (call?.phase === 'ringing-in' && call.roomId === event.roomId) return accept(turn, event.kind === 'video');
  if (call !== null) return;
  const { callId, roomId, kind, booked } = event;
  turn.machine = {
    ...turn.machine,
    ended: null,
    call: {
      ...fresh, callId, roomId, kind, booked, role: 'caller', phase: 'ringing-out', participants: listParticipants(userId, event.invitees), party, peer: null,
      accepted: true, confirmed: false, relayOnly: !booked, sending: { voice: true, camera: kind === 'video', screen: false }, ringUntil: turn.at + limits.ring,
    },
  };
  connectAfresh(turn, 0, !booked);
}

/** How long an invitation is still good for, in ms. No clock is compared: its age is the server's, its life is counted from its arrival. */
export function lifeLeft(ageMs: number | null, { lifetimeMs }: Invite): number {
  return lifetimeMs - Math.max(0, ageMs ?? 0);
}

/** An invitation that is in order rings, and is answered without tracks, so that the way stands when somebody accepts. */
export function ring(turn: Turn, { roomId, sender, ageMs }: Received, invite: Invite, waitedMs: number): void {
  const { party } = turn.machine;
  const left = lifeLeft(ageMs, invite) - waitedMs;
  if (left <= 0) return refuse(turn, roomId, invite.callId);
  const { callId, kind, booked } = invite;
  turn.machine = {
    ...turn.machine,
    ended: null,
    call: {
      ...fresh, callId, roomId, kind, booked, role: 'callee', phase: 'ringing-in', participants: listParticipants(sender, invite.invitees), party,
      peer: { userId: sender, party: invite.party, epoch: invite.epoch }, accepted: false, confirmed: false, relayOnly: !booked, sending: nothingSent,
      ringUntil: turn.at + left, invited: true,
    },
  };
  answer(turn, 0, 0, invite.offer);
}

/** Accepts what rings here, with voice alone or with video, whichever was offered. */
export function accept(turn: Turn, video: boolean): void {
  const before = turn.machine.call;
  if (before?.phase !== 'ringing-in') return;
  const call = changeCall(turn, {
    phase: 'connecting', accepted: true, sending: { voice: true, camera: video, screen: false }, ringUntil: null, connectUntil: turn.at + limits.connect,
    participants: setPresence(before.participants, turn.machine.userId, 'in'),
  });
  turn.effects.push({ do: 'send', sending: call.sending });
  keep(turn, call);
  sayAccepted(turn);
}

/** Declines what rings here, with a text for the thread if there is one. */
export function decline(turn: Turn, text: string | null): void {
  const { call } = turn.machine;
  if (call?.phase !== 'ringing-in') return;
  say(turn, call, { is: 'reject', reason: 'declined' });
  if (text !== null) turn.effects.push({ do: 'write', roomId: call.roomId, text });
  end(turn, 'declined', 'me');
}

/** The first device that rings gets the other end of the caller's connection. */
export function onReady(turn: Turn, call: Call, from: Peer, { connection, answer: session }: Ready): void {
  if (call.phase !== 'ringing-out' || call.warm !== null || connection !== call.connection || !call.open) return;
  changeCall(turn, { warm: from });
  take(turn, 0, session);
}

/** Somebody accepted: the first one is chosen, and every other device that rings hears it. Who accepted and reloaded asks for a connection (null). */
export function onAccepted(turn: Turn, call: Call, from: Peer, accepted: Answer | null): void {
  if (call.phase !== 'ringing-out') return;
  const chosen = changeCall(turn, {
    phase: 'connecting', peer: from, confirmed: true, ringUntil: null, connectUntil: turn.at + limits.connect, retryAt: turn.at + limits.retry,
    participants: setPresence(call.participants, from.userId, 'in').map((each) => (each.presence === 'caller' ? { ...each, presence: 'in' } : each)),
    theirs: { voice: true, camera: accepted?.kind === 'video', screen: false },
  });
  say(turn, chosen, { is: 'select', selected: from.party });
  keep(turn, chosen);
  turn.effects.push({ do: 'send', sending: chosen.sending });
  const isTheirs = accepted?.connection === chosen.connection && chosen.open && chosen.path !== 'failed' && (chosen.warm === null || chosen.warm.party === from.party);
  if (accepted === null || !isTheirs) return connectAfresh(turn, chosen.connection + 1, false);
  if (chosen.warm === null) {
    changeCall(turn, { warm: from });
    take(turn, 0, accepted.answer);
  }
  openUp(turn);
  settle(turn);
}

/** The caller says whom they talk to. */
export function onSelected(turn: Turn, call: Call, selected: string): void {
  if (selected !== call.party) {
    if (!call.confirmed) end(turn, 'answered elsewhere', null);
  } else if (call.accepted && !call.confirmed) {
    confirm(turn);
    settle(turn);
  }
}

/** This device is the one. */
export function confirm(turn: Turn): void {
  const before = turn.machine.call;
  if (before === null) return;
  const call = changeCall(turn, {
    confirmed: true, retryAt: turn.at + limits.retry, participants: before.participants.map((each) => (each.presence === 'caller' ? { ...each, presence: 'in' } : each)),
    theirs: { voice: true, camera: before.kind === 'video', screen: false },
  });
  keep(turn, call);
  release(turn);
}

/** Somebody declines, for all of their devices. Nobody is left to wait for: the call is over. */
export function onRejected(turn: Turn, call: Call, userId: string, reason: Reject['reason'] | 'hung up'): void {
  if (call.phase !== 'ringing-out') return;
  const { participants } = changeCall(turn, { participants: setPresence(call.participants, userId, reason === 'busy' ? 'busy' : 'declined') });
  if (!isAnybodyInvited(participants)) end(turn, reason, 'them', 'user_hangup');
}

/** Both called each other: the smaller call id survives, and calling back is accepting. */
export function meet(turn: Turn, received: Received, invite: Invite): void {
  const { call } = turn.machine;
  if (call === null) return;
  if (call.callId < invite.callId) return refuse(turn, received.roomId, invite.callId);
  const { camera } = call.sending;
  end(turn, 'hung up', 'me', 'replaced');
  ring(turn, received, invite, 0);
  accept(turn, camera);
}
