import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { SystemAccount } from './account.ts';
import type { PostgresBinaries } from './binaries.ts';

/**
 * How PostgreSQL names its data folder: it always works in there. An absolute path would not do where the folder lies
 * below one that is closed to the unprivileged account, such as root's home: that account may work inside a folder which
 * it was put into, but not walk there.
 */
export const dataFolderInside = '/proc/self/cwd';

export const superuser = 'postgres';

/**
 * Makes a new, empty cluster, or leaves an existing one as it is. The folder appears under its name only when it is
 * complete, so a crash in the middle does no harm.
 * @throws Error with what initdb said
 */
export function createCluster(folder: string, binaries: PostgresBinaries, account: SystemAccount | null, superuserPassword: string): void {
  if (existsSync(join(folder, 'PG_VERSION'))) return;
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  mkdirSync(dirname(folder), { recursive: true });
  mkdirSync(draft, { mode: 0o700 });
  const passwordFolder = mkdtempSync(join(tmpdir(), 'baton-'));
  const passwordFile = join(passwordFolder, 'password');
  try {
    writeFileSync(passwordFile, superuserPassword, { mode: 0o600 });
    if (account) for (const path of [draft, passwordFolder, passwordFile]) chownSync(path, account.uid, account.gid);
    const made = spawnSync(
      binaries.initdb,
      [
        `--pgdata=${dataFolderInside}`, `--username=${superuser}`, `--pwfile=${passwordFile}`, '--auth=scram-sha-256',
        '--encoding=UTF8', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--locale=C',
      ],
      { cwd: draft, env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }, encoding: 'utf8', ...(account ?? {}) },
    );
    if (made.status !== 0) throw new Error(`initdb failed: ${made.error?.message ?? made.stderr.trim()}`);
    chmodSync(draft, 0o700);
    renameSync(draft, folder);
  } finally {
    rmSync(passwordFolder, { recursive: true, force: true });
    rmSync(draft, { recursive: true, force: true });
  }
}
