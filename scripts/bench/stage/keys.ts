import type { Page } from 'playwright-core';

/** Notes when Enter was last pressed in this page: the event's own time, not when somebody got round to handling it. */
export async function watchKeys(page: Page): Promise<void> {
  await page.evaluate(() => {
    document.addEventListener(
      'keydown',
      (event) => {
        if (event.key === 'Enter') (globalThis as unknown as { pressedAt: number }).pressedAt = performance.timeOrigin + event.timeStamp;
      },
      { capture: true },
    );
  });
}

/** When that was, in milliseconds since the epoch. */
export const pressedAt = (page: Page): Promise<number> => page.evaluate(() => (globalThis as unknown as { pressedAt: number }).pressedAt);
