import { identify, isRunning, type ProcessIdentity } from './identity.ts';
import { waitUntil } from './waitUntil.ts';

/**
 * Asks a process to end, and ends it by force when it has not done so in time. Nothing happens when it is gone already.
 * @param within milliseconds that it is given to end by itself
 */
export async function stopProcess(target: ProcessIdentity, signal: NodeJS.Signals, within: number): Promise<void> {
  if (!isRunning(target)) return;
  send(target.pid, signal);
  if (await waitUntil(() => !isRunning(target), within)) return;
  send(target.pid, 'SIGKILL');
  await waitUntil(() => !isRunning(target), 5_000);
}

/** Ends a process at once, as a crash would, and waits until it is gone. */
export async function killProcess(pid: number): Promise<void> {
  const target = identify(pid);
  if (target) await stopProcess(target, 'SIGKILL', 5_000);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
