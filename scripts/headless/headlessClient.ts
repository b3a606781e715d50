import 'fake-indexeddb/auto';
import { systemClock } from '@baton/base';
import type { MessageStore } from '@baton/messaging';
import { makeMemoryDisk, makeMemoryStore } from '@baton/messaging/testing';
import { makeMemoryDevice } from '@baton/vault/testing';
import { makeRequester, type Requester } from '../../apps/web/src/platform/graphql/request.ts';
import { makeClient } from '../../apps/web/src/session/client/makeClient.ts';
import type { BatonClient } from '../../apps/web/src/session/contract.ts';
import { makeCookieFetch } from './cookieFetch.ts';

/** A person's client without a browser: the very code that the worker runs, its memory gone with the process. */
export interface HeadlessClient extends BatonClient {
  /** The API under this person's session, for what pages ask of it beside the client. */
  readonly request: Requester;
  stop(): Promise<void>;
}

export interface HeadlessOptions {
  deviceName?: string;
  /** Hears of what the client reports and survives. */
  onProblem?(problem: unknown): void;
  /** Hears of each request to the API: its body, JSON. */
  onRequest?(body: string): void;
  /** After how many messages a room's session is changed. */
  messagesPerSession?: number;
}

/** Opens a client on an empty device. */
export async function openHeadlessClient(origin: string, options: HeadlessOptions = {}): Promise<HeadlessClient> {
  const cookieFetch = makeCookieFetch(origin);
  const heardFetch: typeof fetch = (url, init) => {
    options.onRequest?.(String(init?.body ?? ''));
    return cookieFetch(url, init);
  };
  const request = makeRequester(`${origin}/graphql`, heardFetch, () => {});
  const device = makeMemoryDevice();
  const disks = new Map<string, ReturnType<typeof makeMemoryDisk>>();
  const openMessages = async (name: string): Promise<MessageStore> => {
    const disk = disks.get(name) ?? makeMemoryDisk();
    disks.set(name, disk);
    return makeMemoryStore({ disk });
  };
  const client = await makeClient({
    origin,
    request,
    openDevice: () => device.open(),
    openMessages,
    deleteMessages: async (name) => void disks.delete(name),
    loadVault: () => import('@baton/vault'),
    loadMatrix: () => loadMatrix(options),
    deviceName: async () => options.deviceName ?? 'A client without a browser',
    clock: systemClock,
    report: options.onProblem ?? (() => {}),
  });
  return { ...client, request };
}

async function loadMatrix({ messagesPerSession }: HeadlessOptions): Promise<typeof import('@baton/messaging/matrix')> {
  const matrix = await import('@baton/messaging/matrix');
  if (messagesPerSession === undefined) return matrix;
  return { ...matrix, connectHomeserver: (connecting) => matrix.connectHomeserver({ ...connecting, messagesPerSession }) };
}
