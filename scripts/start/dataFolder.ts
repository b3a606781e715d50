import { closeSync, constants, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { checkRoom } from '../bootstrap/machine.mjs';
import { Refusal } from '../bootstrap/refusal.mjs';
import { identify, isRunning } from '../services/process/identity.ts';
import { readRecord } from '../services/process/record.ts';
import { waitUntil } from '../services/process/waitUntil.ts';

/** A data folder that is ours alone until it is released. */
export interface HeldFolder {
  /** Says that we are on our way out: a start that comes now waits for us. */
  leaving(): void;
  release(): void;
}

/**
 * Makes the data folder if need be and takes its lock: two servers on one folder would ruin it. A lock whose holder was
 * killed counts for nothing.
 * @throws Refusal when somebody holds it, or there is no room; the system's error when we may not write
 */
export async function holdDataFolder(folder: string): Promise<HeldFolder> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  checkRoom(folder, 300);
  const lockFile = join(folder, 'baton.lock');
  const leavingFile = join(folder, 'baton.leaving');
  const take = () => {
    const holder = readRecord(lockFile);
    if (holder && isRunning(holder)) return false;
    rmSync(lockFile, { force: true });
    rmSync(leavingFile, { force: true });
    return createLock(lockFile);
  };
  if (!take()) {
    const holder = readRecord(lockFile);
    const left = readRecord(leavingFile);
    const waiting = holder !== null && left?.pid === holder.pid && left.startedAt === holder.startedAt;
    if (!waiting || !(await waitUntil(take, 60_000, 100))) {
      throw new Refusal(`Baton already runs on ${folder}${holder ? ` (process ${holder.pid})` : ''}: stop it there first, or choose another folder with --data.`);
    }
  }
  return {
    leaving() {
      try {
        createLock(leavingFile);
      } catch {
        // A courtesy to the next start: a full disk must not keep us from stopping.
      }
    },
    release() {
      rmSync(lockFile, { force: true });
      rmSync(leavingFile, { force: true });
    },
  };
}

/** False when the file is there already. */
function createLock(file: string): boolean {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_CREAT | constants.O_EXCL | constants.O_WRONLY, 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  writeSync(descriptor, JSON.stringify(identify(process.pid)));
  closeSync(descriptor);
  return true;
}
