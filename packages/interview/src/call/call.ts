import { makeSubject, newUuid, type Clock, type Subscribable } from '@baton/base';
import { makeMachine, nextDeadline, nothingSent, type Call, type Effect, type Ended, type Event, type Kept, type Machine, type Sending } from './machine/state.ts';
import { step } from './machine/step.ts';
import { readKept, writeKept } from './kept.ts';
import { openLine, type Line } from './line.ts';
import { parseSignal } from './parseSignal.ts';
import { writeSignal, type CallKind } from './signals.ts';
import type { Keeper, SignalChannel, SteadyClock } from './ports.ts';
import { parseTold } from './told.ts';
import type { MakeTransport, TrackName, Transport, TransportEvents } from './transport.ts';

export interface CallsOptions {
  userId: string;
  channel: SignalChannel;
  makeTransport: MakeTransport;
  /** Asked for each connection: the credentials of a relay are good for a while only. */
  iceServers(): Promise<readonly RTCIceServer[]>;
  clock: SteadyClock;
  /** Compared with nothing but itself, to know a page that was restored the next day. */
  wallClock: Clock;
  keeper: Keeper;
  /** What was dropped or failed, for the console: a reason without content. */
  report(what: string, error?: unknown): void;
}

export type Tracks = Partial<Record<TrackName, MediaStreamTrack>>;

export type CallState =
  | { readonly phase: 'idle' }
  | (Pick<Call, 'phase' | 'callId' | 'roomId' | 'kind' | 'booked' | 'role' | 'participants' | 'path' | 'sending' | 'theirs'> & {
      /** How long they have been connected, in ms, when this state came to be. Null: not yet. */
      readonly lastedMs: number | null;
      /** What arrives. */
      readonly tracks: Tracks;
    })
  | ({ readonly phase: 'ended' } & Ended);

export type Quality = Parameters<TransportEvents['quality']>[0];

/** The calls of one page: one at a time. */
export interface Calls {
  readonly state: Subscribable<CallState>;
  /** Null while there is nothing to measure. */
  readonly quality: Subscribable<Quality | null>;
  /** Calls these people in a thread; false when there is a call already. Where they ring here, it accepts. */
  start(call: { roomId: string; invitees: readonly string[]; kind: CallKind; booked?: boolean }): boolean;
  accept(how: { video: boolean }): void;
  /** With a text, that is written into the thread. */
  decline(text?: string): void;
  hangUp(): void;
  /** The end was read. */
  dismiss(): void;
  /** What may be sent. Nothing goes before both have accepted, nor while it is switched off. */
  setTracks(tracks: Partial<{ [name in TrackName]: MediaStreamTrack | null }>): void;
  /** Switches the microphone, the camera, the screen on and off. */
  setSending(sending: Partial<Sending>): void;
  /** A message to the other side's page, outside of the thread, while there is a way. False: it did not go. */
  tell(message: string): boolean;
  onTold(handler: (message: string, from: string) => void): () => void;
  /** Lets go of everything without hanging up, as a reload does. */
  close(): void;
}

const heartbeatMs = 20_000;
const channelPollMs = 200;

