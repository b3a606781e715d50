import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { startSlowNetwork } from './slowNetwork.ts';

/** A server behind a line that answers with so many bytes, each naming its place. */
async function behind(line: { bitsPerSecond: number; roundTripMs: number }, bytes: number): Promise<{ url: string; body: Buffer }> {
  const body = Buffer.from(Array.from({ length: bytes }, (_, index) => (index * 7) % 251));
  const server = createServer((_, response) => response.end(body));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const network = await startSlowNetwork((server.address() as AddressInfo).port, line);
  onTestFinished(() => {
    network.close();
    server.close();
    server.closeAllConnections();
  });
  return { url: `http://127.0.0.1:${network.port}/`, body };
}

async function timed(work: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

test('everything arrives, in its order, at the speed of the line', async () => {
  const { url, body } = await behind({ bitsPerSecond: 8_000_000, roundTripMs: 20 }, 500_000);
  const took = await timed(async () => expect(Buffer.compare(Buffer.from(await (await fetch(url)).arrayBuffer()), body)).toBe(0));
  expect(took).toBeGreaterThan(500);
});

test('connections share it', async () => {
  const { url, body } = await behind({ bitsPerSecond: 16_000_000, roundTripMs: 20 }, 300_000);
  const took = await timed(async () => {
    const answers = await Promise.all([1, 2, 3].map(async () => (await (await fetch(url)).arrayBuffer()).byteLength));
    expect(answers).toEqual([body.length, body.length, body.length]);
  });
  expect(took).toBeGreaterThan(450);
});

test('a request costs a round trip, and a connection another one', async () => {
  const { url } = await behind({ bitsPerSecond: 1_000_000_000, roundTripMs: 100 }, 10);
  expect(await timed(async () => void (await fetch(url)))).toBeGreaterThan(190);
});
