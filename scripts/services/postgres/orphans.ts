import { readFileSync, realpathSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { identify, processesIn } from '../process/identity.ts';
import { killProcess, stopProcess } from '../process/stopProcess.ts';
import { waitUntil } from '../process/waitUntil.ts';

/**
 * Stops a server that an earlier run left on this data folder: after a SIGKILL of ours it goes on alone, and a second one
 * would not start beside it. Its backends are waited for, for as long as one lives the data are not ours.
 */
export async function stopOrphanedPostgres(folder: string): Promise<void> {
  const lockFile = join(folder, 'postmaster.pid');
  const postmaster = readPid(lockFile);
  if (postmaster === null) return;
  const place = realpathSync(folder);
  const inside = processesIn(place);
  if (inside.includes(postmaster)) {
    const identity = identify(postmaster);
    if (identity) await stopProcess(identity, 'SIGINT', 20_000);
  }
  const ended = await waitUntil(() => processesIn(place).every((pid) => !inside.includes(pid)), 5_000);
  if (!ended) for (const pid of processesIn(place).filter((pid) => inside.includes(pid))) await killProcess(pid);
  // Its number may belong to another program by now, and PostgreSQL would take that for a server of its own.
  rmSync(lockFile, { force: true });
}

function readPid(lockFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(lockFile, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch {
    return null;
  }
}
