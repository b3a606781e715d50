import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { printedSchema } from '../../apps/api/src/platform/graphql/printSchema.ts';
import { runTasks, TaskFailure } from '../build/buildProject.ts';
import { projectFolder } from '../services/paths.ts';
import { runTool } from './run.ts';

export interface CheckResult {
  passed: boolean;
  /** What to read when it failed. */
  output: string;
}

/** What is checked without running the product; `npm run check:NAME` runs one, `npm test` all of them. */
export const checks: Readonly<Record<string, () => Promise<CheckResult>>> = {
  schema: checkSchema,
  types: checkTypes,
  lint: () => runTool('oxlint', ['--deny-warnings']),
  imports: () => runTool('depcruise', ['--config', '.dependency-cruiser.cjs', 'apps', 'packages', 'scripts']),
  unused: () => runTool('knip', ['--no-progress', '--no-config-hints', '--include', 'files,exports,types,dependencies']),
};

/** The committed schema is what the modules make together: clients and reviews go by it. */
async function checkSchema(): Promise<CheckResult> {
  const committed = await readFile(join(projectFolder, 'packages', 'graphql', 'schema.graphql'), 'utf8');
  const passed = committed === (await printedSchema());
  return { passed, output: passed ? '' : 'packages/graphql/schema.graphql is not what the modules say: run `node apps/api/src/platform/graphql/printSchema.ts` and look at the difference.' };
}

async function checkTypes(): Promise<CheckResult> {
  try {
    await runTasks(['typecheck'], { keepGoing: true });
  } catch (error) {
    if (error instanceof TaskFailure) return { passed: false, output: error.message };
    throw error;
  }
  return runTool('tsc', ['-p', 'scripts']);
}
