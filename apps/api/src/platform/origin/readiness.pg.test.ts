import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, inject, test, vi } from 'vitest';
import { startTestPostgres } from '../../../../../scripts/testing/postgres.ts';
import type { Service } from '../../../../../scripts/services/process/service.ts';
import { buildServer, type BuiltServer } from '../../server.ts';
import { makeMemoryMatrix, type MemoryMatrix } from '../matrix/memoryMatrixAdmin.ts';

let server: BuiltServer;
let matrix: MemoryMatrix;
let postgres: Service;

beforeAll(async () => {
  // One of its own, to be killed.
  const { provided, service } = await startTestPostgres(inject('runFolder'));
  postgres = service;
  matrix = makeMemoryMatrix();
  server = await buildServer({
    publicOrigin: 'http://baton.test', databaseUrl: Object.assign(new URL(provided.apiUrl), { pathname: `/${provided.template}` }).href,
    matrix, matrixUrl: null, webDist: null, secretKey: randomBytes(32), turn: null, signUp: 'first', version: 'test',
  });
});
afterAll(async () => {
  await server.app.close();
  await postgres.stop();
});

const ask = async (url: string) => {
  const response = await server.app.inject({ url });
  return { status: response.statusCode, ...response.json<object>() };
};
const ready = { status: 200, ok: true, missing: [], draining: false };
const within = { timeout: 5000, interval: 100 };

describe('/readyz', () => {
  test('says yes when PostgreSQL and the homeserver answer', async () => {
    expect(await ask('/readyz')).toEqual(ready);
  });

  test('says no as soon as the homeserver does not answer, and yes as soon as it does', async () => {
    matrix.down = true;
    expect(await ask('/readyz')).toEqual({ ...ready, status: 503, ok: false, missing: ['matrix'] });
    matrix.down = false;
    expect(await ask('/readyz')).toEqual(ready);
  });

  test('does not wait long for a homeserver that takes a question and never answers', async () => {
    const ping = vi.spyOn(matrix, 'ping').mockReturnValue(new Promise(() => {}));
    const began = Date.now();
    expect(await ask('/readyz')).toMatchObject({ status: 503, missing: ['matrix'] });
    expect(Date.now() - began).toBeLessThan(4000);
    ping.mockRestore();
  });

  test('says no when PostgreSQL was killed, and yes a moment after it is back', async () => {
    await postgres.kill();
    await vi.waitFor(async () => expect(await ask('/readyz')).toMatchObject({ status: 503, missing: ['postgres'] }), within);
    expect(await ask('/livez'), 'the process itself is well').toEqual({ status: 200, ok: true });
    await postgres.start();
    await vi.waitFor(async () => expect(await ask('/readyz')).toEqual(ready), within);
  });

  test('asks what it depends on once, however many ask it', async () => {
    const ping = vi.spyOn(matrix, 'ping');
    await Promise.all([ask('/readyz'), ask('/readyz'), ask('/readyz')]);
    expect(ping).toHaveBeenCalledTimes(1);
  });

  test('says no for good once the process is about to stop', async () => {
    server.readiness.drain();
    expect(await ask('/readyz')).toEqual({ status: 503, ok: false, missing: [], draining: true });
    expect(await ask('/livez')).toEqual({ status: 200, ok: true });
  });
});
