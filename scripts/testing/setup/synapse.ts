import type { TestProject } from 'vitest/node';
import type {} from '../provided.ts';
import { startTestSynapse } from '../synapse.ts';
import { joinRun, leaveRun, once } from './run.ts';

/** One homeserver for the whole run: `inject('matrix')`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await joinRun();
  try {
    const { matrix } = await once('synapse', () => startTestSynapse(folder));
    project.provide('runFolder', folder);
    project.provide('matrix', matrix);
  } catch (error) {
    await leaveRun();
    throw error;
  }
  return leaveRun;
}
