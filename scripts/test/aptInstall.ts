import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

/** Whether we may install packages of Debian's: where we are root and have apt. */
export const canInstall = (): boolean => process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');

/** Installs packages of Debian's, without what they merely recommend. Returns the last thing that apt-get complained of. */
export function aptInstall(packages: readonly string[]): string {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const apt = (...args: string[]) => spawnSync('apt-get', args, { env, encoding: 'utf8' });
  apt('update');
  return apt('install', '--yes', '--no-install-recommends', ...packages).stderr.trim().split('\n').at(-1) ?? '';
}
