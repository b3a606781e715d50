import type { FastifyInstance, FastifyRequest, FastifyServerOptions } from 'fastify';
import { sqlState } from '../database/sqlState.ts';

/** Serialisers for what is not one of our own lines: none of them lets a word through that a person typed. */
export const requestLog: Exclude<FastifyServerOptions['logger'], boolean | undefined> = {
  level: 'info',
  base: null,
  serializers: {
    req: (request: FastifyRequest) => ({ method: request.method, path: loggedPath(request.url) }),
    res: (reply) => ({ statusCode: reply.statusCode }),
    err: loggedError,
  },
};

/** Kind, code and place of an error. A database error's message names the values of the query, so only its SQLSTATE is said. */
export function loggedError(error: Error & { code?: unknown; params?: unknown }): { type: string; message: string; stack: string; code?: string } {
  const state = sqlState(error);
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)).join('\n');
  if (state !== undefined || error.params !== undefined) return { type: error.name, message: 'a query failed', stack: frames, code: state ?? '' };
  return { type: error.name, message: error.message, stack: frames, ...(typeof error.code === 'string' && { code: error.code }) };
}

/**
 * One line a request, with nothing that a person typed and nothing that opens anything: no headers, no bodies, no query
 * (Matrix allows a token in it), and of a link's page only that it was one: where an app wrote its `#` as `%23`, its secret is in the path. Fastify's own
 * lines must be off: they name the address as it came.
 */
export function logRequests(app: FastifyInstance): void {
  app.addHook('onResponse', async (request, reply) => {
    const { method, url, id } = request;
    request.log.info({ id, method, path: loggedPath(url), status: reply.raw.statusCode, ms: Math.round(reply.elapsedTime) }, 'request');
  });
}

/** A path without its query, and of an invitation neither its id nor what comes behind it, wherever it stands. */
export function loggedPath(url: string): string {
  const path = url.split('?', 1)[0] ?? '';
  return path.replace(/^\/(c|join)\/.*/s, '/$1/…').replace(/inv(_|%5f).*/is, '…');
}
