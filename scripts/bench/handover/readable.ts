import type { Page } from 'playwright-core';

/** When messages could be read, in milliseconds since the epoch. */
export interface Readable {
  /** The first thread, all of it. */
  first: number;
  /** Every message of every thread. */
  all: number;
}

/** How often the device is looked at, in milliseconds. */
const lookEvery = 100;
const patienceMs = 900_000;

/**
 * Watches, from a page of the same origin beside the one that is used, until this device has decrypted and stored everything
 * that was said: its message store has an index of what was decrypted. The returned function resolves with when that was.
 * @param threads how many messages each room holds
 */
export async function watchReadable(page: Page, threads: readonly { roomId: string; messages: number }[]): Promise<() => Promise<Readable>> {
  await page.evaluate(
    ({ expected, every, patience }) => {
      const answer = <T>(request: IDBRequest<T>): Promise<T> =>
        new Promise((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error ?? new Error('The message store does not answer'));
        });
      const now = (): number => performance.timeOrigin + performance.now();
      const watch = async (): Promise<Readable> => {
        const found = (await indexedDB.databases()).find(({ name }) => name?.startsWith('baton-messages-'));
        if (found?.name === undefined) throw new Error('There is no message store on this device');
        const database = await answer(indexedDB.open(found.name));
        const decrypted = (roomId?: string): Promise<number> => {
          const index = database.transaction('events').objectStore('events').index('ratchet');
          return answer(roomId === undefined ? index.count() : index.count(IDBKeyRange.bound([roomId], [roomId, []])));
        };
        const total = expected.reduce((sum, { messages }) => sum + messages, 0);
        const least = Math.min(...expected.map(({ messages }) => messages));
        let first: number | null = null;
        let count = 0;
        for (const end = now() + patience; now() < end; await new Promise((resolve) => setTimeout(resolve, every))) {
          count = await decrypted();
          if (first === null && count >= least) {
            for (const { roomId, messages } of expected) if (first === null && (await decrypted(roomId)) >= messages) first = now();
          }
          if (first !== null && count >= total) return { first, all: now() };
        }
        throw new Error(`After ${patience / 1000} s ${count} of ${total} messages can be read`);
      };
      const scope = globalThis as unknown as { readable: Promise<Readable> };
      scope.readable = watch();
      scope.readable.catch(() => {});
    },
    { expected: threads, every: lookEvery, patience: patienceMs },
  );
  return () => page.evaluate(() => (globalThis as unknown as { readable: Promise<Readable> }).readable);
}
