import { createRunFolder, removeRunFolder } from '../runFolder.ts';

/** What the global set-ups of one run share: Vitest loads their modules once for each project. */
interface Run {
  folder: Promise<string>;
  started: Map<string, Promise<unknown>>;
  users: number;
}

const key = Symbol.for('baton.testing.run');
const holder = globalThis as { [key]?: Run | undefined };

/** Joins the run of this process, or begins it. Call `leave` once for each time. */
export function joinRun(): Promise<string> {
  const run = (holder[key] ??= { folder: createRunFolder(), started: new Map(), users: 0 });
  run.users += 1;
  return run.folder;
}

/** Starts something once in a run: later callers get what the first one started. */
export function once<T>(name: string, start: () => Promise<T>): Promise<T> {
  const run = holder[key];
  if (!run) throw new Error('Join the run first.');
  const started = (run.started.get(name) as Promise<T> | undefined) ?? start();
  run.started.set(name, started);
  return started;
}

/** Leaves the run. The last one out stops everything that was started from its folder, by tests too. */
export async function leaveRun(): Promise<void> {
  const run = holder[key];
  if (!run || --run.users > 0) return;
  holder[key] = undefined;
  await Promise.allSettled(run.started.values());
  await removeRunFolder(await run.folder);
}
