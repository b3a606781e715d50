import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type * as peersOfPage from '../../../../scripts/testing/peers/page/page.ts';
import { openPeers, type Peers } from '../../../../scripts/testing/peers/openPeers.ts';

/*
 * Two transports in one page of a real Chromium. What arrives is proven by what is in it: each side has a pitch and a colour of
 * its own.
 */

declare const peers: typeof peersOfPage;
declare let pair: peersOfPage.Pair;
/** What is listened to and looked at. */
declare let ears: Record<'a' | 'b', ReturnType<typeof peers.listenTo>>;
declare let eyes: Record<'a' | 'b', ReturnType<typeof peers.lookAt>>;

const red = [255, 0, 0];
const blue = [0, 0, 255];

let opened: Peers;
beforeAll(async () => {
  opened = await openPeers();
});
afterAll(() => opened?.close());

/** What is awaited comes within seconds, or it does not come. */
const soon = { timeout: 8_000, interval: 50 };
const pathOf = (side: 'a' | 'b') => opened.page.evaluate((side) => pair[side].paths.at(-1), side);
const comingTo = (side: 'a' | 'b') => opened.page.evaluate((side) => Object.keys(pair[side].tracks).sort(), side);
const shareAt = (side: 'a' | 'b', hertz: number) => opened.page.evaluate(([side, hertz]) => ears[side].shareAt(hertz), [side, hertz] as const);
const colourFor = (side: 'a' | 'b') => opened.page.evaluate((side) => eyes[side].colour(), side);
const near = (colour: number[], expected: number[]): boolean => colour.every((part, index) => Math.abs(part - (expected[index] ?? 0)) < 40);
/** How often the two sides agreed on a description so far. */
const negotiations = () => opened.page.evaluate(() => peers.connections.slice(-2).map(({ localDescription }) => localDescription?.sdp.match(/^o=.*$/m)?.[0]));
/** What the side that offered sends in this place, by its own statistics. */
const sentBy = (place: 'voice' | 'camera') =>
  opened.page.evaluate(async (mid) => {
    const sent: { layers: string | undefined; bytesEach: number }[] = [];
    (await peers.connections.at(-2)!.getStats()).forEach((entry: RTCOutboundRtpStreamStats & { mid?: string; scalabilityMode?: string }) => {
      if (entry.type === 'outbound-rtp' && entry.mid === mid) sent.push({ layers: entry.scalabilityMode, bytesEach: (entry.bytesSent ?? 0) / (entry.packetsSent ?? 1) });
    });
    return sent[0] ?? { layers: undefined, bytesEach: 0 };
  }, place === 'voice' ? '0' : '1');

