import { render, screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { Button } from '../button/Button.tsx';
import { Popover } from './Popover.tsx';

test('opens as a named dialog and is closed from inside', async () => {
  render(() => (
    <Popover label="Share" trigger={(trigger) => <Button {...trigger}>Share…</Button>}>
      {(close) => <Button onClick={close}>Done</Button>}
    </Popover>
  ));
  await userEvent.click(screen.getByRole('button', { name: 'Share…' }));
  expect(await screen.findByRole('dialog', { name: 'Share' })).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Done' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});
