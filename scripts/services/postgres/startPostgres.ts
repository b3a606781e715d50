import { join } from 'node:path';
import { freePort } from '../process/freePort.ts';
import { createService, type Service } from '../process/service.ts';
import { postgresAccount } from './account.ts';
import { findPostgresBinaries } from './binaries.ts';
import { createCluster, dataFolderInside, superuser } from './cluster.ts';
import { stopOrphanedPostgres } from './orphans.ts';
import { acceptsConnections } from './readiness.ts';
import { apiRole, createRolesAndDatabase, ownerRole } from './roles.ts';

export interface PostgresOptions {
  /** Data folder of the installation: the cluster goes to `<folder>/postgres`. */
  folder: string;
  passwords: { superuser: string; owner: string; api: string };
  database: string;
  /** False for tests: nothing is forced to disk. */
  durable: boolean;
}

export interface Postgres {
  service: Service;
  port: number;
  /** Connection string of a role to a database; the main database when none is named. */
  url(role: 'superuser' | 'owner' | 'api', database?: string): string;
}

/**
 * Starts a PostgreSQL of our own on a free port of 127.0.0.1, with its roles and one empty database. A cluster is made at
 * the first start; a server that an earlier run left behind is stopped first.
 * @throws ServiceFailure when it does not come up; Error with initdb's words when no cluster can be made
 */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  const { folder, passwords, database } = options;
  const clusterFolder = join(folder, 'postgres');
  const account = postgresAccount();
  const binaries = findPostgresBinaries(account !== null);
  createCluster(clusterFolder, binaries, account, passwords.superuser);
  await stopOrphanedPostgres(clusterFolder);

  const port = await freePort();
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: 200,
    timezone: 'UTC',
    ...(options.durable ? {} : { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' }),
  };
  const service = createService({
    name: 'PostgreSQL',
    command: binaries.postgres,
    args: ['-D', dataFolderInside, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    folder: clusterFolder,
    env: { PATH: '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' },
    user: account,
    logFile: join(folder, 'logs', 'postgres.log'),
    recordFile: join(folder, 'processes', 'postgres.json'),
    isReady: () => acceptsConnections(url('superuser', 'postgres')),
    readyWithin: 60_000,
    stopSignal: 'SIGINT',
    stopWithin: 30_000,
  });

  function url(role: 'superuser' | 'owner' | 'api', target = database): string {
    const name = { superuser, owner: ownerRole, api: apiRole }[role];
    return `postgres://${name}:${passwords[role]}@127.0.0.1:${port}/${target}`;
  }

  await service.start();
  await createRolesAndDatabase(url('superuser', 'postgres'), database, passwords);
  return { service: { ...service, start: () => startAfterOrphans(service, clusterFolder) }, port, url };
}

/** A killed postmaster leaves backends for a moment: starting again at once would fail. */
async function startAfterOrphans(service: Service, clusterFolder: string): Promise<void> {
  await stopOrphanedPostgres(clusterFolder);
  await service.start();
}
