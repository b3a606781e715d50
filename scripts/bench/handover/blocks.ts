import type { Page } from 'playwright-core';

/** Notes what keeps a page from answering; the returned function resolves with the longest such task so far, in milliseconds, and how many there were. The browser names those over 50 ms, and 0 means none. */
export async function watchBlocks(page: Page): Promise<() => Promise<{ longest: number; count: number }>> {
  await page.evaluate(() => {
    const blocks: number[] = [];
    (globalThis as unknown as { blocks: number[] }).blocks = blocks;
    new PerformanceObserver((list) => blocks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: 'longtask' });
  });
  return () =>
    page.evaluate(() => {
      const { blocks } = globalThis as unknown as { blocks: number[] };
      return { longest: Math.max(0, ...blocks), count: blocks.length };
    });
}
