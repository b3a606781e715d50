import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { identify, type ProcessIdentity } from './identity.ts';
import { stopProcess } from './stopProcess.ts';
import { writeFileAtomically } from './writeFileAtomically.ts';

/** Notes in `file` who runs, for a later start that has to tidy up after a crash. */
export function recordProcess(file: string, pid: number): void {
  const identity = identify(pid);
  if (!identity) return;
  mkdirSync(dirname(file), { recursive: true });
  writeFileAtomically(file, JSON.stringify(identity));
}

/** Takes the note away: its process has ended. */
export function forgetProcess(file: string): void {
  rmSync(file, { force: true });
}

/** Stops what an earlier run left behind, if it is still the same process, and forgets it. */
export async function stopRecordedProcess(file: string, signal: NodeJS.Signals, within: number): Promise<void> {
  const left = readRecord(file);
  if (left) await stopProcess(left, signal, within);
  forgetProcess(file);
}

/** Reads a note back; null when there is none or it is unreadable. */
export function readRecord(file: string): ProcessIdentity | null {
  try {
    const record = JSON.parse(readFileSync(file, 'utf8')) as Partial<ProcessIdentity>;
    return typeof record.pid === 'number' && typeof record.startedAt === 'string' ? { pid: record.pid, startedAt: record.startedAt } : null;
  } catch {
    return null;
  }
}
