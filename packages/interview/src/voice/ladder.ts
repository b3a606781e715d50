/*
 * How a voice gets through: the more packets are lost, the more often each frame is sent again, at a lower bitrate, with a longer
 * buffer to put them in order. Loss that comes with a climbing round trip is a queue that overflows, not a weak radio: sending
 * more would make it worse, so that calls for the opposite.
 */

export interface Rung {
  /** Loss from which on it is stood on, 0 to 1. */
  from: number;
  /** Earlier frames in each packet. */
  blocks: number;
  /** Of Opus, in bits a second, without the blocks. */
  bitrate: number;
  /** How long the other side holds frames back, in milliseconds: as long as it takes until the last copy has come. */
  bufferMs: number;
  /** Whether video leaves its room to the voice. */
  videoAside: boolean;
}

/** From clear to hardly a connection. RFC 2198 can point back 17 frames at most. */
export const rungs = [
  { from: 0, blocks: 1, bitrate: 32_000, bufferMs: 60, videoAside: false },
  { from: 0.03, blocks: 2, bitrate: 24_000, bufferMs: 80, videoAside: false },
  { from: 0.08, blocks: 4, bitrate: 24_000, bufferMs: 120, videoAside: false },
  { from: 0.2, blocks: 8, bitrate: 16_000, bufferMs: 200, videoAside: false },
  { from: 0.4, blocks: 12, bitrate: 16_000, bufferMs: 280, videoAside: false },
  { from: 0.6, blocks: 16, bitrate: 16_000, bufferMs: 360, videoAside: true },
] as const satisfies readonly Rung[];

/** What was measured since the last one, about a second ago. */
export interface Sample {
  /** Milliseconds of a clock that does not jump. */
  at: number;
  /** Share of packets, 0 to 1. */
  loss: number;
  /** Null where it is not known, or of no concern: then no loss is taken for congestion. */
  roundTripMs: number | null;
}

export interface Ladder {
  /** Index of the rung that the loss calls for. */
  height: number;
  /** When it was last as high as this, or congested. */
  neededAt: number;
  /** The round trip without a queue, in milliseconds; null before the first. */
  idleRoundTripMs: number | null;
  /** How often the blocks are halved because of congestion. */
  halvings: number;
}

/** How long it has to be calm before one rung is given up, in milliseconds. */
const calmMs = 8_000;
/** A queue: this much on top of the idle round trip, as a share of it and in milliseconds, while packets are lost. */
const queue = { share: 0.5, ms: 80, loss: 0.03 };
/** What the idle round trip grows by with each sample: a path that became longer for good is learnt in about a minute. */
const forgetting = 1.02;
/** When even halved blocks overflow, video steps aside. */
const halvingsForVideo = 3;

/** Where a call begins: loss hurts most before any was measured. */
export const ladderAtStart: Ladder = { height: 2, neededAt: Number.NEGATIVE_INFINITY, idleRoundTripMs: null, halvings: 0 };

/** Up at once, down one rung at a time when it was calm for long enough. */
export function climb(ladder: Ladder, { at, loss, roundTripMs }: Sample): Ladder {
  // The time begins with the first sample: what it starts with is kept until it has been calm.
  const neededAt = Number.isFinite(ladder.neededAt) ? ladder.neededAt : at;
  const idleRoundTripMs = roundTripMs === null ? ladder.idleRoundTripMs : Math.min(roundTripMs, (ladder.idleRoundTripMs ?? roundTripMs) * forgetting);
  if (isQueueing({ loss, roundTripMs }, idleRoundTripMs)) return { height: ladder.height, neededAt: at, idleRoundTripMs, halvings: Math.min(ladder.halvings + 1, halvingsForVideo) };

  const called = rungs.findLastIndex(({ from }) => loss >= from);
  const calm = at - neededAt >= calmMs;
  if (ladder.halvings > 0) return { height: ladder.height, neededAt: calm ? at : neededAt, idleRoundTripMs, halvings: ladder.halvings - (calm ? 1 : 0) };
  if (called >= ladder.height) return { height: called, neededAt: at, idleRoundTripMs, halvings: 0 };
  return calm ? { height: ladder.height - 1, neededAt: at, idleRoundTripMs, halvings: 0 } : { ...ladder, neededAt, idleRoundTripMs };
}

/** What to send and how long to buffer from where the ladder stands. */
export function rungOf({ height, halvings }: Ladder): Rung {
  const rung: Rung = rungs[height] ?? rungs[0];
  if (halvings === 0) return rung;
  return { ...rung, blocks: Math.max(1, Math.floor(rung.blocks / 2 ** halvings)), videoAside: rung.videoAside || halvings >= halvingsForVideo };
}

function isQueueing({ loss, roundTripMs }: Pick<Sample, 'loss' | 'roundTripMs'>, idleRoundTripMs: number | null): boolean {
  if (roundTripMs === null || idleRoundTripMs === null || loss < queue.loss) return false;
  return roundTripMs > idleRoundTripMs * (1 + queue.share) + queue.ms;
}
