import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Services } from '../graphql/context.ts';
import { localpartOf } from '../matrix/localpartOf.ts';
import { anonymous, type SignedInViewer, type Viewer } from '../session/viewer.ts';
import type { MessagePassing } from './matrixProxy.ts';

export interface EarlyMessagesOptions {
  services: Pick<Services, 'changes' | 'clock' | 'matrix'>;
  findViewer(request: FastifyRequest): Promise<Viewer>;
  /** Accounts that take part in a room; none where the viewer does not. */
  readersOf(viewer: SignedInViewer, roomId: string): Promise<string[]>;
}

/** How many devices of one account are told at once; who opens more is served by sync alone. */
const mostListeners = 30;
/** What a listener may leave unread before it is let go, in bytes. */
const mostUnread = 1024 * 1024;
/** Keeps what lies in between from closing a silent connection, in milliseconds. */
const pulseMs = 25_000;

/**
 * Tells the others in a room of an encrypted message as soon as the homeserver has accepted it. Making the syncs that bring it is
 * the homeserver's slowest step, and until they come a reader's device shows what it was told here. It gives nobody what their next
 * sync would not: who takes part is asked anew for each message, beside the homeserver's own work. Whoever is not listening loses
 * nothing.
 *
 * `GET /early-messages` is a stream of server-sent events, each a message as the device's sync will have it: `{ eventId, roomId,
 * sender, type, content, originServerTs }`, the last the API's own clock.
 */
export function mountEarlyMessages(app: FastifyInstance, { services, findViewer, readersOf }: EarlyMessagesOptions): MessagePassing {
  const listeners = new Map<string, Set<(line: string) => void>>();

  app.get('/early-messages', async (request, reply) => {
    const viewer = await findViewer(request);
    if (viewer.kind === 'anonymous') return reply.code(401).send({ error: 'UNAUTHENTICATED' });
    const devices = listeners.get(viewer.accountId) ?? new Set();
    if (devices.size >= mostListeners) return reply.code(429).send({ error: 'TOO_MANY' });
    reply.hijack();
    const stream = reply.raw;
    stream.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store', 'x-accel-buffering': 'no' });
    stream.write(':\n\n');
    const tell = (line: string): void => void (stream.writableLength > mostUnread ? stream.destroy() : stream.write(line));
    const pulse = setInterval(() => tell(':\n\n'), pulseMs);
    const offEnd = services.changes.onSessionEnd(viewer.sessionId, () => stream.destroy());
    listeners.set(viewer.accountId, devices.add(tell));
    stream.on('close', () => {
      clearInterval(pulse);
      offEnd();
      devices.delete(tell);
      if (devices.size === 0) listeners.delete(viewer.accountId);
    });
  });

  const askWho = async (request: FastifyRequest, roomId: string): Promise<{ sender: SignedInViewer; readers: string[] } | null> => {
    const sender = await findViewer(request).catch(() => anonymous);
    return sender.kind === 'anonymous' ? null : { sender, readers: await readersOf(sender, roomId) };
  };

  return (request, roomId) => {
    if (listeners.size === 0) return null;
    const asked = askWho(request, roomId);
    // A database that does not answer costs the readers some milliseconds, and the writer nothing.
    asked.catch(() => {});
    return async ({ eventId, content }) => {
      const found = await asked.catch(() => null);
      if (found === null) return;
      const { sender, readers } = found;
      const message = {
        eventId, roomId, sender: `@${localpartOf(sender.accountId, sender.kind === 'member' ? 'MEMBER' : 'CANDIDATE')}:${services.matrix.serverName}`,
        type: 'm.room.encrypted', content, originServerTs: services.clock.now(),
      };
      const line = `data: ${JSON.stringify(message)}\n\n`;
      for (const accountId of readers) if (accountId !== sender.accountId) for (const tell of listeners.get(accountId) ?? []) tell(line);
    };
  };
}
