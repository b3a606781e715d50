import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { expect, test } from 'vitest';
import { TextField } from './TextField.tsx';

test('is found by its label and tells what is typed', async () => {
  const [value, setValue] = createSignal('');
  render(() => <TextField label="Name" value={value()} onValue={setValue} />);
  await userEvent.type(screen.getByRole('textbox', { name: 'Name' }), '王思远');
  expect(value()).toBe('王思远');
});

test('an error takes the place of the hint and describes the field', () => {
  const [error, setError] = createSignal<string>();
  render(() => <TextField label="E-mail" hint="Where we reach you" error={error()} value="" onValue={() => {}} />);
  const field = screen.getByRole('textbox', { name: 'E-mail', description: 'Where we reach you' });
  setError('That is no address');
  expect(field).toBe(screen.getByRole('textbox', { description: 'That is no address' }));
  expect(field.getAttribute('aria-invalid')).toBe('true');
});

test('a password can be looked at', async () => {
  render(() => <TextField label="Password" type="password" value="secret" onValue={() => {}} />);
  const field = screen.getByLabelText('Password');
  expect(field.getAttribute('type')).toBe('password');
  await userEvent.click(screen.getByRole('button', { name: 'Show password' }));
  expect(field.getAttribute('type')).toBe('text');
  expect(screen.getByRole('button', { name: 'Hide password' })).toBeTruthy();
});
