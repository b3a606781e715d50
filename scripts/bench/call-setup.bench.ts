import { openPeers, type Peers } from '../testing/peers/openPeers.ts';
import type * as peersOfPage from '../testing/peers/page/page.ts';
import { report } from './report.ts';
import { percentile } from './stage/percentile.ts';

/*
 * npm run bench -- call-setup: from the press on accept until both sides see the first picture of the other. Ours has connected
 * while it rang; beside it, in turn, a plain connection that had its offer in the invitation and begins to connect on accept.
 */

declare const peers: typeof peersOfPage;

const goals = [{ roundTripMs: 0, goal: 130 }, { roundTripMs: 100, goal: 280 }, { roundTripMs: 200, goal: 400 }];
const rounds = 10;

export async function bench(): Promise<void> {
  const opened = await openPeers();
  try {
    for (const { roundTripMs, goal } of goals) {
      const warm: number[] = [];
      const cold: number[] = [];
      // The first of each is left out: it loads the codecs.
      for (let round = -1; round < rounds; round++) {
        const [ours, plain] = [await setUpWarm(opened, roundTripMs, round), await setUpCold(opened, roundTripMs, round)];
        if (round < 0) continue;
        warm.push(ours);
        cold.push(plain);
      }
      report({ bench: 'call-setup', figure: `first picture at ${roundTripMs} ms`, value: percentile(warm, 0.5), unit: 'ms', goal, better: 'lower' });
      report({ bench: 'call-setup', figure: `first picture at ${roundTripMs} ms, connecting on accept`, value: percentile(cold, 0.5), unit: 'ms', better: 'lower' });
    }
  } finally {
    await opened.close();
  }
}

/** Milliseconds from accept until the later side sees, on transports that connected while it rang. */
async function setUpWarm({ page, set }: Peers, roundTripMs: number, round: number): Promise<number> {
  const relay = `warm ${roundTripMs} ${round}`;
  await set(relay, { loss: 0, delayMs: roundTripMs / 2 });
  return page.evaluate(async ({ relay, signalMs }) => {
    const pair = peers.makePair({ relay, signalMs });
    await pair.connect('a');
    // As long as it may ring, the way is kept open; here it rings for a second.
    await new Promise((resolve) => setTimeout(resolve, 1000));
    const cameras = { a: peers.makePatch('rgb(255,0,0)'), b: peers.makePatch('rgb(0,0,255)') };
    const seen = (side: 'a' | 'b') => new Promise<number>((resolve) => {
      pair[side].onTracks = ({ camera }) => {
        if (!camera) return;
        pair[side].onTracks = () => {};
        resolve(peers.lookAt(camera).firstFrame);
      };
    });
    const both = Promise.all([seen('a'), seen('b')]);
    pair.a.onTold = () => void pair.a.transport.send({ camera: cameras.a });
    const accepted = performance.now();
    if (!pair.b.transport.tell('accept')) throw new Error('The warm connection is not open.');
    await pair.b.transport.send({ camera: cameras.b });
    const took = Math.max(...(await both)) - accepted;
    for (const side of ['a', 'b'] as const) {
      pair[side].transport.close();
      cameras[side].stop();
    }
    document.body.replaceChildren();
    return took;
  }, { relay, signalMs: roundTripMs / 2 });
}

/** The same on a plain connection, whose offer has come with the invitation. */
async function setUpCold({ page, set }: Peers, roundTripMs: number, round: number): Promise<number> {
  const relay = `cold ${roundTripMs} ${round}`;
  await set(relay, { loss: 0, delayMs: roundTripMs / 2 });
  return page.evaluate(async ({ relay, signalMs }) => {
    const cameras = { a: peers.makePatch('rgb(255,0,0)'), b: peers.makePatch('rgb(0,0,255)') };
    const seen = { a: Promise.withResolvers<number>(), b: Promise.withResolvers<number>() };
    let accepted = 0;
    const ends = await peers.connectPlain({
      relay, signalMs, tracks: { a: [cameras.a], b: [cameras.b] },
      onOffer: () => void (accepted = performance.now()),
      onTrack: (side, track) => seen[side].resolve(peers.lookAt(track).firstFrame),
    });
    const took = Math.max(await seen.a.promise, await seen.b.promise) - accepted;
    for (const side of ['a', 'b'] as const) {
      ends[side].close();
      cameras[side].stop();
    }
    document.body.replaceChildren();
    return took;
  }, { relay, signalMs: roundTripMs / 2 });
}
