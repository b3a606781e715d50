import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, projectFolder } from './places.mjs';
import { fetchBy } from './run.mjs';
import { say } from './say.mjs';

/**
 * Installs the packages that the lock file names, when it has changed since they were installed.
 * @param {{ pnpm: string, path: string }} toolchain
 */
export function installWorkspace({ pnpm, path }) {
  const hash = createHash('sha256');
  for (const file of ['pnpm-lock.yaml', 'pnpm-workspace.yaml']) hash.update(readFileSync(join(projectFolder, file)));
  const version = hash.digest('hex');
  const stamp = join(projectFolder, 'node_modules', '.baton-installed');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === version) return;

  say('Fetching the packages that Baton is made of (once)');
  fetchBy(pnpm, ['install', '--frozen-lockfile', '--trust-lockfile', '--reporter=append-only'], {
    cwd: projectFolder,
    // Without a terminal pnpm asks nothing: it may replace what another version of it had installed.
    env: { ...process.env, PATH: path, CI: 'true' },
    logFile: join(cacheFolder, 'logs', 'install.log'),
    what: 'The packages that Baton is made of',
  });
  writeFileSync(stamp, version);
}
