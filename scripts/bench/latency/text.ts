import type { Page } from 'playwright-core';

/** Looks out for a text in the page's messages; the returned function resolves with when it came to stand there. */
export async function catchText(page: Page, text: string): Promise<() => Promise<number>> {
  await page.evaluate((wanted) => {
    const messages = () => document.querySelector('[role="region"][aria-label="Messages"]');
    if (!messages()) throw new Error('No thread is open');
    const scope = globalThis as unknown as { caught: Promise<number> };
    scope.caught = new Promise((resolve, reject) => {
      const observer = new MutationObserver(() => {
        if (!messages()?.textContent.includes(wanted)) return;
        observer.disconnect();
        resolve(performance.timeOrigin + performance.now());
      });
      // A candidate's thread is made anew when they are in the room: its element may be another one by then.
      observer.observe(document.body, { childList: true, subtree: true, characterData: true });
      setTimeout(() => reject(new Error('A message did not arrive within 20 s')), 20_000);
    });
    scope.caught.catch(() => {});
  }, text);
  return () => page.evaluate(() => (globalThis as unknown as { caught: Promise<number> }).caught);
}
