import { BatonError } from '@baton/base';
import { cleanup, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { afterEach, expect, test, vi } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import type { ExportRun } from './exportRun.ts';
import { ProgressDialog } from './ProgressDialog.tsx';

afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
  locale.set('en');
});

/** The dialog over an export that is at some point, in a browser with or without a network. */
function show(state: ReturnType<ExportRun['state']>, { failure }: { failure?: unknown } = {}) {
  const network = vi.spyOn(navigator, 'onLine', 'get').mockReturnValue(true);
  const [now, setNow] = createSignal(state);
  const retry = vi.fn();
  const run: ExportRun = { steps: () => [], state: now, failure: () => failure, result: () => undefined, retry, stop: () => undefined };
  renderWithClient(() => <ProgressDialog open name="CFO" run={run} onClose={() => undefined} onStop={() => undefined} />);
  const go = (event: 'offline' | 'online'): void => {
    network.mockReturnValue(event === 'online');
    dispatchEvent(new Event(event));
  };
  return { go, setNow, retry };
}

test.each(['asking', 'writing'] as const)('while %s it says that the network is gone as soon as it is, and that it goes on', async (state) => {
  const { go } = show(state);
  expect(screen.queryByText(/^No connection/)).toBeNull();
  go('offline');
  expect(await screen.findByText('No connection. It goes on by itself as soon as there is one.')).toBeTruthy();
  go('online');
  expect(screen.queryByText(/^No connection/)).toBeNull();
  locale.set('zh-CN');
  go('offline');
  expect(await screen.findByText('没有连接。恢复后会自动继续。')).toBeTruthy();
});

test('what failed is said without a network too, with a way to try again', async () => {
  const { go, retry } = show('failed', { failure: new BatonError('FORBIDDEN') });
  go('offline');
  expect(screen.getByRole('alert').textContent).toContain('Only partners who are on the project can export it.');
  screen.getByRole('button', { name: 'Try again' }).click();
  expect(retry).toHaveBeenCalledOnce();
});
