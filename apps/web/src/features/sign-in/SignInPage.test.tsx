import { BatonError } from '@baton/base';
import { screen } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, test } from 'vitest';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { RecoverPage } from './RecoverPage.tsx';
import { SignInPage } from './SignInPage.tsx';

test('a wrong password is told beside it, and what was typed stays', async () => {
  renderWithClient(SignInPage, {
    status: { phase: 'signed-out' },
    account: {
      signIn: async () => {
        throw new BatonError('WRONG_CREDENTIALS');
      },
    },
  });
  await userEvent.type(screen.getByRole('textbox', { name: 'E-mail' }), 'mei@harbor.example');
  await userEvent.type(screen.getByLabelText('Password'), 'nope');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  expect(await screen.findByText(/do not belong together/)).toBeTruthy();
  expect((screen.getByRole('textbox', { name: 'E-mail' }) as HTMLInputElement).value).toBe('mei@harbor.example');
});

test('whoever was signed out is told why', () => {
  renderWithClient(SignInPage, { status: { phase: 'signed-out', because: 'SESSION_ENDED' } });
  expect(screen.getByRole('status', { name: '' }).textContent).toContain('was signed out');
});

test('recovery counts the words, helps with a slip, and sends them bare', async () => {
  const { client } = renderWithClient(RecoverPage, { status: { phase: 'signed-out' }, account: { signInWithRecovery: async () => {} } });
  await userEvent.type(screen.getByRole('textbox', { name: 'E-mail' }), 'mei@harbor.example');
  await userEvent.type(screen.getByRole('textbox', { name: 'Recovery words' }), '1. zebra, 2. abandn ');
  expect(screen.getByText('2 of 12')).toBeTruthy();
  expect(await screen.findByText(/Word 2: do you mean abandon/)).toBeTruthy();
  await userEvent.type(screen.getByLabelText('New password'), 'velvet-otter-lamp');
  await userEvent.click(screen.getByRole('button', { name: 'Set password and sign in' }));
  expect(client.calls[0]?.args[0]).toMatchObject({ words: 'zebra abandn', newPassword: 'velvet-otter-lamp' });
});
