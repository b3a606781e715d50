import type { Participant } from '../../participants/participants.ts';
import type { CallKind, Candidates, Signal } from '../signals.ts';
import type { Candidate, Session } from '../transport.ts';

/** Milliseconds. All times in the machine are those of one steady clock of this page: no other clock is believed. */
export const limits = {
  /** How long an invitation rings. */
  ring: 60_000,
  /** From accepting to the first connection. */
  connect: 45_000,
  /** How long the way may be gone, all in all, before the call is given up. */
  giveUp: 180_000,
  /** Under loss a way flaps for up to 2.5 s and comes back by itself. */
  flap: 4_000,
  /** Between two attempts to find the way again. */
  retry: 8_000,
  /** An offer younger than this is not repeated because somebody asks. */
  justOffered: 3_000,
  /** How long a signal waits for the invitation that it belongs to. */
  early: 60_000,
} as const;

/** A device of the other side. */
export interface Peer {
  readonly userId: string;
  readonly party: string;
  readonly epoch: number;
}

/** What this person sends, when there is a way. */
export interface Sending {
  readonly voice: boolean;
  readonly camera: boolean;
  readonly screen: boolean;
}

export type Phase = 'ringing-out' | 'ringing-in' | 'connecting' | 'live' | 'reconnecting';
export type Path = 'none' | 'connecting' | 'connected' | 'interrupted' | 'failed';

export interface Call {
  readonly callId: string;
  readonly roomId: string;
  readonly kind: CallKind;
  /** From a lobby that both have entered: addresses need not be hidden until somebody accepts. */
  readonly booked: boolean;
  /** The caller makes every offer of the call, so that offers never collide. */
  readonly role: 'caller' | 'callee';
  readonly phase: Phase;
  readonly participants: readonly Participant[];
  readonly party: string;
  readonly epoch: number;
  /** Who is talked to. A callee knows from the start, a caller when somebody has accepted. */
  readonly peer: Peer | null;
  /** Whose device holds the other end of the caller's connection, perhaps before anybody accepted. */
  readonly warm: Peer | null;
  readonly accepted: boolean;
  /** The caller has chosen this device of those that accepted. */
  readonly confirmed: boolean;
  /** The current connection's number, and whether it is relay-only. */
  readonly connection: number;
  readonly relayOnly: boolean;
  /** Whether there is a transport for that number: after a reload there is none. */
  readonly open: boolean;
  /** The last offer made (as caller) on this connection, and the last one that is settled here. -1: none. */
  readonly round: number;
  readonly settled: number;
  readonly offeredAt: number;
  readonly invited: boolean;
  /** As callee: this device's answer to the invitation. */
  readonly answer: Session | null;
  /** Candidates that came before what they belong to. */
  readonly held: readonly Candidates[];
  readonly path: Path;
  readonly sending: Sending;
  readonly theirs: Sending;
  readonly attempts: number;
  readonly ringUntil: number | null;
  readonly connectUntil: number | null;
  readonly retryAt: number | null;
  readonly giveUpAt: number | null;
  readonly liveSince: number | null;
}

export type Why = 'declined' | 'busy' | 'missed' | 'answered elsewhere' | 'no answer' | 'hung up' | 'failed' | 'left';

export interface Ended {
  readonly callId: string;
  readonly roomId: string;
  readonly kind: CallKind;
  readonly why: Why;
  /** Who brought it about, where a person did. */
  readonly by: 'me' | 'them' | null;
  /** How long they were connected. */
  readonly lastedMs: number;
}

/** A call that is over. Of those in which this device was, it says so to whoever does not know. */
interface Over {
  readonly callId: string;
  readonly roomId: string;
  readonly party: string;
  readonly epoch: number;
  readonly wasIn: boolean;
}

/** Somebody's signal, as the channel vouches for it. */
export interface Received {
  readonly roomId: string;
  readonly sender: string;
  /** A certified device of this sender encrypted it. */
  readonly certified: boolean;
  /** The sender is in the room now. */
  readonly joined: boolean;
  /** How old it is by the server's own count; null when that is not known. */
  readonly ageMs: number | null;
  readonly signal: Signal;
}

export interface Machine {
  readonly userId: string;
  /** Names this page; a reload makes another. */
  readonly party: string;
  readonly call: Call | null;
  readonly ended: Ended | null;
  readonly over: readonly Over[];
  /** What came before its invitation, or has to wait for its turn. */
  readonly early: readonly { readonly at: number; readonly received: Received }[];
}

/** What outlives a reload. */
export interface Kept {
  readonly callId: string;
  readonly roomId: string;
  readonly kind: CallKind;
  readonly booked: boolean;
  readonly role: 'caller' | 'callee';
  readonly participants: readonly Participant[];
  readonly epoch: number;
  readonly peer: Peer | null;
  readonly connection: number;
  readonly sending: Sending;
}

export type Event =
  | { happened: 'start'; callId: string; roomId: string; invitees: readonly string[]; kind: CallKind; booked: boolean }
  | { happened: 'accept'; video: boolean }
  | { happened: 'decline'; text: string | null }
  | { happened: 'hang up' }
  | { happened: 'dismiss' }
  | { happened: 'send'; sending: Partial<Sending> }
  | { happened: 'resume'; kept: Kept }
  | { happened: 'received'; received: Received }
  | { happened: 'told'; connection: number; signal: Signal }
  | { happened: 'told sending'; connection: number; sending: Sending }
  | { happened: 'left'; roomId: string; userId: string }
  | { happened: 'offered'; connection: number; round: number; session: Session }
  | { happened: 'answered'; connection: number; round: number; session: Session }
  | { happened: 'found'; connection: number; candidates: readonly Candidate[] }
  | { happened: 'path'; connection: number; path: Exclude<Path, 'none'> }
  | { happened: 'time passed' };

export type Effect =
  /** Makes the transport of this number; one that is there before is closed. */
  | { do: 'open'; connection: number; relayOnly: boolean }
  | { do: 'offer'; connection: number; round: number; restart: boolean }
  | { do: 'answer'; connection: number; round: number; offer: Session }
  | { do: 'take'; connection: number; answer: Session }
  | { do: 'add candidates'; connection: number; candidates: readonly Candidate[] }
  | { do: 'open up'; connection: number }
  | { do: 'close' }
  /** `both` ways is for what must be fast and must arrive; `direct` goes through the room only where there is no direct way. */
  | { do: 'signal'; roomId: string; signal: Signal; by: 'room' | 'both' | 'direct' }
  | { do: 'tell sending'; connection: number; sending: Sending }
  | { do: 'send'; sending: Sending }
  | { do: 'write'; roomId: string; text: string }
  | { do: 'keep'; kept: Kept | null };

export const nothingSent: Sending = { voice: false, camera: false, screen: false };

/** A machine without a call. `party` has to be new for each page. */
export function makeMachine(userId: string, party: string): Machine {
  return { userId, party, call: null, ended: null, over: [], early: [] };
}

/** When the machine wants to be told that time has passed; null: never. */
export function nextDeadline({ call }: Machine): number | null {
  const times = call === null ? [] : [call.ringUntil, call.connectUntil, call.retryAt, call.giveUpAt].filter((time) => time !== null);
  return times.length === 0 ? null : Math.min(...times);
}
