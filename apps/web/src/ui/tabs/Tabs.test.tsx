import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { Tabs } from './Tabs.tsx';

test('arrow keys choose, and only the chosen one is in the tab order', async () => {
  const [value, setValue] = createSignal<'mine' | 'team'>('mine');
  render(() => (
    <Tabs
      label="Whose"
      tabs={[
        { value: 'mine', label: 'Mine', count: 3 },
        { value: 'team', label: 'Team' },
      ]}
      value={value()}
      onChange={setValue}
    >
      <p>{value()}</p>
    </Tabs>
  ));
  await userEvent.tab();
  expect(document.activeElement).toBe(screen.getByRole('tab', { name: /Mine/, selected: true }));
  await userEvent.keyboard('{ArrowRight}');
  expect(screen.getByRole('tabpanel', { name: 'Team' }).textContent).toBe('team');
  expect(screen.getByRole('tab', { name: /Mine/ }).tabIndex).toBe(-1);
});
