import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { refusalFor } from '../bootstrap/refusal.mjs';
import { projectFolder } from '../services/paths.ts';

/** A task that failed; the message is what it printed. */
export class TaskFailure extends Error {
  constructor(tasks: readonly string[], output: string) {
    super(`${tasks.join(' and ')} failed:\n${output.trim()}`);
    this.name = 'TaskFailure';
  }
}

export interface TaskOptions {
  slow?: () => void;
  keepGoing?: boolean;
  signal?: AbortSignal | undefined;
}

/**
 * Runs tasks of every package that has them, by Turborepo: what has not changed since it was last done is not done again.
 * @param tasks of turbo.json
 * @param options `slow` is called once when it takes more than a second; `keepGoing` runs what does not depend on a failed one;
 *   `signal` stops it
 * @throws TaskFailure
 */
export async function runTasks(tasks: readonly string[], { slow = () => {}, keepGoing = false, signal }: TaskOptions = {}): Promise<void> {
  const args = ['run', ...tasks, '--output-logs=errors-only', '--no-update-notifier', ...(keepGoing ? ['--continue'] : [])];
  const child = spawn(join(projectFolder, 'node_modules', '.bin', 'turbo'), args, {
    ...(signal && { signal }),
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'pipe'],
    // Turborepo starts the package manager by its name: the start script has put ours into PATH.
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1', DO_NOT_TRACK: '1', NO_COLOR: '1', FORCE_COLOR: '0' },
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const timer = setTimeout(slow, 1_000);
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  }).finally(() => clearTimeout(timer));
  if (status === 0) return;
  const failure = new TaskFailure(tasks, output);
  throw refusalFor(failure, projectFolder) ?? failure;
}

/** Generates code and builds the pages, as far as something changed. @param say told when it takes a while */
export async function buildProject(say: (sentence: string) => void = () => {}, signal?: AbortSignal): Promise<void> {
  await runTasks(['codegen', 'build'], { slow: () => say('Building what has changed'), signal });
}
