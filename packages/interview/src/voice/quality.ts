/*
 * What a person is told about the connection, as codes: the words are the pages'. A sign comes when it was true for a moment,
 * and goes when it has not been for longer: one that flickers helps nobody.
 */

export const qualitySigns = [
  /** The others hear this side through heavy loss. */
  'UPLINK_WEAK',
  /** The camera of this side rests, so that the voice gets through. */
  'UPLINK_WEAK_VIDEO_PAUSED',
  /** What the others say is audibly incomplete. */
  'DOWNLINK_WEAK',
  /** Answers come so late that people begin to speak at the same time. */
  'DELAY_HIGH',
] as const;

export type QualitySign = (typeof qualitySigns)[number];

/** What the last second was like. Shares are 0 to 1. */
export interface QualitySample {
  lossOut: number;
  roundTripMs: number;
  /** Of the sound that was played: what had to be made up. */
  concealedShare: number;
  /** Whether a camera would be sent, had the voice not needed the room. */
  videoPaused: boolean;
}

interface Rule {
  /** Whether a sample calls for the sign. */
  comes(sample: QualitySample): boolean;
  /** Whether a sample gives a reason to leave it standing. */
  stays(sample: QualitySample): boolean;
  /** Samples in a row that bring it, and that take it away. */
  after: { toCome: number; toGo: number };
}

const unhurried = { toCome: 2, toGo: 5 };
const rules: Readonly<Record<QualitySign, Rule>> = {
  UPLINK_WEAK: { comes: ({ lossOut }) => lossOut >= 0.2, stays: ({ lossOut }) => lossOut >= 0.1, after: unhurried },
  // A decision, not a measurement: whoever decides it does not flicker.
  UPLINK_WEAK_VIDEO_PAUSED: { comes: ({ videoPaused }) => videoPaused, stays: ({ videoPaused }) => videoPaused, after: { toCome: 1, toGo: 1 } },
  DOWNLINK_WEAK: { comes: ({ concealedShare }) => concealedShare >= 0.05, stays: ({ concealedShare }) => concealedShare >= 0.02, after: unhurried },
  DELAY_HIGH: { comes: ({ roundTripMs }) => roundTripMs >= 600, stays: ({ roundTripMs }) => roundTripMs >= 450, after: unhurried },
};

/** For each sign whether it stands, and for how many samples in a row something spoke against that. */
export type Quality = Readonly<Record<QualitySign, { stands: boolean; against: number }>>;

const nothing = { stands: false, against: 0 };
export const qualityAtStart: Quality = { UPLINK_WEAK: nothing, UPLINK_WEAK_VIDEO_PAUSED: nothing, DOWNLINK_WEAK: nothing, DELAY_HIGH: nothing };

/** Takes one more second into account. */
export function judge(before: Quality, sample: QualitySample): Quality {
  const next = (sign: QualitySign) => {
    const { stands, against } = before[sign];
    const { comes, stays, after } = rules[sign];
    if (stands ? stays(sample) : !comes(sample)) return { stands, against: 0 };
    return against + 1 >= (stands ? after.toGo : after.toCome) ? { stands: !stands, against: 0 } : { stands, against: against + 1 };
  };
  return Object.fromEntries(qualitySigns.map((sign) => [sign, next(sign)])) as Quality;
}

/** The signs that stand; the paused camera says all that a weak uplink says. */
export function signsOf(quality: Quality): QualitySign[] {
  return qualitySigns.filter((sign) => quality[sign].stands && !(sign === 'UPLINK_WEAK' && quality.UPLINK_WEAK_VIDEO_PAUSED.stands));
}
