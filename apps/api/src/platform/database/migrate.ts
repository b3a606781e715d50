import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import postgres from 'postgres';

/*
 * Numbered SQL files in apps/api/migrations, applied once each, in the order of their names, append-only.
 *
 * There is no journal of drizzle-kit's, over which two writers would fight: a migration is a file. `pnpm exec
 * drizzle-kit export` prints the DDL of the *.table.ts files to start one from; roles, policies, extensions and functions
 * are written by hand, and database.pg.test.ts keeps tables and *.table.ts equal.
 * Numbers: 0000-0009 accounts, firms, invitations, conversations; 0010-0029 people, companies, projects, candidacies,
 * imports; then whoever comes next.
 */

const folder = new URL('../../../migrations/', import.meta.url);
/** Any number, the same for all: one migration runs at a time on a database. */
const lockKey = 7_203_311;

/**
 * Brings a database to the newest schema, and lets the login role of `appUrl` act as `baton_app`.
 * @param ownerUrl connection of a role that may create roles and owns (or will own) the tables
 * @param appUrl connection of the API's login role, which must exist
 * @throws Error when an applied file was changed afterwards, or a file fails: that file leaves no trace then.
 */
export async function migrate(ownerUrl: string, appUrl?: string): Promise<void> {
  const sql = postgres(ownerUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`select pg_advisory_lock(${lockKey})`;
    await sql`set lock_timeout = '10s'`;
    await sql`create table if not exists schema_migrations (name text primary key, hash text not null, applied_at timestamptz not null default now())`;
    const applied = new Map((await sql`select name, hash from schema_migrations`).map((row) => [row['name'] as string, row['hash'] as string]));
    const names = (await readdir(folder)).filter((name) => name.endsWith('.sql')).sort();
    for (const name of names) {
      const text = await readFile(new URL(name, folder), 'utf8');
      const hash = createHash('sha256').update(text).digest('hex');
      const known = applied.get(name);
      if (known === hash) continue;
      if (known !== undefined) throw new Error(`Migration ${name} was changed after it had been applied. Write a new one instead.`);
      await sql.begin(async (transaction) => {
        await transaction.unsafe(text);
        await transaction`insert into schema_migrations (name, hash) values (${name}, ${hash})`;
      }).catch((error: unknown) => {
        throw new Error(`Migration ${name} failed: ${(error as Error).message}`, { cause: error });
      });
    }
    if (appUrl !== undefined) await sql`grant baton_app to ${sql(decodeURIComponent(new URL(appUrl).username))}`;
  } finally {
    await sql.end();
  }
}
