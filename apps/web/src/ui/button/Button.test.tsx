import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test, vi } from 'vitest';
import { Button } from './Button.tsx';

test('is a button with its label, and acts on a press', async () => {
  const act = vi.fn();
  render(() => <Button onClick={act}>Save</Button>);
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  expect(act).toHaveBeenCalledOnce();
});

test('does not submit a form unless told to', () => {
  render(() => <Button>Save</Button>);
  expect(screen.getByRole('button').getAttribute('type')).toBe('button');
});

test('while busy it keeps its name and focus and takes no second press', async () => {
  const act = vi.fn();
  const [busy, setBusy] = createSignal(false);
  render(() => (
    <Button busy={busy()} onClick={act}>
      Save
    </Button>
  ));
  const button = screen.getByRole('button', { name: 'Save' });
  button.focus();
  setBusy(true);
  expect(document.activeElement).toBe(button);
  expect(button.getAttribute('aria-busy')).toBe('true');
  await userEvent.click(button);
  expect(act).not.toHaveBeenCalled();
});

test('a busy submit button does not submit again', async () => {
  const submit = vi.fn((event: Event) => event.preventDefault());
  render(() => (
    <form onSubmit={submit}>
      <Button type="submit" busy>
        Save
      </Button>
    </form>
  ));
  await userEvent.click(screen.getByRole('button'));
  expect(submit).not.toHaveBeenCalled();
});
