import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { IconButton } from './IconButton.tsx';

test('has its label as name, tells whether it is pressed, and acts', async () => {
  const act = vi.fn();
  render(() => (
    <IconButton label="Mute" pressed onClick={act}>
      <svg />
    </IconButton>
  ));
  const button = screen.getByRole('button', { name: 'Mute', pressed: true });
  await userEvent.click(button);
  expect(act).toHaveBeenCalledOnce();
});
