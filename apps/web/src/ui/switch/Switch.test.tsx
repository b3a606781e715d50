import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { Switch } from './Switch.tsx';

test('is a switch, by pointer and by space', async () => {
  const [on, setOn] = createSignal(false);
  render(() => <Switch label="Single letters" checked={on()} onChange={setOn} />);
  await userEvent.click(screen.getByRole('switch', { name: 'Single letters' }));
  expect(on()).toBe(true);
  await userEvent.keyboard(' ');
  expect(on()).toBe(false);
});