/** Opens the calls of a page, and comes back into the one that a reload has interrupted. */
export function openCalls(options: CallsOptions): Calls {
  const { channel, clock, keeper, wallClock, report } = options;
  let machine: Machine = makeMachine(options.userId, newUuid());
  let line: Line | null = null;
  let available: Partial<{ [name in TrackName]: MediaStreamTrack | null }> = {};
  let sending: Sending = nothingSent;
  let kept: Kept | null = null;
  let tracks: Tracks = {};
  let closed = false;
  let cancelWake = (): void => {};
  let cancelTelling = (): void => {};
  const state = makeSubject<CallState>({ phase: 'idle' });
  const quality = makeSubject<Quality | null>(null);
  const toldHandlers = new Set<(message: string, from: string) => void>();
  const waiting: Event[] = [];
  let busy = false;

  const show = (): void => state.set(viewOf(machine, tracks, clock.now()));

  /** One event after the other: what an effect brings about at once waits for its turn. */
  const happen = (event: Event): void => {
    if (closed) return;
    waiting.push(event);
    if (busy) return;
    busy = true;
    try {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const result = step(machine, next, clock.now());
        machine = result.machine;
        for (const effect of result.effects) perform(effect);
      }
    } finally {
      busy = false;
    }
    show();
    cancelWake();
    const deadline = nextDeadline(machine);
    if (deadline !== null) cancelWake = clock.after(Math.max(0, deadline - clock.now()), () => happen({ happened: 'time passed' }));
  };

  const perform = (effect: Effect): void => {
    switch (effect.do) {
      case 'open':
        line?.close();
        tracks = {};
        line = openOne(effect.connection, effect.relayOnly);
        return sendTracks();
      case 'offer':
        return onLine(effect.connection, async (transport) => ({
          happened: 'offered', connection: effect.connection, round: effect.round, session: await transport.offer({ restart: effect.restart }),
        }));
      case 'answer':
        return onLine(effect.connection, async (transport) => ({
          happened: 'answered', connection: effect.connection, round: effect.round, session: await transport.answer(effect.offer),
        }));
      case 'take':
        return onLine(effect.connection, (transport) => transport.take(effect.answer));
      case 'add candidates':
        return onLine(effect.connection, (transport) => transport.addCandidates(effect.candidates));
      case 'open up':
        return onLine(effect.connection, async (transport) => transport.openUp());
      case 'close':
        line?.close();
        line = null;
        tracks = {};
        sending = nothingSent;
        cancelTelling();
        return quality.set(null);
      case 'send':
        sending = effect.sending;
        return sendTracks();
      case 'signal': {
        const went = effect.by !== 'room' && line?.tell(JSON.stringify({ signal: writeSignal(effect.signal) })) === true;
        if (went && effect.by === 'direct') return;
        const { type, content } = writeSignal(effect.signal);
        channel.send(effect.roomId, type, content).catch((error: unknown) => report(`${type} was not sent`, error));
        return;
      }
      case 'tell sending':
        return tellSending(effect.connection, effect.sending);
      case 'write':
        channel.write(effect.roomId, effect.text).catch((error: unknown) => report('the text was not written', error));
        return;
      case 'keep':
        kept = effect.kept;
        return keepNow();
    }
  };

  const openOne = (connection: number, relayOnly: boolean): Line =>
    openLine({
      connection, relayOnly, makeTransport: options.makeTransport, iceServers: () => options.iceServers(), happen, report,
      told: (text) => hear(connection, text),
      tracks: (remote) => {
        tracks = { ...tracks, ...remote };
        show();
      },
      quality: (now) => quality.set(now),
    });

  const onLine = (connection: number, job: (transport: Transport) => Promise<Event | void>): void => {
    if (line?.connection === connection) line.run(job);
  };

  const sendTracks = (): void => {
    const now = {
      voice: sending.voice ? (available.voice ?? null) : null,
      camera: sending.camera ? (available.camera ?? null) : null,
      screen: sending.screen ? (available.screen ?? null) : null,
      screenSound: sending.screen ? (available.screenSound ?? null) : null,
    };
    line?.run((transport) => transport.send(now));
  };

  /** The way is there a little before its channel is. */
  const tellSending = (connection: number, now: Sending): void => {
    cancelTelling();
    if (line?.connection !== connection || line.tell(JSON.stringify({ sending: now }))) return;
    cancelTelling = clock.after(channelPollMs, () => tellSending(connection, now));
  };

  const hear = (connection: number, text: string): void => {
    const message = parseTold(text);
    if (message === null) return report('a message was dropped: it can not be read');
    const from = machine.call?.peer?.userId;
    if ('signal' in message) {
      const parsed = parseSignal(message.signal.type, message.signal.content);
      if (parsed.ok) happen({ happened: 'told', connection, signal: parsed.signal });
      else report(`a signal was dropped: ${parsed.reason}`);
    } else if ('sending' in message) happen({ happened: 'told sending', connection, sending: message.sending });
    else if (from !== undefined && machine.call?.confirmed === true) for (const handler of toldHandlers) handler(message.message, from);
  };

  const keepNow = (): void => keeper.write(writeKept(kept, wallClock.now()));

  const stopHearing = [
    channel.onReceived(({ type, content, ...from }) => {
      const parsed = parseSignal(type, content);
      if (parsed.ok) happen({ happened: 'received', received: { ...from, signal: parsed.signal } });
      else report(`a signal was dropped: ${parsed.reason}`);
    }),
    channel.onLeft((roomId, userId) => happen({ happened: 'left', roomId, userId })),
  ];
  const beat = (): void => {
    if (closed) return;
    if (kept !== null) keepNow();
    cancelBeat = clock.after(heartbeatMs, beat);
  };
  let cancelBeat = clock.after(heartbeatMs, beat);

  const before = readKept(keeper.read(), wallClock.now());
  if (before !== null) happen({ happened: 'resume', kept: before });

  return {
    state,
    quality,
    start: ({ roomId, invitees, kind, booked = false }) => {
      const { call } = machine;
      if (call !== null && !(call.phase === 'ringing-in' && call.roomId === roomId)) return false;
      happen({ happened: 'start', callId: newUuid(), roomId, invitees, kind, booked });
      return true;
    },
    accept: ({ video }) => happen({ happened: 'accept', video }),
    decline: (text) => happen({ happened: 'decline', text: text ?? null }),
    hangUp: () => happen({ happened: 'hang up' }),
    dismiss: () => happen({ happened: 'dismiss' }),
    setTracks: (changed) => {
      available = { ...available, ...changed };
      sendTracks();
    },
    setSending: (changed) => happen({ happened: 'send', sending: changed }),
    tell: (message) => machine.call?.confirmed === true && line !== null && line.tell(JSON.stringify({ message })),
    onTold: (handler) => {
      toldHandlers.add(handler);
      return () => toldHandlers.delete(handler);
    },
    close: () => {
      closed = true;
      for (const stop of [...stopHearing, cancelWake, cancelTelling, cancelBeat]) stop();
      line?.close();
      line = null;
    },
  };
}

function viewOf({ call, ended }: Machine, tracks: Tracks, now: number): CallState {
  if (call === null) return ended === null ? { phase: 'idle' } : { phase: 'ended', ...ended };
  const { phase, callId, roomId, kind, booked, role, participants, path, sending, theirs, liveSince } = call;
  const isHeard = call.confirmed;
  return {
    phase, callId, roomId, kind, booked, role, participants, path, sending, theirs, lastedMs: liveSince === null ? null : now - liveSince,
    tracks: isHeard ? tracks : {},
  };
}
