import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';
import type {} from './provided.ts';

/** A database of a test file's own: migrated, empty, and gone with the run. */
export interface TestDatabase {
  /** As the API connects: owns nothing, row-level security applies. */
  url: string;
  /** As migrations connect: owns the tables, and forced row-level security applies all the same. */
  ownerUrl: string;
  /** Past every policy: for looking at what is really there. */
  superuserUrl: string;
}

/** Clones the migrated template, in about 50 ms. For the projects pg, synapse and e2e; once for each test file. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const { superuserUrl, ownerUrl, apiUrl, template } = inject('postgres');
  const name = `test_${randomBytes(8).toString('hex')}`;
  const roleOf = (url: string) => decodeURIComponent(new URL(url).username);
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    await sql`create database ${sql(name)} template ${sql(template)} owner ${sql(roleOf(ownerUrl))}`;
    await sql`grant connect on database ${sql(name)} to ${sql(roleOf(apiUrl))}`;
  } finally {
    await sql.end();
  }
  const inDatabase = (url: string) => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  return { url: inDatabase(apiUrl), ownerUrl: inDatabase(ownerUrl), superuserUrl: inDatabase(superuserUrl) };
}
