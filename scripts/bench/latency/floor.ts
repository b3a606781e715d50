import type { Page } from 'playwright-core';
import { syncFilter } from '@baton/messaging/matrix';

/** Makes the plain event weigh what a message of ours does: 1,060 to 1,080 bytes, with its counter, hash and heads under the encryption. */
const ciphertext = 'A'.repeat(940);

/** Begins to poll in this page, for what our pages poll for; the returned function resolves with when the next event was here, parsed. */
export async function catchFloor(page: Page, token: string): Promise<() => Promise<number>> {
  await page.evaluate(async ({ accessToken, filter }) => {
    type Answer = { next_batch: string; rooms?: { join?: Record<string, { timeline?: { events: { type: string }[] } }> } };
    const sync = async (query: string): Promise<Answer> =>
      (await (await fetch(`/_matrix/client/v3/sync?set_presence=offline&filter=${filter}&${query}`, { headers: { authorization: `Bearer ${accessToken}` } })).json()) as Answer;
    const scope = globalThis as unknown as { floorSince?: string; floorCaught: Promise<number> };
    let since = scope.floorSince ?? (await sync('timeout=0')).next_batch;
    // What came while nobody listened does not count.
    since = (await sync(`timeout=0&since=${since}`)).next_batch;
    scope.floorCaught = (async () => {
      for (;;) {
        const answer = await sync(`timeout=20000&since=${since}`);
        since = scope.floorSince = answer.next_batch;
        const events = Object.values(answer.rooms?.join ?? {}).flatMap((room) => room.timeline?.events ?? []);
        if (events.some(({ type }) => type === 'm.room.encrypted')) return performance.timeOrigin + performance.now();
      }
    })();
    scope.floorCaught.catch(() => {});
  }, { accessToken: token, filter: encodeURIComponent(syncFilter(false)) });
  return () => page.evaluate(() => (globalThis as unknown as { floorCaught: Promise<number> }).floorCaught);
}

/** Puts a plain event from this page and returns when that began, in milliseconds since the epoch. */
export async function putFloor(page: Page, { token, roomId, transactionId }: { token: string; roomId: string; transactionId: string }): Promise<number> {
  return page.evaluate(
    async ({ accessToken, path, body }) => {
      const began = performance.timeOrigin + performance.now();
      const response = await fetch(path, { method: 'PUT', headers: { authorization: `Bearer ${accessToken}` }, body: JSON.stringify(body) });
      if (!response.ok) throw new Error(`The plain event was refused: ${response.status}`);
      await response.json();
      return began;
    },
    {
      accessToken: token,
      path: `/_matrix/client/v3/rooms/${encodeURIComponent(roomId)}/send/m.room.encrypted/${transactionId}`,
      body: { algorithm: 'm.megolm.v1.aes-sha2', ciphertext, session_id: 'floor', sender_key: 'floor', device_id: 'floor' },
    },
  );
}
