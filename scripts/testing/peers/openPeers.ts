import { readFileSync, rmSync } from 'node:fs';
import { mkdtemp } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { extname, join } from 'node:path';
import type { Page } from 'playwright-core';
import { build } from 'vite';
import { launchChromium } from '../chromium.ts';
import { startLossyRelay, type Conditions, type LossyRelay, type Side } from './lossyRelay.ts';

/** A page in a real Chromium in which peers connect to each other; `peers` of it is what page/page.ts exports. */
export interface Peers {
  page: Page;
  /** What happens to packets of the pair of this name from now on. */
  set(pair: string, conditions: Conditions): Promise<void>;
  /** What the page reported as an error so far. */
  problems: readonly string[];
  close(): Promise<void>;
}

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript' };

/** Builds the page as production does, and opens it. */
export async function openPeers(): Promise<Peers> {
  const folder = await mkdtemp(join(tmpdir(), 'baton-peers-'));
  await build({
    root: join(import.meta.dirname, 'page'), configFile: false, logLevel: 'error', worker: { format: 'es' },
    build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0, target: 'es2023' },
  });
  const served = await serve(folder);
  const browser = await launchChromium({
    args: [
      // The pages are their own network: loopback addresses are candidates, and are named as they are.
      '--allow-loopback-in-peer-connection', '--disable-features=WebRtcHideLocalIpsWithMdns',
      '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', '--autoplay-policy=no-user-gesture-required',
    ],
  });
  const page = await browser.newPage();
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => ['error', 'warning'].includes(message.type()) && problems.push(message.text()));

  const relays = new Map<string, Promise<LossyRelay>>();
  const relayOf = (pair: string): Promise<LossyRelay> => {
    const relay = relays.get(pair) ?? startLossyRelay();
    relays.set(pair, relay);
    return relay;
  };
  await page.exposeFunction('relayedPort', async (pair: string, side: Side, port: number) => (await relayOf(pair)).reach(side, port));
  await page.goto(served.origin);
  await page.waitForFunction(() => 'peers' in globalThis);
  // Who may use the microphone is shown all addresses of the machine, the loopback's among them.
  await page.evaluate(async () => {
    for (const track of (await navigator.mediaDevices.getUserMedia({ audio: true })).getTracks()) track.stop();
  });
  return {
    page,
    problems,
    set: async (pair, conditions) => (await relayOf(pair)).set(conditions),
    async close() {
      await browser.close();
      for (const relay of relays.values()) (await relay).close();
      served.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Serves the files of a folder on loopback, which browsers take for a secure context. */
async function serve(folder: string): Promise<{ origin: string; close(): void }> {
  const server = createServer((incoming, outgoing) => {
    const path = new URL(incoming.url ?? '/', 'http://localhost').pathname;
    const file = join(folder, path === '/' ? 'index.html' : path);
    try {
      const content = readFileSync(file);
      outgoing.writeHead(200, { 'content-type': types[extname(file)] ?? 'text/plain' }).end(content);
    } catch {
      outgoing.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    origin: `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
