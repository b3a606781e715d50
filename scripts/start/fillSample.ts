import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { projectFolder } from '../services/paths.ts';

/**
 * Fills an empty installation through its own front door. The program gets the address as its argument, works as any client
 * would, and prints sign-ins and links for the person who reads along.
 * @throws Error when it ends with anything but 0
 */
export async function fillSample(origin: string): Promise<void> {
  const child = spawn(process.execPath, [join(projectFolder, 'scripts', 'sample', 'main.ts'), origin], { stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', resolve);
  });
  if (code !== 0) throw new Error('The sample agency could not be made.');
}
