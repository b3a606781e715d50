import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from '../services/paths.ts';
import { countTests, type Counts, type VitestReport } from './counts.ts';

/**
 * Runs tests of some projects, with its output to the terminal.
 * @param filters parts of file names; empty: all files
 */
export async function runVitest(projects: readonly string[], filters: readonly string[]): Promise<Counts> {
  const reportFile = join(cacheFolder, 'test', `${projects.join('-')}.json`);
  mkdirSync(join(cacheFolder, 'test'), { recursive: true });
  rmSync(reportFile, { force: true });
  const args = ['run', ...projects.map((name) => `--project=${name}`), '--passWithNoTests', '--reporter=default', '--reporter=json', `--outputFile.json=${reportFile}`, ...filters];
  const child = spawn(join(projectFolder, 'node_modules', '.bin', 'vitest'), args, { cwd: projectFolder, stdio: ['ignore', 'inherit', 'inherit'] });
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  return countTests(readReport(reportFile), status === 0);
}

function readReport(file: string): VitestReport | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as VitestReport;
  } catch {
    return null;
  }
}
