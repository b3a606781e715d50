import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isRunning } from '../services/process/identity.ts';
import { readRecord, recordProcess, stopRecordedProcess } from '../services/process/record.ts';

const prefix = 'baton-run-';

/**
 * Makes the temporary folder of a run of tests or of a bench: services keep their data in it, each in a folder of its own.
 * Runs that were killed before they could tidy up are tidied up now.
 */
export async function createRunFolder(): Promise<string> {
  for (const name of readdirSync(tmpdir()).filter((entry) => entry.startsWith(prefix))) {
    const folder = join(tmpdir(), name);
    const owner = readRecord(join(folder, 'owner.json'));
    if (owner && !isRunning(owner)) await removeRunFolder(folder);
  }
  const folder = join(tmpdir(), `${prefix}${process.pid}-${Date.now().toString(36)}`);
  mkdirSync(folder, { mode: 0o700 });
  recordProcess(join(folder, 'owner.json'), process.pid);
  return folder;
}

/** A new data folder within the run's. */
export function createDataFolder(runFolder: string): string {
  return mkdtempSync(join(runFolder, 'data-'));
}

/** Stops every service that was started from a run's folder and still runs, and removes the folder. */
export async function removeRunFolder(folder: string): Promise<void> {
  const dataFolders = readdirSync(folder).map((name) => join(folder, name)).filter((path) => statSync(path).isDirectory());
  for (const service of ['api', 'coturn', 'synapse', 'postgres']) {
    const signal = service === 'postgres' ? 'SIGINT' : 'SIGTERM';
    await Promise.all(dataFolders.map((data) => stopRecordedProcess(join(data, 'processes', `${service}.json`), signal, 5_000)));
  }
  rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}
