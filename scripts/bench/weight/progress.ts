import type { Page } from 'playwright-core';
/** Resolves with the time (milliseconds since the epoch) at which the device's outbox holds a message, as its database says. */
export function queued(page: Page, withinMs = 30_000): Promise<number> {
  return page.evaluate(async (patienceMs) => {
    const holdsOne = async (): Promise<boolean> => {
      const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('baton-messages-'));
      if (found?.name === undefined) return false;
      const { name } = found;
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error('The database does not open'));
      });
      try {
        if (!database.objectStoreNames.contains('outbox')) return false;
        const rows = database.transaction('outbox').objectStore('outbox').count();
        return await new Promise((resolve, reject) => {
          rows.onsuccess = () => resolve(rows.result > 0);
          rows.onerror = () => reject(rows.error ?? new Error('The outbox does not open'));
        });
      } finally {
        database.close();
      }
    };
    for (const end = performance.now() + patienceMs; performance.now() < end; await new Promise((resolve) => setTimeout(resolve, 20))) {
      if (await holdsOne()) return performance.timeOrigin + performance.now();
    }
    throw new Error('Nothing was queued in time');
  }, withinMs);
}

/** Resolves with the time (milliseconds since the epoch) at which a message of one's own stands there as taken by the server. */
export function accepted(page: Page): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve, reject) => {
        const look = (): boolean => {
          if (!document.querySelector('[role="region"] :is([data-state="sent"], [data-state="delivered"], [data-state="read"])')) return false;
          observer.disconnect();
          resolve(performance.timeOrigin + performance.now());
          return true;
        };
        const observer = new MutationObserver(look);
        observer.observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['data-state'] });
        if (!look()) setTimeout(() => reject(new Error('The server did not take the message within two minutes')), 120_000);
      }),
  );
}
