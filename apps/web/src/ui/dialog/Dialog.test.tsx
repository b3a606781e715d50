import { fireEvent, render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Dialog } from './Dialog.tsx';

function show(options: { locked?: boolean } = {}): { close: () => void } {
  const close = vi.fn();
  render(() => {
    const [open, setOpen] = createSignal(false);
    return (
      <>
        <button onClick={() => setOpen(true)}>Open</button>
        <Dialog
          open={open()}
          onClose={() => {
            close();
            setOpen(false);
          }}
          title="Invite"
          description="They get a link."
          {...options}
        >
          <input aria-label="Name" data-autofocus />
        </Dialog>
      </>
    );
  });
  return { close };
}

test('opens with name and description, and the focus where it belongs', async () => {
  show();
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  expect(screen.getByRole('dialog', { name: 'Invite', description: 'They get a link.' })).toBeTruthy();
  expect(document.activeElement).toBe(screen.getByRole('textbox'));
});

test('its close button closes it and gives the focus back', async () => {
  show();
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  await userEvent.click(screen.getByRole('button', { name: 'Close' }));
  expect(screen.queryByRole('dialog')).toBeNull();
  expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Open' }));
});

test('Escape closes it, but not one that must be answered', async () => {
  const free = show();
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
  expect(free.close).toHaveBeenCalledOnce();
});

test('a locked one offers no way out', async () => {
  const locked = show({ locked: true });
  await userEvent.click(screen.getByRole('button', { name: 'Open' }));
  fireEvent(screen.getByRole('dialog'), new Event('cancel', { cancelable: true }));
  expect(locked.close).not.toHaveBeenCalled();
  expect(screen.queryByRole('button', { name: 'Close' })).toBeNull();
});
