import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from './database.ts';

describe('a database of a test', () => {
  let database: TestDatabase;
  const open: postgres.Sql[] = [];
  const connect = (url: string) => {
    const sql = postgres(url, { max: 1, onnotice: () => {} });
    open.push(sql);
    return sql;
  };

  beforeAll(async () => {
    database = await createTestDatabase();
  });
  afterAll(() => Promise.all(open.map((sql) => sql.end())));

  test('is migrated', async () => {
    const [row] = await connect(database.ownerUrl)`select count(*)::int as applied from schema_migrations`;
    expect(row?.['applied']).toBeGreaterThan(0);
  });

  test('gives the API a role that owns nothing and may not pass policies', async () => {
    const [role] = await connect(database.url)`
      select rolsuper, rolbypassrls, rolcreaterole, rolcreatedb,
        (select count(*)::int from pg_class where relowner = r.oid) as owned
      from pg_roles r where rolname = current_user`;
    expect(role).toEqual({ rolsuper: false, rolbypassrls: false, rolcreaterole: false, rolcreatedb: false, owned: 0 });
  });

  test('lets the API do no definition of data', async () => {
    await expect(connect(database.url)`create table mine (id int)`).rejects.toMatchObject({ code: '42501' });
  });

  test('is not shared with another test file', async () => {
    const other = await createTestDatabase();
    await connect(other.ownerUrl)`create table only_there (id int)`;
    const [found] = await connect(database.ownerUrl)`select to_regclass('only_there') as name`;
    expect(found?.['name']).toBeNull();
  });
});
