/** Counters of a connection since its beginning, of the voice alone, read at one time. */
export interface Counters {
  packetsReceived: number;
  packetsLost: number;
  samplesPlayed: number;
  samplesConcealed: number;
  /** Of the path that is in use; null before there is one. */
  roundTripMs: number | null;
  /** What the other side's browser has reported last about our voice: the share that was lost, and when that came. */
  reported: { loss: number; at: number } | null;
}

export const noCounters: Counters = { packetsReceived: 0, packetsLost: 0, samplesPlayed: 0, samplesConcealed: 0, roundTripMs: null, reported: null };

/** Fields of a report that the library of types lacks, or that only some kinds have. */
type Entry = Partial<RTCInboundRtpStreamStats & RTCIceCandidatePairStats & RTCTransportStats & { localId: string; fractionLost: number; totalSamplesReceived: number }> & RTCStats;

/** Reads the counters. @param voice the `mid` of the voice's transceiver */
export async function readCounters(connection: Pick<RTCPeerConnection, 'getStats'>, voice: string | null): Promise<Counters> {
  const entries: Entry[] = [];
  (await connection.getStats()).forEach((entry: Entry) => entries.push(entry));
  const ofVoice = (type: string) => entries.find((entry) => entry.type === type && entry.mid === voice);
  const inbound = ofVoice('inbound-rtp');
  const outbound = ofVoice('outbound-rtp');
  const report = entries.find(({ type, localId }) => type === 'remote-inbound-rtp' && outbound !== undefined && localId === outbound.id);
  const pairId = entries.find(({ type, selectedCandidatePairId }) => type === 'transport' && selectedCandidatePairId !== undefined)?.selectedCandidatePairId;
  const seconds = entries.find(({ id }) => id === pairId)?.currentRoundTripTime;
  return {
    packetsReceived: inbound?.packetsReceived ?? 0,
    packetsLost: inbound?.packetsLost ?? 0,
    samplesPlayed: inbound?.totalSamplesReceived ?? 0,
    samplesConcealed: inbound?.concealedSamples ?? 0,
    roundTripMs: seconds === undefined ? null : seconds * 1000,
    reported: report?.fractionLost === undefined ? null : { loss: report.fractionLost, at: report.timestamp },
  };
}

/** Share of packets lost between two readings, 0 to 1; null when none was on its way. */
export function lossBetween(before: Counters, now: Counters): number | null {
  // A packet that comes late is counted as lost first and taken back then.
  const lost = Math.max(0, now.packetsLost - before.packetsLost);
  const received = Math.max(0, now.packetsReceived - before.packetsReceived);
  return lost + received === 0 ? null : lost / (lost + received);
}

/** Share of the sound that was made up between two readings, 0 to 1. */
export function concealedBetween(before: Counters, now: Counters): number {
  const played = now.samplesPlayed - before.samplesPlayed;
  return played <= 0 ? 0 : Math.min(1, Math.max(0, now.samplesConcealed - before.samplesConcealed) / played);
}
