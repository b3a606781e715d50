import type { FastifyInstance } from 'fastify';
import { catalogue } from '../errors/catalogue.ts';

/**
 * Refuses what another website's page sends to /graphql, WebSockets included: a browser names the page's origin, and no page
 * can change that. What names none is no browser, and has no cookie to misuse.
 */
export function checkOrigin(app: FastifyInstance, publicOrigin: string): void {
  app.addHook('onRequest', async (request, reply) => {
    const { origin } = request.headers;
    if (origin === undefined || origin === publicOrigin || !request.url.startsWith('/graphql')) return;
    // A refused handshake is in no list of connections any more: nobody else would end it.
    if (request.headers.upgrade !== undefined) reply.raw.once('finish', () => request.raw.socket.destroySoon());
    await reply.code(403).send({ data: null, errors: [{ message: catalogue.ORIGIN_REFUSED, extensions: { code: 'ORIGIN_REFUSED' } }] });
  });
}
