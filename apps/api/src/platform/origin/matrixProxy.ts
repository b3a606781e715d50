import http from 'node:http';
import https from 'node:https';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Headers that speak of one connection and not of the message. */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** What the homeserver must not hear: our cookie, and what only we may say. */
const ours = new Set(['cookie', 'host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'expect']);

/** Its own answer to "who may ask from elsewhere" (anybody) is not ours (nobody). */
const dropped = (name: string): boolean => hopByHop.has(name) || name.startsWith('access-control-') || name === 'server';

/**
 * Leads /_matrix/* to the homeserver, byte for byte: nothing is buffered, and a browser that goes takes its long poll with
 * it, so that abandoned ones don't pile up there. Its admin API is not part of the origin.
 */
export async function mountMatrixProxy(app: FastifyInstance, matrixUrl: string, publicOrigin: string): Promise<void> {
  const target = new URL(matrixUrl);
  const transport = target.protocol === 'https:' ? https : http;
  const agent = new transport.Agent({ keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 64 });
  const { host, protocol } = new URL(publicOrigin);
  app.addHook('onClose', async () => agent.destroy());

  await app.register(async (scope) => {
    // Bodies are passed on as they come.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
    scope.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'DELETE'],
      url: '/_matrix/*',
      handler: (request, reply) => {
        reply.hijack();
        pass(request, reply);
      },
    });
  });

  function pass(request: FastifyRequest, reply: FastifyReply): void {
    const browser = reply.raw;
    const headers: http.OutgoingHttpHeaders = {};
    for (const [name, value] of Object.entries(request.headers)) if (!hopByHop.has(name) && !ours.has(name)) headers[name] = value;
    headers['host'] = host;
    headers['x-forwarded-for'] = request.ip;
    headers['x-forwarded-proto'] = protocol.slice(0, -1);

    const upstream = transport.request({ hostname: target.hostname, port: target.port, path: request.raw.url, method: request.method, headers, agent }, (answer) => {
      for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined && !dropped(name)) browser.setHeader(name, value);
      browser.writeHead(answer.statusCode ?? 502);
      browser.flushHeaders();
      answer.pipe(browser);
      answer.on('error', () => browser.destroy());
    });
    upstream.setNoDelay(true);
    upstream.on('error', (error) => {
      if (browser.destroyed || browser.writableEnded) return;
      if (browser.headersSent) return void browser.destroy();
      request.log.warn({ code: (error as NodeJS.ErrnoException).code }, 'the homeserver does not answer');
      const body = JSON.stringify({ errcode: 'M_UNKNOWN', error: 'The message server does not answer. Try again.' });
      browser.writeHead(502, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
    });
    browser.on('close', () => {
      if (!browser.writableFinished) upstream.destroy();
    });
    request.raw.pipe(upstream);
  }
}
