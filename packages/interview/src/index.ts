export type { Candidate, MakeTransport, Session, TrackName, Transport, TransportEvents } from './call/transport.ts';
export { openCalls, type Calls, type CallsOptions, type CallState, type Quality, type Tracks } from './call/call.ts';
export type { Ended, Sending, Why } from './call/machine/state.ts';
export { isSignalType, parseSignal, type Parsed } from './call/parseSignal.ts';
export type { CallKind, HangupReason, Signal } from './call/signals.ts';
export type { Participant, Presence } from './participants/participants.ts';
export type { Keeper, ReceivedEvent, SignalChannel, SteadyClock } from './call/ports.ts';
