import type { TestProject } from 'vitest/node';
import { startTestPostgres } from '../postgres.ts';
import type {} from '../provided.ts';
import { joinRun, leaveRun, once } from './run.ts';

/** One PostgreSQL for the whole run: `inject('postgres')`, or better `createTestDatabase()`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await joinRun();
  try {
    const { provided } = await once('postgres', () => startTestPostgres(folder));
    project.provide('runFolder', folder);
    project.provide('postgres', provided);
  } catch (error) {
    await leaveRun();
    throw error;
  }
  return leaveRun;
}
