import type { HangupReason } from '../signals.ts';
import type { Ended } from './state.ts';
import { say, type Turn } from './turn.ts';

/** So many finished calls are remembered: whatever else comes of them is no new call. */
const mostRemembered = 256;

/** Ends the call here, and says so where `tell` gives a reason. */
export function end(turn: Turn, why: Ended['why'], by: Ended['by'], tell: HangupReason | null = null): void {
  const { call, over } = turn.machine;
  if (call === null) return;
  if (tell !== null) say(turn, call, { is: 'hangup', reason: tell });
  const { callId, roomId, kind, party, epoch, accepted } = call;
  turn.effects.push({ do: 'close' }, { do: 'keep', kept: null });
  turn.machine = {
    ...turn.machine,
    call: null,
    ended: { callId, roomId, kind, why, by, lastedMs: call.liveSince === null ? 0 : turn.at - call.liveSince },
    // Who moved to another device must not hang up there.
    over: [...over, { callId, roomId, party, epoch, wasIn: accepted && why !== 'answered elsewhere' }].slice(-mostRemembered),
  };
}

/** Remembers a call that never became one here. */
export function refuse(turn: Turn, roomId: string, callId: string): void {
  const { over, party } = turn.machine;
  turn.machine = { ...turn.machine, over: [...over, { callId, roomId, party, epoch: 0, wasIn: false }].slice(-mostRemembered) };
}
