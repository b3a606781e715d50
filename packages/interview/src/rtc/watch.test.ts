import { describe, expect, test } from 'vitest';
import type { Rung } from '../voice/ladder.ts';
import { noCounters, type Counters } from './statistics.ts';
import { makeWatch } from './watch.ts';

/** A connection of which each second can be told; everything that the watch does is noted. */
function makeWatched() {
  let counters: Counters = { ...noCounters, roundTripMs: 80 };
  const did = { rung: null as Rung | null, bufferMs: 0, announced: [] as number[], signs: [] as (readonly string[])[], qualities: [] as { lossOut: number; lossIn: number; concealedShare: number }[] };
  const watch = makeWatch({
    read: async () => counters,
    cameraWanted: () => true,
    voiceComes: () => true,
    sendBy: (rung) => void (did.rung = rung),
    holdBack: (bufferMs) => void (did.bufferMs = bufferMs),
    announceLoss: (loss) => void did.announced.push(loss),
    quality: (now) => void did.qualities.push(now),
    signs: (now) => void did.signs.push(now),
  });
  let at = 0;
  return {
    did,
    watch,
    /** A second in which this share of fifty packets was lost on the way here. */
    async second(loss: number | null, more: Partial<Counters> & { heard?: number } = {}) {
      const { heard, ...rest } = more;
      at += 1000;
      const packets = loss === null ? 0 : 50;
      counters = { ...counters, ...rest, packetsLost: counters.packetsLost + packets * (loss ?? 0), packetsReceived: counters.packetsReceived + packets * (1 - (loss ?? 0)), samplesPlayed: counters.samplesPlayed + 48_000 };
      if (heard !== undefined) watch.heardOfLoss(heard, at);
      await watch.look(at);
    },
  };
}

describe('the watch', () => {
  test('sends by what the other side loses, and holds back by what is lost here', async () => {
    const { second, did } = makeWatched();
    for (let count = 0; count < 60; count++) await second(0, { heard: 0.5 });
    expect(did.rung?.blocks).toBe(12);
    expect(did.bufferMs).toBe(60);
    expect(did.qualities.at(-1)).toMatchObject({ lossOut: 0.5, lossIn: 0 });
  });

  test('takes our own loss for theirs as long as nothing is heard of it', async () => {
    const { second, did } = makeWatched();
    await second(0.5);
    expect(did.rung?.blocks).toBe(12);
    expect(did.announced).toEqual([0.5]);
  });

  test('believes a browser that reports, and each report once', async () => {
    const { second, did } = makeWatched();
    await second(0, { reported: { loss: 0.3, at: 7 } });
    expect(did.qualities.at(-1)?.lossOut).toBe(0.3);
    for (let count = 0; count < 5; count++) await second(0);
    expect(did.qualities.at(-1)?.lossOut).toBe(0);
  });

  test('learns nothing from a second without packets', async () => {
    const { second, did } = makeWatched();
    await second(0.7);
    for (let count = 0; count < 60; count++) await second(null);
    expect(did.rung?.blocks).toBe(16);
    expect(did.announced).toEqual([0.7]);
  });

  test('says once that the camera rests, and once that it is back', async () => {
    const { second, did } = makeWatched();
    for (let count = 0; count < 4; count++) await second(0, { heard: 0.7 });
    for (let count = 0; count < 60; count++) await second(0, { heard: 0 });
    expect(did.signs[0]).toEqual(['UPLINK_WEAK_VIDEO_PAUSED']);
    expect(did.signs.at(-1)).toEqual([]);
    expect(did.signs.length).toBeLessThanOrEqual(3);
  });
});
