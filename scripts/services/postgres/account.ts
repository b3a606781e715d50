import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/** A user of the operating system. */
export interface SystemAccount {
  uid: number;
  gid: number;
}

const accountName = 'baton';

/**
 * Whom PostgreSQL runs as: it refuses to run as root. Null means ourselves; for root it is the system account `baton`,
 * which has no password, home or shell, and is made when it does not exist.
 * @throws Error when the account can't be made
 */
export function postgresAccount(): SystemAccount | null {
  if (process.getuid?.() !== 0) return null;
  const known = findAccount();
  if (known) return known;
  const made = spawnSync('useradd', ['--system', '--no-create-home', '--home-dir', '/nonexistent', '--shell', '/usr/sbin/nologin', accountName], { encoding: 'utf8' });
  const account = findAccount();
  if (!account) throw new Error(`useradd could not make the account ${accountName}: ${made.error?.message ?? made.stderr.trim()}`);
  return account;
}

function findAccount(): SystemAccount | null {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith(`${accountName}:`));
  if (line === undefined) return null;
  const fields = line.split(':');
  return { uid: Number(fields[2]), gid: Number(fields[3]) };
}
