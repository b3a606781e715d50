import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Button } from '../button/Button.tsx';
import { IconButton } from '../icon-button/IconButton.tsx';
import { Menu } from './Menu.tsx';

test('opens from its button by keyboard, and acts on what is chosen', async () => {
  const archive = vi.fn();
  render(() => (
    <Menu
      trigger={(trigger) => <Button {...trigger}>More</Button>}
      entries={[{ label: 'Rename', onSelect: () => {} }, { kind: 'separator' }, { label: 'Archive', onSelect: archive }]}
    />
  ));
  const button = screen.getByRole('button', { name: 'More' });
  button.focus();
  await userEvent.keyboard('{Enter}');
  expect(await screen.findByRole('menu')).toBeTruthy();
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Archive' }));
  expect(archive).toHaveBeenCalledOnce();
});

test('an icon button can open it and keeps its name', async () => {
  render(() => (
    <Menu
      trigger={(trigger) => (
        <IconButton {...trigger} label="More">
          <svg />
        </IconButton>
      )}
      entries={[{ label: 'Rename', onSelect: () => {} }]}
    />
  ));
  await userEvent.click(screen.getByRole('button', { name: 'More' }));
  expect(await screen.findByRole('menuitem', { name: 'Rename' })).toBeTruthy();
});

test('a menu that chooses starts at what holds now, opened by its button or from elsewhere', async () => {
  const choose = vi.fn();
  const [open, setOpen] = createSignal(false);
  render(() => (
    <Menu
      open={open()}
      onOpenChange={setOpen}
      trigger={(trigger) => <Button {...trigger}>Move</Button>}
      entries={[{ kind: 'heading', label: 'Move to' }, ...['Sourced', 'Contacted', 'Offer'].map((label) => ({ label, checked: label === 'Contacted', onSelect: () => choose(label) }))]}
    />
  ));
  setOpen(true);
  const menu = await screen.findByRole('menu');
  await vi.waitFor(() => expect(document.activeElement).toBe(menu));
  await userEvent.keyboard('{ArrowDown}{Enter}');
  await vi.waitFor(() => expect(choose).toHaveBeenLastCalledWith('Offer'));
  await userEvent.click(screen.getByRole('button', { name: 'Move' }));
  await vi.waitFor(() => expect(document.activeElement?.getAttribute('role')).toBe('menu'));
  await userEvent.keyboard('{ArrowUp}{Enter}');
  await vi.waitFor(() => expect(choose).toHaveBeenLastCalledWith('Sourced'));
});
