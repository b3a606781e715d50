import { render, screen } from '@solidjs/testing-library';
import { beforeEach, describe, expect, test } from 'vitest';
import { App } from './app.tsx';
import { ClientContext } from './platform/client/clientContext.ts';
import { locale } from './platform/preferences/preferences.ts';
import { makeFakeClient, sampleViewer } from './session/testing/makeFakeClient.ts';
import { answerRequests } from './testing/answerRequests.ts';

const candidate = { ...sampleViewer, kind: 'candidate' as const, role: null, email: null, hasPassword: true };

beforeEach(() => locale.set('en'));

describe('a candidate', () => {
  test('who opens a page of colleagues comes to their own pages, beside the router', async () => {
    answerRequests({});
    history.replaceState(null, '', '/inbox');
    render(() => (
      <ClientContext.Provider value={makeFakeClient({ viewer: candidate })}>
        <App />
      </ClientContext.Provider>
    ));
    expect(await screen.findByRole('heading', { name: 'No conversations yet' })).toBeTruthy();
    expect(location.pathname).toBe('/talk');
  });
});
