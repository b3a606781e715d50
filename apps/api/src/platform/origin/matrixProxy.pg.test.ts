import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

/** A homeserver that does what a test tells it to. */
let behave: http.RequestListener = (_request, response) => response.end('{}');
const homeserver = http.createServer((request, response) => behave(request, response));
let api: TestApi;
let address: string;

beforeAll(async () => {
  homeserver.listen(0, '127.0.0.1');
  await once(homeserver, 'listening');
  api = await startTestApi({ matrixUrl: `http://127.0.0.1:${(homeserver.address() as AddressInfo).port}` });
  address = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await api.close();
  homeserver.closeAllConnections();
  homeserver.close();
});

test('passes method, path, query, body and token on, says for whom, and keeps our cookie', async () => {
  const seen = new Promise<{ request: http.IncomingMessage; body: string }>((resolve) => {
    behave = (request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (chunk: string) => (body += chunk)).on('end', () => {
        response.setHeader('access-control-allow-origin', '*').writeHead(201, { 'content-type': 'application/json' }).end('{"event_id":"$1"}');
        resolve({ request, body });
      });
    };
  });
  const response = await fetch(`${address}/_matrix/client/v3/rooms/!a%3Ab/send/m.room.encrypted/t1?x=%20`, {
    method: 'PUT', headers: { authorization: 'Bearer secret', cookie: 'baton=ours', 'x-forwarded-for': '203.0.113.9', 'content-type': 'application/json' }, body: '{"a": "接力"}',
  });
  const { request, body } = await seen;
  expect([request.method, request.url, body]).toEqual(['PUT', '/_matrix/client/v3/rooms/!a%3Ab/send/m.room.encrypted/t1?x=%20', '{"a": "接力"}']);
  expect(request.headers).toMatchObject({ authorization: 'Bearer secret', 'x-forwarded-for': '203.0.113.9', 'x-forwarded-proto': 'http' });
  expect(request.headers.cookie).toBeUndefined();
  expect(response.status).toBe(201);
  expect(response.headers.get('access-control-allow-origin')).toBeNull();
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(await response.json()).toEqual({ event_id: '$1' });
});

test('sends what comes as it comes', async () => {
  let finish = (): void => {};
  behave = (_request, response) => {
    response.writeHead(200);
    response.write('first');
    finish = () => response.end('second');
  };
  const response = await fetch(`${address}/_matrix/client/v3/sync`);
  const reader = response.body?.getReader() as ReadableStreamDefaultReader<Uint8Array>;
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('first');
  finish();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe('second');
});

test('takes an abandoned long poll away from the homeserver', async () => {
  const arrived = Promise.withResolvers<http.ServerResponse>();
  behave = (_request, response) => arrived.resolve(response);
  const abort = new AbortController();
  const poll = fetch(`${address}/_matrix/client/v3/sync?timeout=30000`, { signal: abort.signal });
  const upstream = await arrived.promise;
  const closed = once(upstream, 'close');
  abort.abort();
  await expect(poll).rejects.toThrow();
  await closed;
  expect(upstream.writableFinished).toBe(false);
});

test('keeps connections to the homeserver', async () => {
  const ports = new Set<number | undefined>();
  behave = (request, response) => {
    ports.add(request.socket.remotePort);
    response.end('{}');
  };
  for (let i = 0; i < 5; i += 1) await (await fetch(`${address}/_matrix/client/versions`)).text();
  expect(ports.size).toBe(1);
});

test('a homeserver that is down, or that dies in mid-answer, is told so that a Matrix client understands it', async () => {
  behave = (request) => request.socket.destroy();
  const response = await fetch(`${address}/_matrix/client/v3/sync`);
  expect(response.status).toBe(502);
  expect(await response.json()).toMatchObject({ errcode: 'M_UNKNOWN' });

  behave = (request, answer) => {
    answer.writeHead(200, { 'content-length': 100 });
    answer.write('part');
    setTimeout(() => request.socket.destroy(), 10);
  };
  await expect(fetch(`${address}/_matrix/client/v3/sync`).then((answer) => answer.text())).rejects.toThrow();
});

test('a large upload is not kept in memory nor refused by our own limit', async () => {
  let received = 0;
  behave = (request, response) => {
    request.on('data', (chunk: Buffer) => (received += chunk.length)).on('end', () => response.end('{}'));
  };
  const body = Buffer.alloc(8 * 1024 * 1024);
  const response = await fetch(`${address}/_matrix/media/v3/upload`, { method: 'POST', body, headers: { 'content-type': 'application/octet-stream' } });
  expect([response.status, received]).toEqual([200, body.length]);
});

test.each(['/_synapse/admin/v1/users/x/admin', '/_synapse/client/x'])('%s is not part of the origin', async (path) => {
  const response = await fetch(`${address}${path}`);
  expect(response.status).toBe(404);
});
