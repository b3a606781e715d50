import { and, asc, eq, gt, lte, sql } from 'drizzle-orm';
import type { Clock } from '@baton/base';
import type { Transactions, Tx } from '../../database/database.ts';
import type { MatrixAdmin } from '../MatrixAdmin.ts';
import { matrixTasks, type MatrixTask } from './matrixTasks.table.ts';

/** Orders tasks in the transaction that decided them; call `runner.run()` after its commit. */
export async function orderMatrixTasks(tx: Tx, tasks: readonly MatrixTask[]): Promise<void> {
  if (tasks.length > 0) await tx.insert(matrixTasks).values(tasks.map((task) => ({ kind: task.kind, payload: task })));
}

/** Does what was ordered, in order, and tries again what failed. */
export interface MatrixTaskRunner {
  /** Does everything that is due. Never rejects: what fails stays ordered. */
  run(): Promise<void>;
  stop(): void;
}

const sweepEvery = 15_000;
const longestWait = 10 * 60_000;
/** A project's rooms, that change one after the other: while the homeserver works in one, the next one is asked for. */
const roomsAtOnce = 3;

type TaskRow = typeof matrixTasks.$inferSelect;

/** The first, and what follows it as long as it is of its kind and about a room that is not among them. What concerns no room is done alone. */
function togetherFirst(rows: readonly TaskRow[]): TaskRow[] {
  const together: TaskRow[] = [];
  const rooms = new Set<string>();
  for (const row of rows) {
    const room = 'roomId' in row.payload ? row.payload.roomId : null;
    if (together.length > 0 && (room === null || rooms.has(room) || row.kind !== together[0]?.kind)) break;
    together.push(row);
    if (room === null) break;
    rooms.add(room);
  }
  return together;
}

/**
 * Makes the runner and starts its sweep.
 * @param log hears of each failure; the task stays
 */
export function makeMatrixTaskRunner(deps: {
  system: Transactions;
  matrix: MatrixAdmin;
  clock: Clock;
  log: { warn(details: object, message: string): void };
}): MatrixTaskRunner {
  const { system, matrix, clock, log } = deps;

  const doOne = async (tx: Tx, row: TaskRow): Promise<void> => {
    try {
      if (!(await isSuperseded(tx, row))) await perform(matrix, row.payload);
      await tx.delete(matrixTasks).where(eq(matrixTasks.id, row.id));
    } catch (error) {
      const wait = Math.min(1000 * 2 ** row.attempts, longestWait);
      log.warn({ err: error, task: row.kind, attempts: row.attempts + 1 }, 'a task at the homeserver failed, it will be tried again');
      await tx.update(matrixTasks).set({ attempts: row.attempts + 1, notBefore: new Date(clock.now() + wait) }).where(eq(matrixTasks.id, row.id));
    }
  };

  /** The next task, and with it those of the same kind right behind it that concern other rooms, `most` altogether; false when none is due. */
  const step = (most: number): Promise<boolean> =>
    system.write(async (tx) => {
      const rows = await tx.select().from(matrixTasks)
        .where(lte(matrixTasks.notBefore, new Date(clock.now())))
        .orderBy(asc(matrixTasks.id)).limit(most).for('update', { skipLocked: true });
      await Promise.all(togetherFirst(rows).map((row) => doOne(tx, row)));
      return rows.length > 0;
    });

  const run = async (): Promise<void> => {
    try {
      // The first one alone: somebody may wait for it, and beside others it takes as long as all of them.
      for (let most = 1; await step(most); most = roomsAtOnce);
    } catch (error) {
      log.warn({ err: error }, 'tasks for the homeserver could not be read');
    }
  };
  const timer = setInterval(() => void run(), sweepEvery);
  timer.unref();
  return { run, stop: () => clearInterval(timer) };
}

/** Whether a newer task decides about the same person in the same room: a retried removal must not undo a later return. */
async function isSuperseded(tx: Tx, row: { id: number; payload: MatrixTask }): Promise<boolean> {
  const { payload } = row;
  if (payload.kind !== 'join' && payload.kind !== 'remove') return false;
  const pair = JSON.stringify({ roomId: payload.roomId, mxid: payload.mxid });
  const [newer] = await tx.select({ id: matrixTasks.id }).from(matrixTasks)
    .where(and(gt(matrixTasks.id, row.id), sql`${matrixTasks.payload} @> ${pair}::jsonb`)).limit(1);
  return newer !== undefined;
}

function perform(matrix: MatrixAdmin, task: MatrixTask): Promise<void> {
  switch (task.kind) {
    case 'delete-devices':
      return matrix.deleteDevices(task.mxid, task.deviceIds);
    case 'join':
      return matrix.join(task.roomId, task.mxid);
    case 'remove':
      return matrix.remove(task.roomId, task.mxid, task.reason);
    case 'rename':
      return matrix.setDisplayName(task.mxid, task.displayName);
    case 'set-state':
      return matrix.setState(task.roomId, task);
    case 'deactivate':
      return matrix.deactivate(task.mxid);
  }
}
