import type { CallKind, Signal } from './signals.ts';

/** A signal of a call as the thread keeps it. Only signals of certified senders belong here. */
export interface KeptSignal {
  sender: string;
  /** The server's time, in ms since the epoch. */
  at: number;
  signal: Signal;
}

export type CardOutcome = 'ringing' | 'ongoing' | 'ended' | 'declined' | 'busy' | 'missed' | 'cancelled' | 'failed';

/** What the card of a call in the thread says. */
export interface Card {
  readonly callId: string;
  /** Who called, whom, and when (ms since the epoch, by the server). */
  readonly caller: string;
  readonly invitees: readonly string[];
  readonly at: number;
  /** Who accepted; null while nobody has. */
  readonly acceptedBy: string | null;
  /** As it was offered, and where it was accepted, as it was accepted. */
  readonly kind: CallKind;
  readonly outcome: CardOutcome;
  /** From accepting to hanging up, in ms; null where there was no call, or it is not known when it ended. */
  readonly lastedMs: number | null;
}

/** A call of which nobody has hung up is over by then, though nobody knows when it ended: both pages were closed. */
const longestCallMs = 12 * 3_600_000;

/**
 * What is to be said of a call, from what the thread has kept of it; the order of the signals does not matter.
 * @param now ms since the epoch; decides only whether a call without an end still rings or goes on
 * @returns null without an invitation
 */
export function cardOf(signals: readonly KeptSignal[], now: number): Card | null {
  const ordered = signals.toSorted((a, b) => a.at - b.at || (a.signal.is < b.signal.is ? -1 : 1));
  const invitation = ordered.find((kept): kept is KeptSignal & { signal: Signal & { is: 'invite' } } => kept.signal.is === 'invite');
  if (invitation === undefined) return null;
  const { callId, invitees, lifetimeMs } = invitation.signal;
  const { sender: caller, at } = invitation;
  const people = ordered.filter(({ sender, signal }) => signal.callId === callId && (sender === caller || invitees.includes(sender)));

  // Of several devices that accept, the caller's choice counts; where that has not come, the first.
  const selected = people.map(({ sender, signal }) => (sender === caller && signal.is === 'select' ? signal.selected : null)).find((party) => party !== null);
  const answers = people.filter((kept): kept is KeptSignal & { signal: Signal & { is: 'answer' } } => kept.signal.is === 'answer' && kept.sender !== caller);
  const answer = answers.find(({ signal }) => signal.party === selected) ?? answers[0];
  const rejections = people.filter(({ sender, signal }) => signal.is === 'reject' && sender !== caller);
  const isOver = (after: number) => people.find((kept): kept is KeptSignal & { signal: Signal & { is: 'hangup' } } => kept.signal.is === 'hangup' && kept.at >= after && (kept.sender === caller || kept.sender === answer?.sender || answer === undefined));
  const base = { callId, caller, invitees, at, acceptedBy: answer?.sender ?? null, kind: answer?.signal.kind ?? invitation.signal.kind };

  if (answer !== undefined) {
    const hangup = isOver(answer.at);
    if (hangup === undefined) return { ...base, outcome: now - answer.at < longestCallMs ? 'ongoing' : 'ended', lastedMs: null };
    return { ...base, outcome: hangup.signal.reason === 'ice_failed' ? 'failed' : 'ended', lastedMs: hangup.at - answer.at };
  }
  const rejectedBy = new Set(rejections.map(({ sender }) => sender));
  if (invitees.every((userId) => rejectedBy.has(userId))) {
    const isBusy = rejections.every(({ signal }) => signal.is === 'reject' && signal.reason === 'busy');
    return { ...base, outcome: isBusy ? 'busy' : 'declined', lastedMs: null };
  }
  const hangup = isOver(at);
  if (hangup !== undefined) return { ...base, outcome: hangup.sender !== caller ? 'declined' : hangup.signal.reason === 'user_hangup' ? 'cancelled' : hangup.signal.reason === 'ice_failed' ? 'failed' : 'missed', lastedMs: null };
  return { ...base, outcome: now - at < lifetimeMs ? 'ringing' : 'missed', lastedMs: null };
}
