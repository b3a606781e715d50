import { screen, waitFor } from '@solidjs/testing-library';
import userEvent from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import { sampleViewer } from '../../session/testing/makeFakeClient.ts';
import { renderWithClient } from '../../testing/renderWithClient.tsx';
import { request } from '../../platform/graphql/request.ts';
import { InstallationDocument } from '../../generated/graphql.ts';
import { SessionEnded } from './SessionEnded.tsx';

/** A request of the page is told that nobody is signed in. */
async function hearOfTheEnd(): Promise<void> {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ data: null, errors: [{ message: '', extensions: { code: 'UNAUTHENTICATED' } }] })));
  await request(InstallationDocument).catch(() => {});
  vi.unstubAllGlobals();
}

test('the page hears of it first: the worker is asked before anybody signs in', async () => {
  const { client } = renderWithClient(() => <SessionEnded viewer={sampleViewer} onBack={() => {}} />, {
    account: { confirmSession: async () => client.status.set({ phase: 'signed-out', because: 'SESSION_ENDED' }), signIn: async () => client.status.set({ phase: 'signed-in', viewer: sampleViewer, messaging: 'ready' }) },
  });
  await hearOfTheEnd();
  await waitFor(() => expect(client.status.current()).toEqual({ phase: 'signed-out', because: 'SESSION_ENDED' }));
  await userEvent.type(await screen.findByLabelText('Password'), 'velvet-otter-lamp');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  expect(client.calls.map(({ name }) => name)).toEqual(['confirmSession', 'signIn']);
});

test('a false alarm passes', async () => {
  renderWithClient(() => <SessionEnded viewer={sampleViewer} onBack={() => {}} />, { account: { confirmSession: async () => {} } });
  await hearOfTheEnd();
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
});

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
