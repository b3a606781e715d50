import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';

const listed = 'query Installation { installation { needsSetUp } }';
const subscription = 'subscription Changes { changes { topic id } }';
const hash = (document: string): string => createHash('sha256').update(document).digest('hex');
let folder: string;
let api: TestApi;
let address: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-web-'));
  await mkdir(join(folder, 'assets'));
  await mkdir(join(folder, '.vite'));
  const files: Record<string, string | Buffer> = {
    'index.html': '<!doctype html><title>Baton</title>', 'assets/main-Ab3dE6gh.js': 'console.log(1)', 'icon.svg': '<svg/>', '.vite/manifest.json': '{}',
    'assets/main-Ab3dE6gh.js.gz': gzipSync('console.log(1)'),
    'persisted-documents.json': JSON.stringify({ [hash(listed)]: listed, [hash(subscription)]: subscription }),
  };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, name), content);
  api = await startTestApi({ webDist: folder });
  address = await api.app.listen({ port: 0, host: '127.0.0.1' });
});
afterAll(async () => {
  await api.close();
  await rm(folder, { recursive: true });
});

const get = (url: string, headers: Record<string, string> = {}) => api.app.inject({ method: 'GET', url, headers });
const post = (payload: object, headers: Record<string, string> = {}) => api.app.inject({ method: 'POST', url: '/graphql', payload, headers });

describe('pages', () => {
  test.each(['/', '/talk', '/c/inv_0123', '/c/inv_0123%23secret.fingerprint', '/join/inv_0123%23secret.fingerprint', '/projects/prj_1?tab=board'])('%s is the page, asked for anew each time', async (path) => {
    const response = await get(path);
    expect([response.statusCode, response.headers['content-type'], response.headers['cache-control']]).toEqual([200, 'text/html; charset=utf-8', 'no-cache']);
    expect(response.body).toContain('<title>Baton</title>');
  });

  test('hashed assets are kept for ever, others are asked for', async () => {
    expect((await get('/assets/main-Ab3dE6gh.js')).headers['cache-control']).toBe('public, max-age=31536000, immutable');
    expect((await get('/icon.svg')).headers['cache-control']).toBe('no-cache');
  });

  test('a browser that takes it gets the compressed file', async () => {
    const response = await get('/assets/main-Ab3dE6gh.js', { 'accept-encoding': 'gzip' });
    expect(response.headers).toMatchObject({ 'content-encoding': 'gzip', 'content-type': expect.stringContaining('javascript'), 'cache-control': expect.stringContaining('immutable') });
  });

  test.each(['/assets/gone-12345678.js', '/persisted-documents.json', '/.vite/manifest.json', '/assets/main-Ab3dE6gh.js.gz', '/favicon.ico', '/_matrix/x'])('%s is not there', async (path) => {
    expect((await get(path)).statusCode).toBe(404);
  });

  test('carry the policy that keeps foreign script out', async () => {
    const { headers } = await get('/');
    const policy = String(headers['content-security-policy']);
    for (const part of ["default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'self'", "require-trusted-types-for 'script'", "connect-src 'self' ws://baton.test"]) expect(policy).toContain(part);
    expect(policy).not.toMatch(/unsafe-inline|'unsafe-eval'|\*/);
    expect(headers['referrer-policy']).toBe('no-referrer');
  });
});

