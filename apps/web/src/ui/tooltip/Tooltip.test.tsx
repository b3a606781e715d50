import { fireEvent, render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Tooltip } from './Tooltip.tsx';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const show = (): void => {
  render(() => <Tooltip text="Archive it" shortcut="e">{(trigger) => <button {...trigger}>Archive</button>}</Tooltip>);
};

test('appears after a moment of hovering, and goes with the pointer', async () => {
  show();
  const button = screen.getByRole('button', { name: 'Archive' });
  fireEvent.pointerEnter(button, { pointerType: 'mouse' });
  expect(screen.queryByText('Archive it')).toBeNull();
  vi.advanceTimersByTime(500);
  expect(screen.getByText('Archive it').textContent).toContain('E');
  fireEvent.pointerLeave(button);
  expect(screen.queryByText('Archive it')).toBeNull();
});

test('appears at once for who comes by keyboard, and Escape closes it', async () => {
  vi.useRealTimers();
  show();
  await userEvent.tab();
  expect(screen.getByText('Archive it')).toBeTruthy();
  await userEvent.keyboard('{Escape}');
  expect(screen.queryByText('Archive it')).toBeNull();
});
