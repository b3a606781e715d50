import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal, type JSX } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { createActions, createKeyboard } from '../../platform/actions/actions.ts';
import { CommandMenu } from './CommandMenu.tsx';

const archive = vi.fn();

function Page(): JSX.Element {
  const [open, setOpen] = createSignal(false);
  createKeyboard();
  createActions(() => [
    { id: 'menu', label: 'Menu', group: 'General', keys: 'Mod+k', inMenu: false, act: () => setOpen(true) },
    { id: 'archive', label: 'Archive', group: 'Thread', keys: 'e', act: archive },
    { id: 'assign', label: 'Assign', group: 'Thread', act: () => {} },
  ]);
  return <CommandMenu open={open()} onClose={() => setOpen(false)} />;
}

test('opens by Ctrl-K, finds by typing, acts by Enter and is gone', async () => {
  render(() => <Page />);
  await userEvent.keyboard('{Control>}k{/Control}');
  expect(screen.getByRole('dialog', { name: 'Command menu' })).toBeTruthy();
  expect(screen.getAllByRole('option')).toHaveLength(2);

  await userEvent.keyboard('arch');
  expect(screen.getByRole('option', { name: /Archive/, selected: true }).textContent).toContain('E');
  await userEvent.keyboard('{Enter}');
  expect(archive).toHaveBeenCalledOnce();
  expect(screen.queryByRole('dialog')).toBeNull();
});

test('arrow keys walk, and nothing found is said', async () => {
  render(() => <Page />);
  await userEvent.keyboard('{Control>}k{/Control}{ArrowDown}');
  expect(screen.getByRole('option', { name: /Assign/, selected: true })).toBeTruthy();
  await userEvent.keyboard('zzz');
  expect(screen.getByText(/Nothing fits/)).toBeTruthy();
});
