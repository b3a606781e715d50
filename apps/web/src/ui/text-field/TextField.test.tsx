import { render, screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { createSignal } from 'solid-js';
import { afterEach, describe, expect, test } from 'vitest';
import { locale } from '../../platform/preferences/preferences.ts';
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

describe('what the browser finds wrong', () => {
  const show = (): { sent: () => number } => {
    let sent = 0;
    const [email, setEmail] = createSignal('');
    const [name, setName] = createSignal('');
    render(() => (
      <form onSubmit={(event) => (event.preventDefault(), (sent += 1))}>
        <TextField label="Name" required value={name()} onValue={setName} />
        <TextField label="E-mail" type="email" required value={email()} onValue={setEmail} />
        <button>Send</button>
      </form>
    ));
    return { sent: () => sent };
  };
  const field = (name: string) => screen.getByRole('textbox', { name });
  const send = () => userEvent.click(screen.getByRole('button', { name: 'Send' }));
  afterEach(() => locale.set('en'));

  test('is said at its field in the language of the page, and the first one has the focus', async () => {
    const { sent } = show();
    await send();
    expect(field('Name')).toBe(screen.getAllByRole('textbox', { description: 'Fill this in.' })[0]);
    expect(document.activeElement).toBe(field('Name'));
    locale.set('zh-CN');
    expect(screen.getAllByText('请填写此项。')).toHaveLength(2);
    expect(sent()).toBe(0);
  });

  test('is gone when it is put right', async () => {
    const { sent } = show();
    await userEvent.type(field('Name'), 'Mei');
    await userEvent.type(field('E-mail'), 'mei');
    await send();
    expect(screen.getByRole('textbox', { description: 'This is not an e-mail address. It looks like name@firm.com.' })).toBe(field('E-mail'));
    await userEvent.type(field('E-mail'), '@harbor.example');
    expect(screen.queryByText(/This is not an e-mail address/)).toBeNull();
    await send();
    expect(sent()).toBe(1);
  });
});

test('a password can be looked at', async () => {
  render(() => <TextField label="Password" type="password" value="secret" onValue={() => {}} />);
  const field = screen.getByLabelText('Password');
  expect(field.getAttribute('type')).toBe('password');
  await userEvent.click(screen.getByRole('button', { name: 'Show password' }));
  expect(field.getAttribute('type')).toBe('text');
  expect(screen.getByRole('button', { name: 'Hide password' })).toBeTruthy();
});
