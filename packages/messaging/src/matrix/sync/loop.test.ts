import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Transport } from '../http/transport.ts';
import { makeSyncLoop } from './loop.ts';
import type { SyncResponse } from './response.ts';

afterEach(() => void vi.unstubAllGlobals());

/** A loop whose polls are answered by the test. */
function makeStage(process: (response: SyncResponse) => Promise<void> = async () => {}) {
  const listeners = new Map<string, () => void>();
  vi.stubGlobal('addEventListener', (type: string, listener: () => void) => listeners.set(type, listener));
  const polls: { since: string | undefined; answer(response: Partial<SyncResponse> & { next_batch: string }): void; fail(): void }[] = [];
  let since: string | null = null;
  const request: Transport['request'] = (_method, _path, options) =>
    new Promise((resolve, reject) => {
      polls.push({ since: options?.query?.since, answer: (response) => resolve(response as never), fail: () => reject(new Error('no answer')) });
      options?.signal?.addEventListener('abort', () => reject(new Error('aborted')));
    });
  const loop = makeSyncLoop({
    transport: { request } as Transport,
    since: () => since,
    process: async (response) => {
      await process(response);
      since = response.next_batch;
    },
  });
  loop.start();
  const poll = (count: number) => vi.waitFor(() => expect(polls).toHaveLength(count)).then(() => polls[count - 1]!);
  return { loop, polls, poll, browserSays: (event: 'online' | 'offline') => listeners.get(event)?.() };
}

describe('the long poll', () => {
  it('goes on while an answer is still being stored', async () => {
    const stored = Promise.withResolvers<void>();
    const { loop, poll } = makeStage(() => stored.promise);
    (await poll(1)).answer({ next_batch: 's1' });
    expect((await poll(2)).since).toBe('s1');
    expect(loop.connection.current()).toBe('online');
    stored.resolve();
    await loop.firstSync;
    loop.stop();
  });

  it('waits where the answer held device messages, which the next poll would delete', async () => {
    const stored = Promise.withResolvers<void>();
    const { loop, polls, poll } = makeStage(() => stored.promise);
    (await poll(1)).answer({ next_batch: 's1', to_device: { events: [{ type: 'x', sender: '@a:b', content: {} }] } });
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(polls).toHaveLength(1);
    stored.resolve();
    expect((await poll(2)).since).toBe('s1');
    loop.stop();
  });

  it('asks again from the stored token when an answer could not be stored', async () => {
    const stored = Promise.withResolvers<void>();
    const { loop, poll } = makeStage(() => stored.promise);
    (await poll(1)).answer({ next_batch: 's1' });
    expect((await poll(2)).since).toBe('s1');
    stored.reject(new Error('disk full'));
    expect((await poll(3)).since).toBeUndefined();
    loop.stop();
  });

  it('lets what came be shown before it goes on', async () => {
    let shown = false;
    const { loop, polls, poll } = makeStage(async () => {
      for (let turn = 0; turn < 20; turn++) await Promise.resolve();
      expect(polls).toHaveLength(1);
      shown = true;
    });
    (await poll(1)).answer({ next_batch: 's1' });
    await poll(2);
    expect(shown).toBe(true);
    loop.stop();
  });

  it('tries at once when the browser is online again, and gives up waiting when it is not', async () => {
    const { loop, poll, browserSays } = makeStage();
    (await poll(1)).answer({ next_batch: 's1' });
    await poll(2);
    browserSays('offline');
    await vi.waitFor(() => expect(loop.connection.current()).toBe('offline'));
    browserSays('online');
    (await poll(3)).answer({ next_batch: 's2' });
    await vi.waitFor(() => expect(loop.connection.current()).toBe('online'));
    loop.stop();
  });

  it('ends for good', async () => {
    const { loop, polls, poll } = makeStage();
    (await poll(1)).answer({ next_batch: 's1' });
    await poll(2);
    loop.end();
    await new Promise((resolve) => setTimeout(resolve, 700));
    expect(loop.connection.current()).toBe('ended');
    expect(polls).toHaveLength(2);
  });
});
