import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, onTestFinished, test } from 'vitest';
import { startLossyRelay } from './lossyRelay.ts';

async function makeEnd(): Promise<{ socket: Socket; heard: string[]; port: number }> {
  const socket = createSocket('udp4');
  const heard: string[] = [];
  socket.on('message', (packet) => heard.push(packet.toString()));
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  onTestFinished(() => void socket.close());
  return { socket, heard, port: socket.address().port };
}

/** Two ends with a relay between them, and how each reaches the other. */
async function makeWay() {
  const [a, b, relay] = await Promise.all([makeEnd(), makeEnd(), startLossyRelay()]);
  onTestFinished(() => relay.close());
  const reached = { a: relay.reach('a', a.port), b: relay.reach('b', b.port) };
  return { a, b, relay, toB: (text: string) => a.socket.send(text, reached.b, '127.0.0.1'), toA: (text: string) => b.socket.send(text, reached.a, '127.0.0.1') };
}

test('a relay passes packets both ways, from the port at which each can be answered', async () => {
  const { a, b, toA, toB, relay } = await makeWay();
  const from = once(b.socket, 'message') as Promise<[Buffer, { port: number }]>;
  toB('to b');
  toA('to a');
  expect((await from)[1].port).toBe(relay.reach('a', a.port));
  await expect.poll(() => [a.heard, b.heard]).toEqual([['to a'], ['to b']]);
});

test('loses the share that it is told to', async () => {
  const { b, toB, relay } = await makeWay();
  relay.set({ loss: 0.5, delayMs: 0 });
  for (let count = 0; count < 1000; count++) {
    toB('packet');
    // A socket's buffer loses packets as well.
    if (count % 50 === 0) await wait(1);
  }
  await wait(50);
  // Six standard deviations to either side.
  expect(b.heard.length).toBeGreaterThan(400);
  expect(b.heard.length).toBeLessThan(600);
});

test('keeps packets on their way for as long as it is told to', async () => {
  const { b, toB, relay } = await makeWay();
  relay.set({ loss: 0, delayMs: 100 });
  const began = performance.now();
  toB('late');
  await once(b.socket, 'message');
  expect(performance.now() - began).toBeGreaterThan(95);
});
