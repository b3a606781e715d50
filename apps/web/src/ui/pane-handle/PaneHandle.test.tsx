import { fireEvent, render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, test } from 'vitest';
import { createPaneWidth } from './createPaneWidth.ts';
import { PaneHandle } from './PaneHandle.tsx';

afterEach(() => localStorage.clear());
const bounds = { initial: 320, min: 260, max: 400 };

function show(): HTMLElement {
  const pane = createPaneWidth('test', bounds);
  render(() => <PaneHandle label="Width of the list" pane={pane} side="before" />);
  return screen.getByRole('separator', { name: 'Width of the list' });
}

test('arrow keys move it, within its bounds, and it is remembered', async () => {
  const handle = show();
  handle.focus();
  await userEvent.keyboard('{ArrowRight}');
  expect(handle.getAttribute('aria-valuenow')).toBe('336');
  await userEvent.keyboard('{ArrowRight>10/}');
  expect(handle.getAttribute('aria-valuenow')).toBe('400');
  expect(createPaneWidth('test', bounds).width()).toBe(400);
});

test('a double click sets it back', () => {
  localStorage.setItem('baton.pane.test', '390');
  const handle = show();
  expect(handle.getAttribute('aria-valuenow')).toBe('390');
  fireEvent.dblClick(handle);
  expect(handle.getAttribute('aria-valuenow')).toBe('320');
});

test('a remembered width that makes no sense is left aside', () => {
  localStorage.setItem('baton.pane.test', 'wide');
  expect(createPaneWidth('test', bounds).width()).toBe(320);
});
