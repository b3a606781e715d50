import { makeMemoryStore } from '@baton/messaging/testing';
import { makeMemoryDevice } from '@baton/vault/testing';
import { expect, test } from 'vitest';
import type { ViewerSummary } from '../contract.ts';
import type { ClientDependencies } from './dependencies.ts';
import { startSession, type RunningSession } from './runningSession.ts';

const viewer: ViewerSummary = {
  accountId: 'acc_me', kind: 'member', name: 'Mei', email: null, mxid: '@m-me:x', role: 'PARTNER', organisationId: 'org_x', firmName: 'Harbor', sessionId: 'ses_x', hasPassword: true,
};

/** A session whose files never come: a server that takes connections and answers nothing. */
async function waitingSession(): Promise<RunningSession> {
  const never = () => new Promise<never>(() => {});
  const deps = {
    origin: 'https://hire.example', request: never, openDevice: () => makeMemoryDevice().open(), openMessages: async () => makeMemoryStore(),
    deleteMessages: async () => {}, loadVault: never, loadMatrix: never, deviceName: async () => 'A desk', clock: { now: () => 0 }, report: () => {},
  } as unknown as ClientDependencies;
  return startSession({ deps, device: await deps.openDevice(), viewer, showMessaging: () => {}, sessionEnded: () => {} });
}

test('what a page waits for is over when the session is', async () => {
  const session = await waitingSession();
  session.start();
  const waiting = Promise.allSettled([session.online(), session.certified()]);
  await session.stop();
  const over = { status: 'rejected', reason: expect.objectContaining({ code: 'SIGNED_OUT' }) };
  expect(await waiting).toEqual([over, over]);
});

test('who asks before the session has started waits for it, and not for ever', async () => {
  const session = await waitingSession();
  const asked = session.certified();
  await session.stop();
  await expect(asked).rejects.toMatchObject({ code: 'SIGNED_OUT' });
});
