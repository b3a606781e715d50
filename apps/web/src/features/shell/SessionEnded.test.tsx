import { screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { sampleViewer } from '../../session/testing/makeFakeClient.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { SessionEnded } from './SessionEnded.tsx';

test('the session ends under one’s hands: what was typed stays, and signing in again goes on in place', async () => {
  const back = vi.fn();
  const { client } = renderWithClient(
    () => (
      <>
        <textarea aria-label="Message" />
        <SessionEnded viewer={sampleViewer} onBack={back} />
      </>
    ),
    { account: { signIn: async () => client.status.set({ phase: 'signed-in', viewer: sampleViewer, messaging: 'ready' }) } },
  );
  await userEvent.type(screen.getByRole('textbox', { name: 'Message' }), 'half a sentence');
  client.status.set({ phase: 'signed-out', because: 'SESSION_ENDED' });

  expect(screen.getByRole('dialog', { name: 'You were signed out' })).toBeTruthy();
  expect((screen.getByRole('textbox', { name: 'E-mail' }) as HTMLInputElement).value).toBe(sampleViewer.email);
  await userEvent.type(screen.getByLabelText('Password'), 'velvet-otter-lamp');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));

  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(back).toHaveBeenCalledOnce();
  expect((screen.getByRole('textbox', { name: 'Message' }) as HTMLTextAreaElement).value).toBe('half a sentence');
});
