import { BatonError } from '@baton/base';
import { MutationObserver, onlineManager, QueryObserver } from '@tanstack/solid-query';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { makeQueryClient } from './queries.ts';

beforeEach(() => {
  vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(false);
  onlineManager.setOnline(false);
});
afterEach(() => {
  vi.restoreAllMocks();
  onlineManager.setOnline(true);
});

test('without a network a question fails at once, and is asked again when it is back', async () => {
  const queries = makeQueryClient();
  queries.mount();
  const ask = vi.fn(async (): Promise<string> => Promise.reject(new BatonError('OFFLINE')));
  const observer = new QueryObserver(queries, { queryKey: ['people'], queryFn: ask });
  const stop = observer.subscribe(() => {});
  await vi.waitFor(() => expect(observer.getCurrentResult().isError).toBe(true));
  expect(ask).toHaveBeenCalledTimes(1);

  ask.mockResolvedValue('everybody');
  vi.mocked(vi.spyOn(navigator, 'onLine', 'get')).mockReturnValue(true);
  onlineManager.setOnline(true);
  await vi.waitFor(() => expect(observer.getCurrentResult().data).toBe('everybody'));
  stop();
  queries.unmount();
});

test('without a network a command fails at once instead of waiting unseen', async () => {
  const command = new MutationObserver(makeQueryClient(), { mutationFn: async () => Promise.reject(new BatonError('OFFLINE')) });
  await expect(command.mutate()).rejects.toMatchObject({ code: 'OFFLINE' });
});
