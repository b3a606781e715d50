import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { SegmentedControl } from './SegmentedControl.tsx';

test('one of several is chosen', async () => {
  const [value, setValue] = createSignal<'light' | 'dark'>('light');
  render(() => (
    <SegmentedControl
      label="Theme"
      segments={[
        { value: 'light', label: 'Light' },
        { value: 'dark', label: 'Dark' },
      ]}
      value={value()}
      onChange={setValue}
    />
  ));
  expect(screen.getByRole('radiogroup', { name: 'Theme' })).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'Dark' }));
  expect(value()).toBe('dark');
  expect(screen.getByRole('radio', { name: 'Light', checked: false })).toBeTruthy();
});
