/// <reference types="vite/client" />
import { makePeerTransports, type Candidate, type QualitySign, type TrackName, type Transport, type TransportEvents } from '@baton/interview';
import redWorkerUrl from './redWorker.ts?worker&url';
import type { Side } from '../lossyRelay.ts';
import { relayed } from './relayed.ts';

/** One end of a pair of our own transports, and all that it was told. */
export interface End {
  transport: Transport;
  candidates: Candidate[];
  paths: string[];
  told: string[];
  tracks: Partial<Record<TrackName, MediaStreamTrack>>;
  /** Where `tracks` is told to, beside being kept. */
  onTracks: (now: End['tracks']) => void;
  onTold: (message: string) => void;
  qualities: Parameters<TransportEvents['quality']>[0][];
  signs: readonly QualitySign[];
}

export type Pair = Record<Side, End> & {
  /** Offers from one side, answers from the other, and resolves when both are connected. */
  connect(from: Side, options?: { restart?: boolean }): Promise<void>;
};

export interface PairOptions {
  /** Names the relay that packets go through; null for none. */
  relay: string | null;
  relayOnly?: boolean;
  /** How long a signal is on its way, in milliseconds. */
  signalMs?: number;
}

/** Two transports in this page. */
export function makePair({ relay, relayOnly = false, signalMs = 0 }: PairOptions): Pair {
  const other = { a: 'b', b: 'a' } as const satisfies Record<Side, Side>;
  const travel = () => new Promise((resolve) => setTimeout(resolve, signalMs));

  const makeEnd = (side: Side): End => {
    const end: Omit<End, 'transport'> = { candidates: [], paths: [], told: [], tracks: {}, qualities: [], signs: [], onTracks() {}, onTold() {} };
    const make = makePeerTransports({ startRedWorker: () => new Worker(redWorkerUrl, { type: 'module' }), signs: (now) => void (end.signs = now) });
    const transport = make({ iceServers: [], relayOnly }, {
      candidates(found) {
        end.candidates.push(...found);
        void pass(side, found);
      },
      path: (state) => void end.paths.push(state),
      told(message) {
        end.told.push(message);
        end.onTold(message);
      },
      tracks(now) {
        end.tracks = now;
        end.onTracks(now);
      },
      quality: (now) => void end.qualities.push(now),
    });
    return Object.assign(end, { transport });
  };
  const pass = async (side: Side, found: readonly Candidate[]): Promise<void> => {
    for (const one of found) {
      const candidate = relay === null ? one.candidate : await relayed(relay, side, one.candidate);
      if (candidate === null) continue;
      await travel();
      await pair[other[side]].transport.addCandidates([{ ...one, candidate }]);
    }
  };

  const ends: Record<Side, End> = { a: makeEnd('a'), b: makeEnd('b') };
  const pair: Pair = {
    ...ends,
    async connect(from, options) {
      const [offering, answering] = [ends[from], ends[other[from]]];
      const offer = await offering.transport.offer(options);
      await travel();
      const answer = await answering.transport.answer(offer);
      await travel();
      await offering.transport.take(answer);
      while (!Object.values(ends).every(({ paths }) => paths.at(-1) === 'connected')) await new Promise((resolve) => setTimeout(resolve, 5));
    },
  };
  return pair;
}
