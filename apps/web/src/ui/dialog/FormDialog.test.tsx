import { fireEvent, render, screen } from '@solidjs/testing-library';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { FormDialog } from './FormDialog.tsx';

const [busy, setBusy] = createSignal(false);
const [onSubmit, onClose] = [vi.fn(), vi.fn()];

test('a form in a dialog is sent from a field and by its button, not twice, and may be left', () => {
  render(() => (
    <FormDialog title="Add a client" submit="Add" busy={busy()} onSubmit={onSubmit} onClose={onClose}>
      <input aria-label="Name" />
    </FormDialog>
  ));
  const form = screen.getByRole('dialog', { name: 'Add a client' }).querySelector('form')!;
  const button = screen.getByRole<HTMLButtonElement>('button', { name: 'Add' });
  expect(button.form).toBe(form);
  expect(fireEvent.submit(form), 'the page is not left').toBe(false);
  expect(onSubmit).toHaveBeenCalledOnce();

  setBusy(true);
  fireEvent.submit(form);
  expect(onSubmit).toHaveBeenCalledOnce();

  fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
  expect(onClose).toHaveBeenCalledOnce();
});
