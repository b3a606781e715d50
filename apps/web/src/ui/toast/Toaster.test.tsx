import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Toaster } from './Toaster.tsx';
import { dismissToast, shownToasts, showToast } from './toasts.ts';

beforeEach(() => {
  vi.useFakeTimers({ shouldAdvanceTime: true });
});
afterEach(() => {
  for (const toast of shownToasts()) dismissToast(toast.id);
  vi.useRealTimers();
});

test('says what was done, and goes by itself', async () => {
  render(() => <Toaster />);
  showToast('Moved to Offer');
  expect(screen.getByText('Moved to Offer')).toBeTruthy();
  await vi.advanceTimersByTimeAsync(5000);
  expect(screen.queryByText('Moved to Offer')).toBeNull();
});

test('what was done can be undone', async () => {
  const undo = vi.fn();
  render(() => <Toaster />);
  showToast('Archived', { action: { label: 'Undo', onAction: undo } });
  await userEvent.click(screen.getByText('Undo'));
  expect(undo).toHaveBeenCalledOnce();
  expect(screen.queryByText('Archived')).toBeNull();
});

test('no more than three at a time, the newest stay', () => {
  render(() => <Toaster />);
  for (const word of ['one', 'two', 'three', 'four']) showToast(word);
  expect(shownToasts().map((toast) => toast.text)).toEqual(['two', 'three', 'four']);
});
