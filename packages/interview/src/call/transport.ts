/*
 * What a call needs of WebRTC: one connection to one device of the other side. The call decides who offers and when; the
 * transport carries tracks and messages, and says how the way is.
 */

/** A session description, as SDP. */
export type Session = { type: 'offer' | 'answer'; sdp: string };

/** A network candidate, as RTCIceCandidateInit names it. */
export interface Candidate {
  candidate: string;
  sdpMid: string | null;
  sdpMLineIndex: number | null;
}

/** The tracks of one direction, each in a place of its own from the first offer on. */
export type TrackName = 'voice' | 'camera' | 'screen' | 'screenSound';

export interface Transport {
  /** An offer with audio, camera and screen (+ its sound) transceivers, without tracks, and the negotiated data channel. */
  offer(options?: { restart?: boolean }): Promise<Session>;
  answer(offer: Session): Promise<Session>;
  take(answer: Session): Promise<void>;
  addCandidates(candidates: readonly Candidate[]): Promise<void>;
  /** From now on direct addresses, too. The caller makes the offer that says so (`offer({ restart: true })`). */
  openUp(): void;
  /** What this side sends; null sends nothing. Never negotiates. */
  send(tracks: Partial<{ [name in TrackName]: MediaStreamTrack | null }>): Promise<void>;
  /** Through the data channel while it is open: false when it is not. */
  tell(message: string): boolean;
  close(): void;
}

export interface TransportEvents {
  /** Local ones, as found; [] says that there are no more. */
  candidates(found: readonly Candidate[]): void;
  /** 'interrupted' flaps under loss and is no reason to hang up. */
  path(state: 'connecting' | 'connected' | 'interrupted' | 'failed'): void;
  told(message: string): void;
  tracks(remote: Partial<Record<TrackName, MediaStreamTrack>>): void;
  /** Shares are 0..1; about once a second. */
  quality(now: { lossOut: number; lossIn: number; roundTripMs: number; concealedShare: number }): void;
}

export type MakeTransport = (options: { iceServers: readonly RTCIceServer[]; relayOnly: boolean }, events: TransportEvents) => Transport;
