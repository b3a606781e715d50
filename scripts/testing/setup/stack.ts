import type { TestProject } from 'vitest/node';
import { buildProject } from '../../build/buildProject.ts';
import type {} from '../provided.ts';
import { startTestStack } from '../stack.ts';
import { providedMatrix } from '../synapse.ts';
import { joinRun, leaveRun, once } from './run.ts';

/** One whole system for the run, from what is built now: `inject('stack')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await joinRun();
  try {
    const stack = await once('stack', async () => {
      await buildProject();
      return startTestStack(folder);
    });
    if (!stack.postgres) throw new Error('A stack for tests brings its own PostgreSQL.');
    project.provide('runFolder', folder);
    project.provide('stack', {
      origin: stack.origin,
      folder: stack.folder,
      superuserUrl: stack.postgres.url('superuser'),
      matrix: providedMatrix(stack.matrix),
    });
  } catch (error) {
    await leaveRun();
    throw error;
  }
  return leaveRun;
}
