import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import WebSocket from 'ws';
import { createTestDatabase } from '../../../scripts/testing/database.ts';
import { freePort } from '../../../scripts/services/process/freePort.ts';

const matrix = inject('matrix');
let environment: Record<string, string>;
const running: ChildProcess[] = [];

beforeAll(async () => {
  const [database, port] = [await createTestDatabase(), await freePort()];
  environment = {
    PORT: String(port), PUBLIC_ORIGIN: `http://127.0.0.1:${port}`, DATABASE_URL: database.url, DATABASE_OWNER_URL: database.ownerUrl,
    MATRIX_URL: matrix.url, MATRIX_SERVER_NAME: matrix.serverName, MATRIX_AS_TOKEN: matrix.asToken, MATRIX_REGISTRATION_SECRET: matrix.registrationSecret,
    MATRIX_JWT_SECRET: matrix.jwtSecret, SECRET_KEY: randomBytes(32).toString('base64url'),
  };
});
afterAll(() => running.forEach((child) => child.kill('SIGKILL')));

function start(env: Record<string, string>): { child: ChildProcess; output: () => string; exit: Promise<number | null> } {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./main.ts', import.meta.url))], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  running.push(child);
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (text += chunk.toString()));
  return { child, output: () => text, exit: once(child, 'exit').then(([code]) => code as number | null) };
}

async function untilReady(origin: string): Promise<void> {
  for (;;) {
    const response = await fetch(`${origin}/readyz`).catch(() => null);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

describe('the process', () => {
  test('becomes ready, leads to the homeserver, logs no secret, and ends on SIGTERM while a socket is open', async () => {
    const origin = environment['PUBLIC_ORIGIN'] as string;
    const { child, output, exit } = start(environment);
    await untilReady(origin);
    const installation = await fetch(`${origin}/graphql`, {
      method: 'POST', headers: { 'content-type': 'application/json', origin, cookie: 'baton=canary-cookie', authorization: 'Bearer canary-bearer' },
      body: JSON.stringify({ query: 'query ($canary: String!) { installation { needsSetUp matrixServerName } passwordParameters(email: $canary) { passes } }', variables: { canary: 'canary-variable@example.com' } }),
    });
    expect(await installation.json()).toMatchObject({ data: { installation: { needsSetUp: true, matrixServerName: matrix.serverName }, passwordParameters: { passes: 3 } } });
    const versions = await fetch(`${origin}/_matrix/client/versions`);
    expect(await versions.json()).toMatchObject({ versions: expect.arrayContaining(['v1.11']) });
    await fetch(`${origin}/_matrix/client/v3/account/whoami?access_token=canary-token`);
    await fetch(`${origin}/c/inv_canary-link`);
    const socket = new WebSocket(`${origin.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    await once(socket, 'open');

    child.kill('SIGTERM');
    expect(await exit).toBe(0);
    expect(output()).toContain('/_matrix/client/versions');
    expect(output()).not.toContain('canary');
    for (const name of ['MATRIX_AS_TOKEN', 'MATRIX_JWT_SECRET', 'SECRET_KEY', 'MATRIX_REGISTRATION_SECRET']) expect(output()).not.toContain(environment[name]);
  });

  test.each([
    ['SECRET_KEY', 'short', 'SECRET_KEY must be 32 bytes as base64url.'],
    ['PORT', 'eighty', 'PORT must be a port number.'],
    ['MATRIX_URL', '', 'MATRIX_URL must be a value.'],
    ['TURN_SECRET', 'alone', 'TURN_URL must be one or more addresses like turn:turn.example.com:3478?transport=udp, with commas between them.'],
    ['SIGN_UP', 'never', 'SIGN_UP must be `first` or `open`.'],
  ])('does not start with a bad %s, and says what is wanted', async (name, value, sentence) => {
    const { output, exit } = start({ ...environment, [name]: value });
    expect(await exit).toBe(1);
    expect(output()).toBe(`${sentence}\n`);
  });
});
