import { setTimeout as wait } from 'node:timers/promises';
import { openPeers, type Peers } from '../testing/peers/openPeers.ts';
import type * as peersOfPage from '../testing/peers/page/page.ts';
import { report } from './report.ts';

/*
 * npm run bench -- loss: how much of a voice has to be made up at the other end when packets are lost in both directions. Ours and
 * what a browser does on its own account go side by side in one page, each through a relay of its own with the same conditions;
 * the connection is made and the loss begins in the middle of the call.
 */

declare const peers: typeof peersOfPage;

const roundTripMs = 80;
const goals = [{ loss: 0.3, goal: 0.5 }, { loss: 0.5, goal: 2 }, { loss: 0.7, goal: 5 }];
/** From the first loss on until it is counted: the time that the ladder is given. */
const settlingMs = 8_000;
const countingMs = 25_000;

/** Sound that arrived at the two ends of a call, and what it cost. */
interface Heard {
  samples: number;
  concealed: number;
  bytesSent: number;
}

export async function bench(): Promise<void> {
  const opened = await openPeers();
  try {
    for (const { loss, goal } of goals) {
      const { ours, shipped } = await converse(opened, loss);
      const percent = loss * 100;
      report({ bench: 'loss', figure: `concealed ${percent}`, value: ours.concealed, unit: '%', goal, better: 'lower' });
      report({ bench: 'loss', figure: `concealed ${percent}, as browsers ship it`, value: shipped.concealed, unit: '%', better: 'lower' });
      report({ bench: 'loss', figure: `sent ${percent}`, value: ours.kilobits, unit: 'kbit/s', floor: shipped.kilobits, better: 'lower' });
    }
  } finally {
    await opened.close();
  }
}

/** One call of ours and one of the browser's at this share of loss: percent of the sound that was concealed, and what each side sent. */
async function converse(opened: Peers, loss: number): Promise<Record<'ours' | 'shipped', { concealed: number; kilobits: number }>> {
  const { page } = opened;
  const names = { ours: `ours ${loss}`, shipped: `shipped ${loss}` };
  const setBoth = (share: number) => Promise.all(Object.values(names).map((name) => opened.set(name, { loss: share, delayMs: roundTripMs / 2 })));
  await setBoth(0);
  await page.evaluate(async (names) => {
    const pair = peers.makePair({ relay: names.ours });
    for (const side of ['a', 'b'] as const) {
      pair[side].onTracks = ({ voice }) => void (voice && peers.listenTo(voice));
    }
    await pair.connect('a');
    await pair.a.transport.send({ voice: peers.makeSpeech(110) });
    await pair.b.transport.send({ voice: peers.makeSpeech(180) });
    await peers.connectPlain({
      relay: names.shipped, tracks: { a: [peers.makeSpeech(110)], b: [peers.makeSpeech(180)] },
      onTrack: (_, track) => void peers.listenTo(track),
    });
  }, names);
  await wait(3_000);
  await setBoth(loss);
  await wait(settlingMs);
  const before = await readHeard(opened);
  await wait(countingMs);
  const after = await readHeard(opened);
  const problems = opened.problems.filter((problem) => problem !== '');
  if (problems.length > 0) process.stderr.write(`The page reported: ${problems.join('; ')}\n`);
  await page.evaluate(() => {
    for (const connection of peers.connections.splice(0)) connection.close();
  });
  const between = (which: 'ours' | 'shipped') => ({
    concealed: (100 * (after[which].concealed - before[which].concealed)) / (after[which].samples - before[which].samples),
    kilobits: ((after[which].bytesSent - before[which].bytesSent) * 8) / countingMs / 2,
  });
  return { ours: between('ours'), shipped: between('shipped') };
}

/** The counters of both calls: ours were made first. */
async function readHeard({ page }: Peers): Promise<Record<'ours' | 'shipped', Heard>> {
  return page.evaluate(async () => {
    const read = async (connections: readonly RTCPeerConnection[]) => {
      const heard = { samples: 0, concealed: 0, bytesSent: 0 };
      for (const connection of connections) {
        (await connection.getStats()).forEach((entry: Record<string, number> & { type: string; kind?: string }) => {
          if (entry.type === 'outbound-rtp' && entry.kind === 'audio') heard.bytesSent += (entry['bytesSent'] ?? 0) + (entry['headerBytesSent'] ?? 0);
          if (entry.type !== 'inbound-rtp' || entry.kind !== 'audio' || (entry['packetsReceived'] ?? 0) === 0) return;
          heard.samples += entry['totalSamplesReceived'] ?? 0;
          heard.concealed += entry['concealedSamples'] ?? 0;
        });
      }
      return heard;
    };
    return { ours: await read(peers.connections.slice(0, 2)), shipped: await read(peers.connections.slice(2, 4)) };
  });
}
