import type { AddressInfo } from 'node:net';
import WebSocket from 'ws';
import type { TestApi } from './startTestApi.ts';

/** What a subscription heard: a hint, a refusal, the end of its connection, or nothing within a moment. */
export type Heard = { change: { topic: string; id: string } } | { refused: string } | { closed: number } | { silent: true };

/** How long nothing has to be heard to count as silence, in milliseconds. */
const silence = 400;

/**
 * Subscribes to `changes` with this cookie, does `act` once that stands, and waits for the first thing heard.
 * @param cookie header of a browser; empty: nobody
 * @param query the subscription
 */
export async function nextChange(api: TestApi, origin: string, cookie: string, act: () => void | Promise<void>, query = 'subscription { changes { topic id } }'): Promise<Heard> {
  if (!api.app.server.listening) await api.app.listen({ port: 0, host: '127.0.0.1' });
  const { port } = api.app.server.address() as AddressInfo;
  const socket = new WebSocket(`ws://127.0.0.1:${port}/graphql`, 'graphql-transport-ws', { origin, headers: cookie ? { cookie } : {} });
  try {
    return await new Promise<Heard>((resolve, reject) => {
      socket.on('error', reject);
      socket.on('close', (code) => resolve({ closed: code }));
      socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
      socket.on('message', (data) => {
        const message = JSON.parse(String(data)) as { type: string; payload?: { data?: { changes: { topic: string; id: string } } } & { extensions?: { code: string } }[] };
        if (message.type === 'connection_ack') {
          socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
          // There is no word that a subscription stands; the server takes a moment to open it.
          setTimeout(() => void Promise.resolve(act()).then(() => setTimeout(() => resolve({ silent: true }), silence), reject), 150);
        }
        if (message.type === 'next' && message.payload?.data) resolve({ change: message.payload.data.changes });
        if (message.type === 'error') resolve({ refused: message.payload?.[0]?.extensions?.code ?? '' });
      });
    });
  } finally {
    socket.removeAllListeners('close');
    socket.terminate();
  }
}
