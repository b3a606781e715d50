import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { findTurnserver } from '../services/coturn/findTurnserver.ts';
import { projectFolder } from '../services/paths.ts';
import { answersOk } from '../services/process/answersOk.ts';
import { freePort } from '../services/process/freePort.ts';
import { isRunning } from '../services/process/identity.ts';
import { readRecord } from '../services/process/record.ts';
import { killProcess } from '../services/process/stopProcess.ts';
import { waitUntil } from '../services/process/waitUntil.ts';
import { createDataFolder } from '../testing/runFolder.ts';

/** One call of the program behind `npm start`. */
interface Call {
  child: ChildProcess;
  output(): string;
  /** Exit code, once it has ended. */
  ended: Promise<number | null>;
}

function start(...args: string[]): Call {
  const child = spawn(process.execPath, [join(projectFolder, 'scripts', 'start', 'main.ts'), ...args], { stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return { child, output: () => output, ended: new Promise((resolve) => child.once('close', resolve)) };
}

const services = ['api', 'synapse', 'postgres', ...(findTurnserver() ? ['coturn'] : [])];

describe('npm start', () => {
  let folder: string;
  let port: number;
  let call: Call;
  const address = () => `http://127.0.0.1:${port}`;
  const processes = () => services.map((name) => readRecord(join(folder, 'processes', `${name}.json`)));
  const startAndWait = async () => {
    call = start('--data', folder, '--port', String(port));
    expect(await waitUntil(() => call.output().includes(address()) || call.child.exitCode !== null, 100_000), call.output()).toBe(true);
    expect(await answersOk(`${address()}/readyz`), call.output()).toBe(true);
  };

  beforeAll(async () => {
    folder = createDataFolder(inject('runFolder'));
    port = await freePort();
    await startAndWait();
  });
  afterAll(async () => {
    call.child.kill('SIGTERM');
    await call.ended;
  });

  test('serves the pages at the one address that it prints', async () => {
    const page = await fetch(`${address()}/`);
    expect(page.status).toBe(200);
    expect(page.headers.get('content-type')).toContain('text/html');
    expect((await fetch(`${address()}/_matrix/client/versions`)).status).toBe(200);
  });

  test('keeps secrets to itself', () => {
    const secrets = JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')) as Record<string, string>;
    const logs = readdirSync(join(folder, 'logs')).map((name) => readFileSync(join(folder, 'logs', name), 'utf8')).join('\n') + call.output();
    for (const secret of Object.values(secrets)) expect(logs).not.toContain(secret);
  });

  test('refuses a second start on the same data', async () => {
    const second = start('--data', folder, '--port', String(await freePort()));
    expect(await second.ended).toBe(1);
    expect(second.output()).toMatch(/^Baton already runs on .* \(process \d+\): stop it there first, or choose another folder with --data\.\n$/);
  });

  test('starts a service again that crashed', async () => {
    const before = processes()[1];
    await killProcess(before?.pid ?? 0);
    expect(await waitUntil(async () => {
      const now = processes()[1];
      return now !== null && now?.pid !== before?.pid && (await answersOk(`${address()}/_matrix/client/versions`));
    }, 30_000)).toBe(true);
    expect(call.output()).toContain('Synapse ended by itself and is started again');
  });

  test('recovers after it was killed, and lets go of nothing that it left behind', async () => {
    const left = processes();
    await killProcess(call.child.pid ?? 0);
    expect(left.filter((process) => process && isRunning(process))).toHaveLength(services.length);
    await startAndWait();
    expect(left.filter((process) => process && isRunning(process))).toEqual([]);
  });

  test('stops everything when it is asked to', async () => {
    const running = processes();
    call.child.kill('SIGTERM');
    expect(await call.ended).toBe(0);
    expect(running.filter((process) => process && isRunning(process))).toEqual([]);
    expect(readdirSync(join(folder, 'processes'))).toEqual([]);
  });

  test('stops what it was starting when it is asked to in the middle', async () => {
    const early = start('--data', folder, '--port', String(port));
    await waitUntil(() => processes().some((process) => process !== null), 60_000);
    early.child.kill('SIGTERM');
    expect(await early.ended).toBe(0);
    expect(readdirSync(join(folder, 'processes'))).toEqual([]);
  });
});

describe('npm start tells in a sentence', () => {
  test('that a port is in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const address = other.address();
    const port = address && typeof address === 'object' ? address.port : 0;
    const call = start('--data', createDataFolder(inject('runFolder')), '--port', String(port));
    expect(await call.ended).toBe(1);
    expect(call.output()).toMatch(new RegExp(`^Port ${port} is in use by another program: choose another one, such as npm start -- --port \\d+\\.\n$`));
    other.close();
  });

  test('that it can’t write where the data should go', async () => {
    const file = join(createDataFolder(inject('runFolder')), 'file');
    writeFileSync(file, '');
    const call = start('--data', join(file, 'data'));
    expect(await call.ended).toBe(1);
    expect(call.output()).toMatch(/^Baton can't write to .*: give yourself the right to, or choose another folder with --data\.\n$/);
  });

  test('that a data folder has another server name', async () => {
    const folder = createDataFolder(inject('runFolder'));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'installation.json'), '{"serverName":"old.example"}');
    const call = start('--data', folder, '--port', String(await freePort()));
    expect(await call.ended).toBe(1);
    expect(call.output()).toContain('start with --server-name old.example, or choose another folder with --data.');
  });
});
