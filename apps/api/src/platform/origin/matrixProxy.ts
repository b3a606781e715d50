import http from 'node:http';
import https from 'node:https';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';

/** Headers that speak of one connection and not of the message. */
const hopByHop = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-authorization', 'te', 'trailer', 'transfer-encoding', 'upgrade']);

/** What the homeserver must not hear: our cookie, and what only we may say. */
const ours = new Set(['cookie', 'host', 'x-forwarded-for', 'x-forwarded-host', 'x-forwarded-proto', 'forwarded', 'expect']);

/** Its own answer to "who may ask from elsewhere" (anybody) is not ours (nobody). */
const dropped = (name: string): boolean => hopByHop.has(name) || name.startsWith('access-control-') || name === 'server';

/** An encrypted message that the homeserver has accepted. */
export interface AcceptedMessage {
  eventId: string;
  content: Record<string, unknown>;
}

/** Hears of an encrypted message when it sets out, and from then on, unless it returns null, of its having been accepted. */
export type MessagePassing = (request: FastifyRequest, roomId: string) => ((accepted: AcceptedMessage) => unknown) | null;

/** More than a homeserver takes as one event, in bytes. */
const largestMessage = 64 * 1024;

/**
 * Leads /_matrix/* to the homeserver, byte for byte: nothing is buffered, and a browser that goes takes its long poll with
 * it, so that abandoned ones don't pile up there. Its admin API is not part of the origin. `messagePassing` is told of encrypted
 * messages on their way, and holds none of them up.
 */
export async function mountMatrixProxy(app: FastifyInstance, matrixUrl: string, publicOrigin: string, messagePassing: MessagePassing = () => null): Promise<void> {
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

    const accepted = watchMessage(request);
    const upstream = transport.request({ hostname: target.hostname, port: target.port, path: request.raw.url, method: request.method, headers, agent }, (answer) => {
      for (const [name, value] of Object.entries(answer.headers)) if (value !== undefined && !dropped(name)) browser.setHeader(name, value);
      browser.writeHead(answer.statusCode ?? 502);
      browser.flushHeaders();
      answer.pipe(browser);
      accepted?.(answer);
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

  /** Listens along where a message is sent; the returned function takes the homeserver's answer to it. */
  function watchMessage(request: FastifyRequest): ((answer: http.IncomingMessage) => void) | null {
    const roomId = request.method === 'PUT' ? roomOfMessage(request.raw.url ?? '') : null;
    const tell = roomId === null ? null : messagePassing(request, roomId);
    if (tell === null) return null;
    const sent = collect(request.raw);
    return (answer) => {
      if (answer.statusCode !== 200) return;
      Promise.all([sent, collect(answer)]).then(([body, response]) => {
        if (body === null || response === null) return;
        const { event_id: eventId } = JSON.parse(response) as { event_id: string };
        return tell({ eventId, content: JSON.parse(body) as Record<string, unknown> });
      }).catch(() => request.log.warn('an accepted message could not be told of early'));
    };
  }
}

/** Room of a request that sends an encrypted event; null for any other. */
function roomOfMessage(url: string): string | null {
  const encoded = /^\/_matrix\/client\/v3\/rooms\/([^/?]+)\/send\/m\.room\.encrypted\/[^/?]+$/.exec(url)?.[1];
  try {
    return encoded === undefined ? null : decodeURIComponent(encoded);
  } catch {
    return null;
  }
}

/** What a stream brings, as text, beside whoever else reads it; null when it is too much or breaks off. */
function collect(stream: http.IncomingMessage): Promise<string | null> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let size = 0;
    stream.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= largestMessage) chunks.push(chunk);
    });
    stream.on('end', () => resolve(size <= largestMessage ? Buffer.concat(chunks).toString() : null));
    stream.on('close', () => resolve(null));
  });
}