describe('two transports', () => {
  beforeEach(async () => {
    await opened.page.evaluate(async () => {
      Object.assign(globalThis, { pair: peers.makePair({ relay: null }) });
      await pair.connect('a');
    });
  });
  afterEach(() =>
    opened.page.evaluate(() => {
      pair.a.transport.close();
      pair.b.transport.close();
    }),
  );

  test('connect before anything is sent, and pass messages both ways', async () => {
    expect([await comingTo('a'), await comingTo('b')]).toEqual([[], []]);
    await expect.poll(() => opened.page.evaluate(() => [pair.a.transport.tell('to b'), pair.b.transport.tell('to a')]), soon).toEqual([true, true]);
    await expect.poll(() => opened.page.evaluate(() => [pair.a.told.at(-1), pair.b.told.at(-1)]), soon).toEqual(['to a', 'to b']);
  });

  test('carry each voice to the other side, then a camera that comes and goes, without negotiating again', async () => {
    const agreed = await negotiations();
    await opened.page.evaluate(async () => {
      await pair.a.transport.send({ voice: peers.makeTone(440) });
      await pair.b.transport.send({ voice: peers.makeTone(1000) });
    });
    await expect.poll(async () => [await comingTo('a'), await comingTo('b')], soon).toEqual([['voice'], ['voice']]);
    await opened.page.evaluate(() => {
      Object.assign(globalThis, { ears: { a: peers.listenTo(pair.a.tracks.voice!), b: peers.listenTo(pair.b.tracks.voice!) } });
    });
    await expect.poll(() => shareAt('b', 440), soon).toBeGreaterThan(0.8);
    await expect.poll(() => shareAt('a', 1000), soon).toBeGreaterThan(0.8);
    expect(await shareAt('b', 1000)).toBeLessThan(0.1);
    expect(await shareAt('a', 440)).toBeLessThan(0.1);

    await opened.page.evaluate(async () => {
      await pair.a.transport.send({ camera: peers.makePatch('rgb(255,0,0)') });
      await pair.b.transport.send({ camera: peers.makePatch('rgb(0,0,255)') });
    });
    await expect.poll(async () => [await comingTo('a'), await comingTo('b')], soon).toEqual([['camera', 'voice'], ['camera', 'voice']]);
    await opened.page.evaluate(() => {
      Object.assign(globalThis, { eyes: { a: peers.lookAt(pair.a.tracks.camera!), b: peers.lookAt(pair.b.tracks.camera!) } });
    });
    await expect.poll(async () => near(await colourFor('b'), red), soon).toBe(true);
    await expect.poll(async () => near(await colourFor('a'), blue), soon).toBe(true);

    await opened.page.evaluate(() => pair.a.transport.send({ camera: null }));
    await expect.poll(() => comingTo('b'), soon).toEqual(['voice']);
    expect(await comingTo('a')).toEqual(['camera', 'voice']);
    await opened.page.evaluate(() => pair.a.transport.send({ camera: peers.makePatch('rgb(0,0,255)') }));
    await expect.poll(async () => near(await colourFor('b'), blue), soon).toBe(true);
    expect(await shareAt('b', 440)).toBeGreaterThan(0.8);
    expect(await negotiations()).toEqual(agreed);

    await expect.poll(() => opened.page.evaluate(() => pair.b.qualities.at(-1)), soon).toMatchObject({ lossIn: 0, lossOut: 0 });
    await expect.poll(async () => (await sentBy('camera')).layers, soon).toBe('L1T3');
    // A frame of 24 kbit/s has 60 bytes; with the four before it that a call begins with, five times as much. A browser sends one again.
    const voice = await sentBy('voice');
    expect(voice.bytesEach).toBeGreaterThan(200);
  });

  test('show a screen beside the camera, and keep its letters sharp', async () => {
    const hint = await opened.page.evaluate(async () => {
      const screen = peers.makePatch('rgb(0,0,255)');
      await pair.a.transport.send({ screen, camera: peers.makePatch('rgb(255,0,0)') });
      return screen.contentHint;
    });
    expect(hint).toBe('detail');
    await expect.poll(() => comingTo('b'), soon).toEqual(['camera', 'screen']);
    await opened.page.evaluate(() => {
      Object.assign(globalThis, { eyes: { a: peers.lookAt(pair.b.tracks.screen!), b: peers.lookAt(pair.b.tracks.camera!) } });
    });
    await expect.poll(async () => near(await colourFor('a'), blue), soon).toBe(true);
    await expect.poll(async () => near(await colourFor('b'), red), soon).toBe(true);
  });

  test('name no address in a description: those travel as candidates', async () => {
    const descriptions = await opened.page.evaluate(async () => {
      const { a, b } = peers.makePair({ relay: null });
      const offer = await a.transport.offer();
      const answer = await b.transport.answer(offer);
      await a.transport.take(answer);
      const again = await a.transport.offer();
      for (const { transport } of [a, b]) transport.close();
      return [offer.sdp, answer.sdp, again.sdp];
    });
    for (const sdp of descriptions) expect(sdp).not.toContain('candidate');
  });

  test('restart on request while they are connected', async () => {
    const agreed = await negotiations();
    await opened.page.evaluate(() => pair.connect('b', { restart: true }));
    expect(await negotiations()).not.toEqual(agreed);
    expect([await pathOf('a'), await pathOf('b')]).toEqual(['connected', 'connected']);
    await expect.poll(() => opened.page.evaluate(() => pair.b.transport.tell('still here')), soon).toBe(true);
    await expect.poll(() => opened.page.evaluate(() => pair.a.told.at(-1)), soon).toBe('still here');
  });
});

test('no address is found before a transport opens up', async () => {
  await opened.page.evaluate(() => {
    Object.assign(globalThis, { pair: peers.makePair({ relay: null, relayOnly: true }) });
    void pair.connect('a');
  });
  await opened.page.waitForTimeout(1_000);
  const found = () => opened.page.evaluate(() => [pair.a, pair.b].map(({ candidates }) => candidates.map(({ candidate }) => candidate)));
  expect(await found()).toEqual([[], []]);
  expect([await pathOf('a'), await pathOf('b')]).not.toContain('connected');
  await opened.page.evaluate(async () => {
    pair.a.transport.openUp();
    pair.b.transport.openUp();
    await pair.connect('a', { restart: true });
  });
  expect((await found()).map((candidates) => candidates.length > 0)).toEqual([true, true]);
  expect([await pathOf('a'), await pathOf('b')]).toEqual(['connected', 'connected']);
});

test('nothing was reported as an error by the page', () => {
  expect(opened.problems).toEqual([]);
});
