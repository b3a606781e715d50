import { join } from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance } from 'fastify';
import { openFreshFile } from './freshFile.ts';

/** Files that are nobody's business: what the server reads for itself. */
const notServed = new Set(['persisted-documents.json']);

/** Some apps write a link's `#` as `%23`: then what stands behind it is a path with a full stop, and yet no file. The page says what has happened. */
const isLink = /^\/(c|join)\//;

/** Names that Vite puts the content's hash into never change what they mean. */
const hashed = /\/assets\/.+-[A-Za-z0-9_-]{8,}\.\w+$/;

/**
 * Serves web's build. Hashed assets for ever, the page itself never from a cache without asking; every path that is no file
 * is a page's route. Precompressed files (`.br`, `.gz` beside the file) are preferred. A new build is served from the moment
 * it is there.
 */
export async function mountWebPages(app: FastifyInstance, webDist: string): Promise<void> {
  const page = await openFreshFile(join(webDist, 'index.html'), (content) => content);
  await app.register(fastifyStatic, {
    root: webDist,
    index: 'index.html',
    wildcard: true,
    preCompressed: true,
    cacheControl: false,
    dotfiles: 'ignore',
    allowedPath: (path) => !notServed.has(path.replace(/^\//, '').replace(/\.(br|gz)$/, '')) && !/\.(br|gz|map)$/.test(path),
    setHeaders: (response, path) => {
      const plain = path.replace(/\.(br|gz)$/, '');
      response.header('cache-control', hashed.test(plain) ? 'public, max-age=31536000, immutable' : 'no-cache');
    },
  });
  app.setNotFoundHandler(async (request, reply) => {
    const isRoute = (request.method === 'GET' || request.method === 'HEAD') && !/^\/(graphql|_matrix|_synapse|assets)(\/|\?|$)/.test(request.url) && (isLink.test(request.url) || !/\.\w+(\?|$)/.test(request.url));
    if (!isRoute) return reply.code(404).send({ error: 'NOT_FOUND' });
    return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(await page());
  });
}
