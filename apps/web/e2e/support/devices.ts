import type {} from '../../../../scripts/testing/provided.ts';
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject } from 'vitest';
import { launchChromium } from '../../../../scripts/testing/chromium.ts';

/** Somebody's browser on a device of its own: what it stores, no other one sees. */
export interface Device {
  context: BrowserContext;
  /** The tab in use: the first one, until a test chooses another. */
  page: Page;
  newTab(): Promise<Page>;
  /** Closes all tabs. What the browser has stored stays. */
  closeTabs(): Promise<void>;
  /** The device is gone, with all that it stored. */
  lose(): Promise<void>;
}

export interface DeviceOptions {
  /** 390 px wide, touched instead of clicked. */
  phone?: boolean;
  /** Of the browser; pages follow it. English unless said otherwise. */
  language?: 'en-US' | 'zh-CN';
  dark?: boolean;
  /** Another system than the one of the run. */
  origin?: string;
}

export interface Devices {
  open(options?: DeviceOptions): Promise<Device>;
}

const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true };
const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 } };
/** How long a person may wait for what a page promised, in milliseconds. */
const patience = 20_000;

/**
 * One Chromium for a test file. Its devices stay open until the file ends or, where each test has its own (`perTest`), those
 * that a test opens until it ends: a page that is left open goes on working beside the next test. When a test fails, what each device
 * showed is kept as a picture. An error that no page handled fails the file.
 */
export function useDevices({ perTest = false } = {}): Devices {
  let browser: Browser;
  const open = new Set<Device>();
  /** Opened by the test that runs. */
  const passing = new Set<Device>();
  let testing = false;
  const errors: string[] = [];
  /** What workers reported: shown when a test fails. */
  const said: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
  });
  beforeEach(() => void (testing = true));
  afterEach(async ({ task }) => {
    testing = false;
    if (task.result?.state === 'fail') console.error([...(await takePictures(task.name, open)), ...said].join('\n'));
    said.length = 0;
    if (perTest) await Promise.all([...passing].map((device) => device.lose()));
    passing.clear();
  });
  afterAll(async () => {
    await browser.close();
    expect(errors).toEqual([]);
  });

  return {
    async open(options = {}) {
      const context = await browser.newContext({
        ...(options.phone ? phone : desk),
        baseURL: options.origin ?? inject('stack').origin,
        locale: options.language ?? 'en-US',
        colorScheme: options.dark ? 'dark' : 'light',
        permissions: ['clipboard-read', 'clipboard-write'],
      });
      context.setDefaultTimeout(patience);
      context.on('weberror', (error) => errors.push(error.error().stack ?? error.error().message));
      context.on('page', (page) => page.on('worker', (worker) => worker.on('console', (message) => said.push(message.text()))));
      context.on('console', (message) => {
        // The browser itself says so, whoever wrote the code.
        if (/Content Security Policy|Trusted ?Type/i.test(message.text())) errors.push(message.text());
      });
      const device: Device = {
        context,
        page: await context.newPage(),
        newTab: () => context.newPage(),
        closeTabs: async () => {
          await Promise.all(context.pages().map((page) => page.close()));
        },
        lose: async () => {
          open.delete(device);
          await context.close();
        },
      };
      open.add(device);
      if (testing) passing.add(device);
      return device;
    },
  };
}

/** Lets a page speak another language, as the setting made in another tab does. */
export const speak = (page: Page, language: 'en' | 'zh-CN'): Promise<unknown> =>
  page.evaluate((value) => window.dispatchEvent(new StorageEvent('storage', { key: 'baton.locale', newValue: value })), language);

async function takePictures(test: string, devices: Iterable<Device>): Promise<string[]> {
  const folder = join(tmpdir(), 'baton-e2e-pictures');
  mkdirSync(folder, { recursive: true });
  const name = test.replaceAll(/\W+/g, '-').slice(0, 60);
  const pages = [...devices].flatMap(({ context }) => context.pages());
  return Promise.all(
    pages.map(async (page, index) => {
      const path = join(folder, `${name}-${index + 1}.png`);
      await page.screenshot({ path, timeout: 5_000 }).catch(() => undefined);
      return `${path}  ${new URL(page.url()).pathname}`;
    }),
  );
}
