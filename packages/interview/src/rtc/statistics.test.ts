import { describe, expect, test } from 'vitest';
import { concealedBetween, lossBetween, noCounters, readCounters } from './statistics.ts';

const reading = (lost: number, received: number) => ({ ...noCounters, packetsLost: lost, packetsReceived: received });

describe('loss between two readings', () => {
  test('is the share that did not come', () => {
    expect(lossBetween(reading(10, 100), reading(30, 130))).toBe(0.4);
  });
  test('is not known when none was on its way', () => {
    expect(lossBetween(reading(10, 100), reading(10, 100))).toBeNull();
  });
  test('is never negative, though packets that were thought lost come late', () => {
    expect(lossBetween(reading(10, 100), reading(7, 150))).toBe(0);
  });
});

test('the concealed share is that of what was played', () => {
  const before = { ...noCounters, samplesPlayed: 48_000, samplesConcealed: 480 };
  expect(concealedBetween(before, { ...before, samplesPlayed: 96_000, samplesConcealed: 5_280 })).toBe(0.1);
  expect(concealedBetween(before, before)).toBe(0);
});

test('counters are those of the voice and of the path in use, whatever else is reported', async () => {
  const report = [
    { type: 'inbound-rtp', id: 'I3', mid: '3', packetsReceived: 1, packetsLost: 1, totalSamplesReceived: 1, concealedSamples: 1 },
    { type: 'inbound-rtp', id: 'I0', mid: '0', packetsReceived: 500, packetsLost: 20, totalSamplesReceived: 480_000, concealedSamples: 960 },
    { type: 'outbound-rtp', id: 'O3', mid: '3' },
    { type: 'outbound-rtp', id: 'O0', mid: '0' },
    { type: 'remote-inbound-rtp', id: 'R3', localId: 'O3', fractionLost: 0.9, timestamp: 1 },
    { type: 'remote-inbound-rtp', id: 'R0', localId: 'O0', fractionLost: 0.25, timestamp: 2 },
    { type: 'candidate-pair', id: 'P1', currentRoundTripTime: 9 },
    { type: 'candidate-pair', id: 'P2', currentRoundTripTime: 0.08 },
    { type: 'transport', id: 'T', selectedCandidatePairId: 'P2' },
  ];
  const connection = { getStats: async () => new Map(report.map((entry) => [entry.id, entry])) as unknown as RTCStatsReport };
  expect(await readCounters(connection, '0')).toEqual({
    packetsReceived: 500, packetsLost: 20, samplesPlayed: 480_000, samplesConcealed: 960, roundTripMs: 80, reported: { loss: 0.25, at: 2 },
  });
  expect(await readCounters({ getStats: async () => new Map() as unknown as RTCStatsReport }, '0')).toEqual(noCounters);
});
