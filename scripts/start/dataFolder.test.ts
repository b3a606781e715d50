import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { identify } from '../services/process/identity.ts';
import { killProcess } from '../services/process/stopProcess.ts';
import { holdDataFolder } from './dataFolder.ts';

describe('the lock of a data folder', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'baton-lock-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('keeps a second start away while the first one runs', async () => {
    const first = await holdDataFolder(folder);
    await expect(holdDataFolder(folder)).rejects.toThrow(new RegExp(`already runs on ${folder} \\(process ${process.pid}\\)`));
    first.release();
    (await holdDataFolder(folder)).release();
  });

  test('lets go of nothing but what it took', async () => {
    (await holdDataFolder(folder)).release();
    expect(existsSync(join(folder, 'baton.lock'))).toBe(false);
  });

  test('counts for nothing once its holder was killed', async () => {
    const holder = spawn('sleep', ['60'], { stdio: 'ignore' });
    writeFileSync(join(folder, 'baton.lock'), JSON.stringify(identify(holder.pid ?? 0)));
    await expect(holdDataFolder(folder)).rejects.toThrow(/already runs/);
    await killProcess(holder.pid ?? 0);
    (await holdDataFolder(folder)).release();
  });

  test('counts for nothing when the holder’s number belongs to another program by now', async () => {
    writeFileSync(join(folder, 'baton.lock'), JSON.stringify({ pid: process.pid, startedAt: '1' }));
    (await holdDataFolder(folder)).release();
  });

  test('is waited for when its holder is on the way out', async () => {
    const first = await holdDataFolder(folder);
    first.leaving();
    setTimeout(() => first.release(), 200);
    (await holdDataFolder(folder)).release();
  });
});
