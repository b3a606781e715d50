import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** Bytes after gzip -9 of the scripts that were loaded, by path. */
export type Weights = ReadonlyMap<string, number>;

/** Lighter ones count without being tried. */
const worthATry = 4096;
/** How long something may take without a script before it counts as impossible without it, in milliseconds. */
const patience = 5_000;

/**
 * The scripts without which something can't be done, workers' included. What is only loaded for later does not count,
 * whatever it is called and whenever it is asked for: one script after the other, the heaviest first, is held back for
 * good; if it works all the same, it stays held back.
 * @param open a page of a browser that has none of the scripts
 * @param attempt what is to be done in it
 */
export async function neededScripts(open: () => Promise<Page>, attempt: (page: Page) => Promise<void>): Promise<Weights> {
  const held = new Set<string>();
  const tryIt = async (patienceMs?: number): Promise<Weights | null> => {
    const page = await open();
    const weights = new Map<string, number>();
    await page.context().route(/\.(js|wasm)$/, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (held.has(pathname)) return;
      const response = await route.fetch();
      const body = await response.body();
      if (pathname.endsWith('.js')) weights.set(pathname, gzipSync(body, { level: 9 }).length);
      await route.fulfill({ response, body });
    });
    if (patienceMs !== undefined) page.context().setDefaultTimeout(patienceMs);
    try {
      await attempt(page);
      return new Map(weights);
    } catch (error) {
      if (patienceMs === undefined) throw error;
      return null;
    } finally {
      await page.context().unrouteAll({ behavior: 'ignoreErrors' });
      await page.context().close();
    }
  };

  let needed = await tryIt();
  const tried = new Set<string>();
  for (;;) {
    const [next] = [...(needed ?? [])].filter(([path, bytes]) => bytes >= worthATry && !tried.has(path)).toSorted(([, a], [, b]) => b - a);
    if (next === undefined) return needed ?? new Map();
    const [path] = next;
    tried.add(path);
    held.add(path);
    const without = await tryIt(patience);
    if (without) needed = without;
    else held.delete(path);
  }
}
