import type { BrowserContext, Request } from 'playwright-core';

/** For how long nothing may have been asked for, in milliseconds. */
const pause = 250;

/**
 * Watches what a browser's pages and workers ask for, from now on.
 * @returns waits until all of it was answered and nothing more was asked for a moment. What always waits for messages, the
 * long poll and the stream beside it, does not count; whoever asks without an end is waited for no longer than three seconds.
 */
export function watchRequests(context: BrowserContext): () => Promise<void> {
  const open = new Set<Request>();
  let changed = Date.now();
  const end = (request: Request): void => {
    if (open.delete(request)) changed = Date.now();
  };
  context.on('request', (request) => {
    if (/\/(sync|early-messages)$/.test(new URL(request.url()).pathname)) return;
    open.add(request);
    changed = Date.now();
  });
  context.on('requestfinished', end);
  context.on('requestfailed', end);

  return async () => {
    const latest = Date.now() + 3_000;
    while (Date.now() < latest && (open.size > 0 || Date.now() - changed < pause)) await new Promise((resolve) => setTimeout(resolve, 25));
  };
}
