import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { answersOk } from '../services/process/answersOk.ts';
import type { ProvidedMatrix } from './provided.ts';
import { startTestSynapse, type TestSynapse } from './synapse.ts';

const ask = async (matrix: ProvidedMatrix, path: string, init: RequestInit = {}) => {
  const answer = await fetch(`${matrix.url}/_matrix/client${path}`, { ...init, headers: { authorization: `Bearer ${matrix.asToken}` } });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
};
const register = (matrix: ProvidedMatrix, username: string) =>
  ask(matrix, '/v3/register', { method: 'POST', body: JSON.stringify({ type: 'm.login.application_service', username, inhibit_login: true }) });

describe('the homeserver of a run', () => {
  test('knows the service account as the sender of the application service', async () => {
    const { body } = await ask(inject('matrix'), '/v3/account/whoami');
    expect(body['user_id']).toBe('@svc:baton.test');
  });

  test('lets browsers log in by a token of the API only', async () => {
    const { body } = await ask(inject('matrix'), '/v3/login');
    const types = (body['flows'] as { type: string }[]).map((flow) => flow.type);
    expect(types.toSorted()).toEqual(['m.login.application_service', 'org.matrix.login.jwt']);
  });

  test('lets nobody register by themselves', async () => {
    const answer = await fetch(`${inject('matrix').url}/_matrix/client/v3/register`, { method: 'POST', body: '{"username":"mallory"}' });
    expect(answer.status).toBe(403);
  });

  test('does not speak with other homeservers', async () => {
    const answer = await fetch(`${inject('matrix').url}/_matrix/federation/v1/version`);
    expect(answer.status).toBe(404);
  });
});

describe('a homeserver of one test', () => {
  let own: TestSynapse;
  beforeAll(async () => {
    own = await startTestSynapse(inject('runFolder'));
  });
  afterAll(() => own.service.stop());

  test('keeps what it acknowledged when it is killed and started again', async () => {
    expect((await register(own.matrix, 'm-1')).status).toBe(200);
    await own.service.kill();
    expect(await answersOk(`${own.matrix.url}/health`)).toBe(false);
    await own.service.start();
    expect((await register(own.matrix, 'm-1')).body['errcode']).toBe('M_USER_IN_USE');
  });
});
