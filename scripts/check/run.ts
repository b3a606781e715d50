import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../services/paths.ts';

/**
 * Runs a program of node_modules/.bin in the project's folder.
 * @returns whether it succeeded, and what it printed
 */
export async function runTool(tool: string, args: readonly string[]): Promise<{ passed: boolean; output: string }> {
  const child = spawn(join(projectFolder, 'node_modules', '.bin', tool), args, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  const status = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  return { passed: status === 0, output };
}
