import { spawn } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { turnCredentials } from '../../../apps/api/src/modules/interviews/turn/turnCredentials.ts';
import { launchChromium } from '../../testing/chromium.ts';
import { createDataFolder } from '../../testing/runFolder.ts';
import { isRunning } from '../process/identity.ts';
import { readRecord, recordProcess } from '../process/record.ts';
import { answersStun } from './answersStun.ts';
import { findTurnserver } from './findTurnserver.ts';
import { startCoturn, type Coturn } from './startCoturn.ts';

const secret = 'what the API and coturn share';
let folder: string;
let coturn: Coturn;
let browser: Browser;
let page: Page;

const start = (): Promise<Coturn> => startCoturn({ folder, program: findTurnserver() ?? 'turnserver', secret });
const recordFile = (): string => join(folder, 'processes', 'coturn.json');
const record = () => readRecord(recordFile());
const portOf = ({ urls }: Coturn): number => Number(/:(\d+)\?/.exec(urls[0] ?? '')?.[1]);

beforeAll(async () => {
  folder = createDataFolder(inject('runFolder'));
  coturn = await start();
  browser = await launchChromium({ args: ['--allow-loopback-in-peer-connection'] });
  page = await browser.newPage();
});
afterAll(async () => {
  await browser.close();
  await coturn.service.stop();
});

/** Two connections of one page that may use nothing but the relay: what one says to the other, or null when neither finds a way. */
function talkByRelay(server: { urls: string[]; username: string; credential: string }): Promise<string | null> {
  return page.evaluate(async (iceServer) => {
    const [left, right] = [0, 1].map(() => new RTCPeerConnection({ iceServers: [iceServer], iceTransportPolicy: 'relay' })) as [RTCPeerConnection, RTCPeerConnection];
    const channel = left.createDataChannel('talk');
    const gathered = [left, right].map((connection, at) => new Promise<number>((resolve) => {
      let found = 0;
      connection.onicecandidate = ({ candidate }) => {
        if (candidate?.candidate) found += 1;
        if (candidate) void [right, left][at]?.addIceCandidate(candidate);
        else resolve(found);
      };
    }));
    const heard = new Promise<string>((resolve) => {
      right.ondatachannel = (event) => event.channel.addEventListener('message', ({ data }) => resolve(String(data)));
    });
    channel.onopen = () => channel.send('hello');
    await left.setLocalDescription();
    await right.setRemoteDescription(left.localDescription as RTCSessionDescription);
    await right.setLocalDescription();
    await left.setRemoteDescription(right.localDescription as RTCSessionDescription);
    const nothing = Promise.all(gathered).then((counts) => (counts.some((count) => count > 0) ? heard : null));
    const said = await Promise.race([heard, nothing]);
    left.close();
    right.close();
    return said;
  }, server);
}

test.each([0, 1])('relays between two browsers with credentials of the API, by address %i', async (at) => {
  const credentials = turnCredentials(secret, new Uint8Array(32), 'acc_1', Date.now());
  expect(await talkByRelay({ urls: coturn.urls.slice(at, at + 1), ...credentials })).toBe('hello');
});

test('relays nothing with credentials that ended, or of another secret', async () => {
  const ended = turnCredentials(secret, new Uint8Array(32), 'acc_1', Date.now() - 5 * 3600 * 1000);
  const guessed = turnCredentials('a guess', new Uint8Array(32), 'acc_1', Date.now());
  for (const credentials of [ended, guessed]) expect(await talkByRelay({ urls: coturn.urls, ...credentials })).toBeNull();
});

test('keeps its secret in a file of its own, and out of its log', () => {
  expect(statSync(join(folder, 'coturn', 'turnserver.conf')).mode & 0o777).toBe(0o600);
  const log = readFileSync(join(folder, 'logs', 'coturn.log'), 'utf8');
  expect(log).not.toContain(secret);
});

test('comes back after it was killed', async () => {
  await coturn.service.kill();
  expect(await answersStun(portOf(coturn))).toBe(false);
  await coturn.service.start();
  expect(await answersStun(portOf(coturn))).toBe(true);
});

test('a later start stops what an earlier one left behind', async () => {
  await coturn.service.stop();
  const left = spawn(findTurnserver() ?? '', ['-c', join(folder, 'coturn', 'turnserver.conf')], { stdio: 'ignore' });
  recordProcess(recordFile(), left.pid ?? 0);
  const before = record();
  expect(before && isRunning(before)).toBe(true);
  coturn = await start();
  expect([before && isRunning(before), await answersStun(portOf(coturn))]).toEqual([false, true]);
});

test('stops when it is asked to', async () => {
  const running = record();
  await coturn.service.stop();
  expect([running && isRunning(running), record()]).toEqual([false, null]);
});
