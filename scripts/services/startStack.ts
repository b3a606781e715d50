import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Refusal } from '../bootstrap/refusal.mjs';
import { matrixEnvironment, type MatrixEnvironment } from './api/apiEnvironment.ts';
import { startApi } from './api/startApi.ts';
import { startCoturn } from './coturn/startCoturn.ts';
import { webDist } from './paths.ts';
import { startPostgres, type Postgres } from './postgres/startPostgres.ts';
import type { Service } from './process/service.ts';
import { writeFileAtomically } from './process/writeFileAtomically.ts';
import { readOrCreateSecrets } from './secrets.ts';
import { startSynapse, type Synapse } from './synapse/startSynapse.ts';

/** What calls are relayed by: coturn, which we run, or a TURN server of one's own (addresses with commas between them). */
export type RelayOptions = { program: string } | { url: string; secret: string };

export interface StackOptions {
  /** Data folder: databases, media, secrets, logs. */
  folder: string;
  /** Port of the one address. */
  port: number;
  /** Address that browsers use; `http://127.0.0.1:<port>` unless something stands in front. */
  origin?: string;
  /** Server part of the Matrix ids. It can't be changed afterwards. */
  serverName: string;
  /** Python that has Synapse: see installSynapse. */
  python: string;
  signUp: 'first' | 'open';
  /** Folder of the built pages; where they are built, unless it is named. */
  pages?: string;
  /** False for tests: PostgreSQL does not force anything to disk. */
  durable: boolean;
  /** A database of one's own instead of ours. */
  database?: { url: string; ownerUrl: string } | undefined;
  /** A homeserver of one's own instead of ours. */
  matrix?: MatrixEnvironment | undefined;
  /** Null: calls have no relay. */
  relay: RelayOptions | null;
}

export interface Stack {
  origin: string;
  folder: string;
  api: Service;
  /** Null where the database is not ours. */
  postgres: Postgres | null;
  /** Null where the homeserver is not ours. */
  synapse: Synapse | null;
  /** Null where there is none, or it is not ours. */
  coturn: Service | null;
  matrix: MatrixEnvironment;
  /** API, then Synapse and coturn, then PostgreSQL. */
  stop(): Promise<void>;
}

/**
 * Starts everything: PostgreSQL, Synapse and coturn side by side, then the API, which migrates and serves the pages.
 * @throws Refusal, ServiceFailure; what had started by then is stopped again
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const { folder, port, origin = `http://127.0.0.1:${port}`, pages = webDist } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const serverName = keepServerName(folder, options.serverName);
  const secrets = readOrCreateSecrets(join(folder, 'secrets.json'));
  const started: Service[] = [];
  const stop = async () => {
    for (const service of started.splice(0).reverse()) await service.stop();
  };

  async function database() {
    if (options.database) return { postgres: null, ...options.database };
    const postgres = await startPostgres({
      folder,
      passwords: { superuser: secrets.postgresSuperuserPassword, owner: secrets.postgresOwnerPassword, api: secrets.postgresApiPassword },
      database: 'baton',
      durable: options.durable,
    });
    started.unshift(postgres.service);
    return { postgres, url: postgres.url('api'), ownerUrl: postgres.url('owner') };
  }

  async function homeserver() {
    if (options.matrix) return { synapse: null, matrix: options.matrix };
    const synapse = await startSynapse({ folder, python: options.python, serverName, publicOrigin: origin, secrets });
    started.push(synapse.service);
    return { synapse, matrix: matrixEnvironment(synapse.url, serverName, secrets) };
  }

  async function relay() {
    if (options.relay === null) return { coturn: null, url: '', secret: '' };
    if ('url' in options.relay) return { coturn: null, ...options.relay };
    const { service, urls } = await startCoturn({ folder, program: options.relay.program, secret: secrets.turnSecret });
    started.push(service);
    return { coturn: service, url: urls.join(','), secret: secrets.turnSecret };
  }

  try {
    const [[db, hs], turn] = await bothSettled(bothSettled(database(), homeserver()), relay());
    const api = await startApi(folder, {
      PORT: String(port),
      HOST: '127.0.0.1',
      PUBLIC_ORIGIN: origin,
      DATABASE_URL: db.url,
      DATABASE_OWNER_URL: db.ownerUrl,
      ...hs.matrix,
      WEB_DIST: existsSync(pages) ? pages : '',
      SECRET_KEY: secrets.apiSecretKey,
      TURN_URL: turn.url,
      TURN_SECRET: turn.secret,
      SIGN_UP: options.signUp,
    });
    started.push(api);
    return { origin, folder, api, postgres: db.postgres, synapse: hs.synapse, coturn: turn.coturn, matrix: hs.matrix, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Like Promise.all, but waits for both even when one fails: what comes up late has to be stopped too. */
export async function bothSettled<A, B>(first: A | Promise<A>, second: B | Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([first, second]);
  return [await first, await second];
}

/** Every Matrix id ends in the server's name: a data folder keeps the one it was made with. */
function keepServerName(folder: string, serverName: string): string {
  const file = join(folder, 'installation.json');
  if (!existsSync(file)) {
    writeFileAtomically(file, `${JSON.stringify({ serverName })}\n`);
    return serverName;
  }
  const kept = (JSON.parse(readFileSync(file, 'utf8')) as { serverName: string }).serverName;
  if (kept !== serverName) throw new Refusal(`This data folder was made for the server name ${kept}: start with --server-name ${kept}, or choose another folder with --data.`);
  return kept;
}
