import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { closeSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { findPython } from '../../bootstrap/python.mjs';
import { Refusal } from '../../bootstrap/refusal.mjs';
import { cacheFolder, projectFolder } from '../paths.ts';
import { lastLines, openLog } from '../process/log.ts';

const requirementsFile = join(projectFolder, 'infra', 'synapse', 'requirements.txt');

/**
 * Installs Synapse with pinned versions into a virtual environment of the cache folder, once for each set of versions.
 * @param say told what happens, when it takes a while
 * @param signal stops it
 * @returns the path of the environment's Python
 * @throws Refusal when Python or the network is missing
 */
export async function installSynapse(say: (sentence: string) => void, signal?: AbortSignal): Promise<string> {
  const version = createHash('sha256').update(readFileSync(requirementsFile)).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `synapse-${version}`);
  const python = join(folder, 'bin', 'python');
  if (existsSync(python) && existsSync(join(folder, 'complete'))) return python;

  say('Installing Synapse, the message server (about half a minute, once)');
  const draft = `${folder}.${process.pid}.new`;
  const logFile = join(cacheFolder, 'logs', 'synapse-install.log');
  mkdirSync(cacheFolder, { recursive: true });
  try {
    await run(findPython().command, ['-m', 'venv', draft], logFile, signal);
    await run(
      join(draft, 'bin', 'python'),
      ['-m', 'pip', 'install', '--disable-pip-version-check', '--no-input', '--prefer-binary', '--progress-bar=off', '--requirement', requirementsFile],
      logFile,
      signal,
    );
    mkdirSync(join(draft, 'complete'));
    moveIntoPlace(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
  return python;
}

/** Only `bin/python -m ...` is used, which does not mind that its environment has moved. */
function moveIntoPlace(draft: string, folder: string): void {
  if (existsSync(folder) && !existsSync(join(folder, 'complete'))) rmSync(folder, { recursive: true, force: true });
  try {
    renameSync(draft, folder);
  } catch (error) {
    // Somebody else was faster: theirs is as good.
    if (!existsSync(join(folder, 'complete'))) throw error;
  }
}

async function run(command: string, args: readonly string[], logFile: string, signal?: AbortSignal): Promise<void> {
  const log = openLog(logFile);
  try {
    const child = spawn(command, args, { stdio: ['ignore', log, log], ...(signal && { signal }) });
    const status = await new Promise<number | null>((resolve, reject) => {
      child.once('error', reject);
      child.once('exit', resolve);
    });
    if (status === 0) return;
  } finally {
    closeSync(log);
  }
  const words = lastLines(logFile, 12);
  if (/no space left|disk quota/i.test(words)) throw Refusal.diskFull(cacheFolder);
  throw new Refusal(`Synapse could not be installed: check that this machine reaches PyPI, then start again (what pip said is in ${logFile}).`);
}
