import type { TransportEvents } from '../call/transport.ts';
import { climb, ladderAtStart, rungOf, type Rung } from '../voice/ladder.ts';
import { judge, qualityAtStart, signsOf, type QualitySign } from '../voice/quality.ts';
import { concealedBetween, lossBetween, noCounters, type Counters } from './statistics.ts';

/** What the watch looks at and acts upon. */
export interface Watched {
  read(): Promise<Counters>;
  /** Whether a camera would be sent, and whether the other side says that it sends a voice. */
  cameraWanted(): boolean;
  voiceComes(): boolean;
  /** What this side has to send now. */
  sendBy(rung: Rung): void;
  /** How long to hold back what comes in, in milliseconds. */
  holdBack(bufferMs: number): void;
  /** The share that did not arrive here, for the other side's own ladder. */
  announceLoss(loss: number): void;
  quality: TransportEvents['quality'];
  signs(now: readonly QualitySign[]): void;
}

export interface Watch {
  /** To be called once a second while connected. @param at milliseconds of a clock that does not jump */
  look(at: number): Promise<void>;
  /** The other side says how much of our voice it lost in the last second. */
  heardOfLoss(loss: number, at: number): void;
}

/**
 * Milliseconds for which a report of the other side's stands: two that should have come since did not, which says something of the
 * way by itself. Our own loss is the best guess then: a bad radio is bad both ways.
 */
const reportStandsMs = 2_000;

/** Measures once a second, climbs the ladder with it, and says how it is. */
export function makeWatch(watched: Watched): Watch {
  let before: Counters | null = null;
  let out = ladderAtStart;
  let incoming = ladderAtStart;
  let quality = qualityAtStart;
  let reported = { loss: 0, at: Number.NEGATIVE_INFINITY };
  let lastReportAt: number | null = null;

  return {
    heardOfLoss(loss, at) {
      reported = { loss, at };
    },

    async look(at) {
      const now = await watched.read();
      const last = before ?? noCounters;
      before = now;
      if (now.reported && now.reported.at !== lastReportAt) {
        lastReportAt = now.reported.at;
        // It tells of the last five seconds; what the other side itself said of the last one is better where it came through.
        if (at - reported.at > reportStandsMs) reported = { loss: now.reported.loss, at };
      }
      const lossIn = lossBetween(last, now);
      const lossOut = at - reported.at <= reportStandsMs ? reported.loss : lossIn;
      if (lossOut !== null) out = climb(out, { at, loss: lossOut, roundTripMs: now.roundTripMs });
      if (lossIn !== null) {
        incoming = climb(incoming, { at, loss: lossIn, roundTripMs: null });
        watched.announceLoss(lossIn);
      }
      const rung = rungOf(out);
      watched.sendBy(rung);
      watched.holdBack(rungOf(incoming).bufferMs);

      const second = { lossOut: lossOut ?? 0, lossIn: lossIn ?? 0, roundTripMs: now.roundTripMs ?? 0, concealedShare: watched.voiceComes() ? concealedBetween(last, now) : 0 };
      watched.quality(second);
      const signsBefore = signsOf(quality).join(' ');
      quality = judge(quality, { ...second, videoPaused: rung.videoAside && watched.cameraWanted() });
      const signs = signsOf(quality);
      if (signs.join(' ') !== signsBefore) watched.signs(signs);
    },
  };
}
