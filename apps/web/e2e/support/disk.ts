import type { BrowserContext, Page } from 'playwright-core';

/** How a browser's storage does: it works, has no room left, or is kept from pages. */
export type Disk = 'works' | 'full' | 'none';

/**
 * Puts the storage of this browser's worker into a test's hands. Chromium has no switch for it: what IndexedDB does when
 * there is no room, or none for pages, is done in front of the worker's own script.
 */
export async function holdDisk(context: BrowserContext, atFirst: Disk): Promise<void> {
  const hold = `
    let disk = ${JSON.stringify(atFirst)};
    new BroadcastChannel('disk of a test').onmessage = ({ data }) => { disk = data; };
    const { put, add } = IDBObjectStore.prototype;
    const { open } = IDBFactory.prototype;
    const full = (work) => function (...given) {
      if (disk === 'full') throw new DOMException('no room', 'QuotaExceededError');
      return work.apply(this, given);
    };
    Object.assign(IDBObjectStore.prototype, { put: full(put), add: full(add) });
    IDBFactory.prototype.open = function (...given) {
      if (disk === 'none') throw new DOMException('not for pages', 'SecurityError');
      return open.apply(this, given);
    };`;
  await context.route('**/assets/worker-*.js', async (route) => {
    const script = await route.fetch();
    // In a block of its own: its names must not meet the script's.
    await route.fulfill({ response: script, body: `{${hold}}\n${await script.text()}` });
  });
}

/** From now on the storage does so. */
export async function setDisk(page: Page, disk: Disk): Promise<void> {
  await page.evaluate((next) => {
    const channel = new BroadcastChannel('disk of a test');
    channel.postMessage(next);
    channel.close();
  }, disk);
}