describe('documents', () => {
  test('a listed one is served by its hash, in each of the usual ways', async () => {
    for (const body of [{ documentId: `sha256:${hash(listed)}` }, { documentId: hash(listed) }, { extensions: { persistedQuery: { version: 1, sha256Hash: hash(listed) } } }, { query: hash(listed), persisted: true }]) {
      expect((await post(body)).json()).toEqual({ data: { installation: { needsSetUp: true } } });
    }
  });

  test('nothing else is: another document, the same one as text, an unknown hash, introspection', async () => {
    for (const body of [{ query: '{ viewer { role } }' }, { query: listed }, { documentId: hash('x') }, { query: '{ __schema { types { name } } }' }, { documentId: hash('x'), query: listed }]) {
      const response = await post(body);
      expect(response.statusCode).toBe(400);
      expect(response.json().errors[0].extensions.code).toBe('UNKNOWN_DOCUMENT');
    }
  });

  test('GET asks nothing', async () => {
    expect((await get(`/graphql?query=${encodeURIComponent(listed)}`)).statusCode).not.toBe(200);
    expect((await get(`/graphql?query=${encodeURIComponent(listed)}`, { 'x-mercurius-operation-name': 'x' })).json().errors[0].extensions.code).toBe('NOT_FOUND');
  });

  test('over the WebSocket, too, only a listed subscription', async () => {
    const answer = async (query: unknown) => {
      const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin: testOrigin });
      try {
        return await new Promise<string>((resolve, reject) => {
          socket.on('error', reject);
          socket.on('open', () => socket.send(JSON.stringify({ type: 'connection_init' })));
          socket.on('message', (data) => {
            const { type, id } = JSON.parse(String(data)) as { type: string; id?: string };
            if (type === 'connection_ack') socket.send(JSON.stringify({ id: '1', type: 'subscribe', payload: { query } }));
            else if (id === '1') resolve(String(data));
          });
        });
      } finally {
        socket.terminate();
      }
    };
    expect(await answer('subscription { changes { id } }')).toContain('UNKNOWN_DOCUMENT');
    expect(await answer({ kind: 'Document', definitions: [] })).toContain('error');
    expect(await answer(subscription)).toContain('UNAUTHENTICATED');
  });
});

describe('a build of the pages while the server runs', () => {
  const next = 'query Next { installation { version } }';
  const write = (name: string, content: string) => writeFile(join(folder, name), content);
  const before = { 'index.html': '<!doctype html><title>Baton</title>', 'persisted-documents.json': JSON.stringify({ [hash(listed)]: listed, [hash(subscription)]: subscription }) };
  const titleOf = async (path: string) => /<title>(.*)<\/title>/.exec((await get(path)).body)?.[1];
  const isServed = async (document: string) => (await post({ documentId: hash(document) })).statusCode === 200;
  afterAll(() => Promise.all(Object.entries(before).map(([name, content]) => write(name, content))));

  test('keeps the pages that were there until the new ones are whole', async () => {
    await Promise.all(Object.keys(before).map((name) => rm(join(folder, name))));
    expect(await titleOf('/projects')).toBe('Baton');
    expect(await isServed(listed)).toBe(true);
    await write('persisted-documents.json', `{"${hash(next)}": "query Ne`);
    expect(await isServed(listed)).toBe(true);
  });

  test('is served as soon as it is done: page, assets and documents', async () => {
    await write('index.html', '<!doctype html><title>Next</title>');
    await write('assets/main-Zz9yX8wv.js', 'console.log(2)');
    await write('persisted-documents.json', JSON.stringify({ [hash(next)]: next }));
    expect([await titleOf('/'), await titleOf('/projects')]).toEqual(['Next', 'Next']);
    expect((await get('/assets/main-Zz9yX8wv.js')).body).toBe('console.log(2)');
    expect([await isServed(next), await isServed(listed)]).toEqual([true, false]);
  });
});

describe('another website', () => {
  test('can not ask, whatever it sends along', async () => {
    for (const origin of ['https://evil.example', 'null', `${testOrigin}.evil.example`]) {
      const response = await post({ documentId: hash(listed) }, { origin });
      expect([response.statusCode, response.json().errors[0].extensions.code]).toEqual([403, 'ORIGIN_REFUSED']);
    }
    expect((await post({ documentId: hash(listed) }, { origin: testOrigin })).statusCode).toBe(200);
  });

  test('can not send a form', async () => {
    const response = await api.app.inject({ method: 'POST', url: '/graphql', payload: 'documentId=x', headers: { 'content-type': 'application/x-www-form-urlencoded' } });
    expect(response.statusCode).toBeGreaterThanOrEqual(400);
  });

  test('can not open a WebSocket', async () => {
    const socket = new WebSocket(`${address.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { origin: 'https://evil.example' });
    const status = await new Promise((resolve) => {
      socket.on('unexpected-response', (_request, response) => resolve(response.statusCode));
      socket.on('open', () => resolve('open'));
      socket.on('error', () => {});
    });
    expect(status).toBe(403);
  });
});
