import { hangupReasons, signalTypes, type CallKind, type HangupReason, type Signal } from './signals.ts';
import type { Candidate, Session } from './transport.ts';

/** Larger descriptions than any browser makes are somebody's attempt to fill a memory. */
const longestSdp = 100_000;
const longestCandidate = 1_000;
const mostCandidates = 200;
const mostInvitees = 16;
/** A ring that would last longer than this is nobody's wish, in ms. */
const longestLifetime = 180_000;
const highestCount = 1_000_000;

/** A signal, or in one line why what came is none. */
export type Parsed = { ok: true; signal: Signal } | { ok: false; reason: string };

class Malformed extends Error {}

/** Whether an event of this type belongs to calls. */
export function isSignalType(type: string): boolean {
  return (Object.values(signalTypes) as string[]).includes(type);
}

/**
 * Reads what came as a signal. Never throws: whatever the content, the answer is a signal with every field of its type, or a
 * reason to drop it.
 */
export function parseSignal(type: string, content: unknown): Parsed {
  try {
    return { ok: true, signal: read(type, object(content, 'content')) };
  } catch (error) {
    // A getter or a proxy in what came may throw anything at all.
    return { ok: false, reason: error instanceof Malformed ? error.message : 'the content can not be read' };
  }
}

function read(type: string, content: Record<string, unknown>): Signal {
  if (content['version'] !== '1') throw new Malformed('version is not "1"');
  const own = (name: string): unknown => content[`cn.baton.call.${name}`];
  const from = {
    callId: id(content['call_id'], 'call_id'),
    party: id(content['party_id'], 'party_id'),
    epoch: own('epoch') === undefined ? 0 : count(own('epoch'), 'epoch'),
  };
  const connection = (): number => count(own('connection'), 'connection');
  switch (type) {
    case signalTypes.invite:
      return {
        ...from, is: 'invite', kind: kind(own('kind')), booked: flag(own('booked'), 'booked'), invitees: invitees(own('invitees') ?? [content['invitee']]),
        lifetimeMs: lifetime(content['lifetime']), offer: session(content['offer'], 'offer'),
      };
    case signalTypes.ready:
      return { ...from, is: 'ready', connection: connection(), answer: session(content['answer'], 'answer') };
    case signalTypes.answer:
      return { ...from, is: 'answer', kind: kind(own('kind')), connection: connection(), answer: session(content['answer'], 'answer') };
    case signalTypes.select:
      return { ...from, is: 'select', selected: id(content['selected_party_id'], 'selected_party_id') };
    case signalTypes.candidates:
      return { ...from, is: 'candidates', connection: connection(), round: count(own('round'), 'round'), candidates: candidates(content['candidates']) };
    case signalTypes.negotiate:
      return {
        ...from, is: 'negotiate', connection: connection(), round: count(own('round'), 'round'), to: id(own('to'), 'to'),
        description: session(content['description']),
      };
    case signalTypes.again:
      return { ...from, is: 'again', connection: connection() };
    case signalTypes.reject:
      return { ...from, is: 'reject', reason: content['reason'] === 'user_busy' ? 'busy' : 'declined' };
    case signalTypes.hangup:
      return { ...from, is: 'hangup', reason: hangupReason(content['reason']) };
    default:
      throw new Malformed('no type of a call');
  }
}

function object(value: unknown, name: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(`${name} is no object`);
  return value as Record<string, unknown>;
}

function id(value: unknown, name: string): string {
  if (typeof value !== 'string' || !/^[\x21-\x7e]{1,255}$/.test(value)) throw new Malformed(`${name} is no id`);
  return value;
}

function count(value: unknown, name: string): number {
  if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > highestCount) throw new Malformed(`${name} is no count`);
  return value as number;
}

function kind(value: unknown): CallKind {
  if (value !== 'voice' && value !== 'video') throw new Malformed('kind is neither voice nor video');
  return value;
}

function flag(value: unknown, name: string): boolean {
  if (value !== undefined && typeof value !== 'boolean') throw new Malformed(`${name} is neither true nor false`);
  return value ?? false;
}

function lifetime(value: unknown): number {
  if (!Number.isInteger(value) || (value as number) <= 0) throw new Malformed('lifetime is no time');
  return Math.min(value as number, longestLifetime);
}

function invitees(value: unknown): readonly string[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > mostInvitees) throw new Malformed('nobody, or a crowd, is invited');
  return [...new Set(value.map((each) => id(each, 'an invitee')))];
}

function session(value: unknown, type?: Session['type']): Session {
  const { type: found, sdp } = object(value, 'the description');
  if (found !== 'offer' && found !== 'answer') throw new Malformed('the description is neither offer nor answer');
  if (type !== undefined && found !== type) throw new Malformed(`the description is no ${type}`);
  if (typeof sdp !== 'string' || sdp === '' || sdp.length > longestSdp) throw new Malformed('the description has no SDP, or too much');
  return { type: found, sdp };
}

function candidates(value: unknown): Candidate[] {
  if (!Array.isArray(value) || value.length > mostCandidates) throw new Malformed('candidates are no list, or too many');
  return value.map((each) => {
    const { candidate, sdpMid = null, sdpMLineIndex = null } = object(each, 'a candidate');
    if (typeof candidate !== 'string' || candidate.length > longestCandidate) throw new Malformed('a candidate is no text');
    if (sdpMid !== null && typeof sdpMid !== 'string') throw new Malformed('a candidate has a wrong sdpMid');
    return { candidate, sdpMid, sdpMLineIndex: sdpMLineIndex === null ? null : count(sdpMLineIndex, 'sdpMLineIndex') };
  });
}

/** A reason that only later versions know is still a hangup. */
function hangupReason(value: unknown): HangupReason {
  return (hangupReasons as readonly unknown[]).includes(value) ? (value as HangupReason) : value === undefined ? 'user_hangup' : 'unknown_error';
}
