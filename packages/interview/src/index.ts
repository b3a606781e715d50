export type { Candidate, MakeTransport, Session, TrackName, Transport, TransportEvents } from './call/transport.ts';
