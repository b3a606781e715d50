import type { Page } from 'playwright-core';
import { expect } from 'vitest';

/**
 * Waits until a page can open without a network: its service worker runs, messaging's cryptography is kept, and nothing
 * more was kept for a moment.
 */
export async function keptForOffline(page: Page): Promise<void> {
  let before = 0;
  await expect
    .poll(
      async () => {
        const kept = await page.evaluate(keptFiles);
        const settled = kept.some((path) => path.endsWith('.wasm')) && kept.length === before;
        before = kept.length;
        return settled;
      },
      { timeout: 30_000, interval: 400 },
    )
    .toBe(true);
}

/** Runs in the page. */
async function keptFiles(): Promise<string[]> {
  const registration = await navigator.serviceWorker.getRegistration();
  if (registration?.active?.state !== 'activated') return [];
  return (await (await caches.open('files')).keys()).map(({ url }) => new URL(url).pathname);
}
