import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { Select } from './Select.tsx';

test('shows the choice and tells a new one', async () => {
  const [role, setRole] = createSignal<'lead' | 'member'>('member');
  render(() => (
    <Select
      label="Role"
      options={[
        { value: 'lead', label: 'Lead' },
        { value: 'member', label: 'Member' },
      ]}
      value={role()}
      onChange={setRole}
    />
  ));
  const select = screen.getByRole('combobox', { name: 'Role' });
  expect((select as HTMLSelectElement).value).toBe('member');
  await userEvent.selectOptions(select, 'Lead');
  expect(role()).toBe('lead');
});
