import { systemClock } from '@baton/base';
import { openIndexedDbStore } from '@baton/messaging';
import { cryptographyUrl } from '@baton/messaging/matrix/cryptography';
import { calm, serve } from '@baton/messaging/worker';
import { openDevice } from '@baton/vault/device';
import { deleteDB } from 'idb';
import type { Requester } from './platform/graphql/request.ts';
import { clientName } from './session/clientName.ts';
import { lateFile } from './session/client/lateFiles.ts';
import { makeClient } from './session/client/makeClient.ts';
import { makeGiveWay } from './session/giveWay.ts';
import { loadAhead } from './session/loadAhead.ts';
import { openSayingWhy } from './session/storageTrouble.ts';

/** Composition root of the worker: the vault and messaging live here, and every tab of this browser talks to it. */
const report = (problem: unknown): void => console.warn('[baton]', problem instanceof Error ? `${problem.name}: ${problem.message}` : problem);

/** Loaded with the first request: whoever only reads what is here and queues makes none. */
const loadRequester = lateFile(() => import('./platform/graphql/request.ts'));
const request = (async (...call: Parameters<Requester>) => {
  const { makeRequester } = await loadRequester();
  return makeRequester('/graphql', (...sent) => fetch(...sent), () => {})(...call);
}) as Requester;

const loadVault = () => import('@baton/vault');
const loadMatrix = () => import('@baton/messaging/matrix');

serve(clientName, async () => {
  const client = await makeClient({
    origin: location.origin,
    request,
    openDevice: () => openSayingWhy(openDevice),
    openMessages: (name, sealer) => openIndexedDbStore({ name, sealer, onCorrupt: ({ kind }) => report(`A stored ${kind} could not be opened`) }),
    deleteMessages: (name) => deleteDB(name),
    loadVault,
    loadMatrix,
    deviceName: async () => (await import('./session/deviceName.ts')).deviceName(navigator.userAgent),
    openEventSource: (url) => new EventSource(url),
    clock: systemClock,
    giveWay: makeGiveWay({ serverAnswers: async () => (await fetch('/livez', { cache: 'no-store' })).ok, end: () => close(), age: () => performance.now() }),
    report,
  });
  loadAhead(client, { loadVault, loadMatrix, fetchCryptography: () => fetch(cryptographyUrl) });
  return { ...client, messaging: calm(client.messaging) };
});
