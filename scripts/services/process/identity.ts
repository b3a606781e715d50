import { readdirSync, readFileSync, readlinkSync } from 'node:fs';

/** A process as one may find it again later: a pid alone may have been given to another program since. */
export interface ProcessIdentity {
  pid: number;
  /** Clock ticks between the machine's start and the process's. */
  startedAt: string;
}

/** Says who runs under `pid`; null when nobody does (a zombie counts as nobody). */
export function identify(pid: number): ProcessIdentity | null {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return null;
  }
  // The second field, the program's name in parentheses, may hold spaces and parentheses itself.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  if (fields[0] === 'Z') return null;
  return { pid, startedAt: fields[19] ?? '' };
}

/** True while exactly this process runs. */
export function isRunning(process: ProcessIdentity): boolean {
  return identify(process.pid)?.startedAt === process.startedAt;
}

/** Pids of the processes that work in `folder` (an absolute path without links) and that we may look at. */
export function processesIn(folder: string): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0 && workingFolder(pid) === folder);
}

function workingFolder(pid: number): string | null {
  try {
    return readlinkSync(`/proc/${pid}/cwd`);
  } catch {
    return null;
  }
}
