import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../database.ts';
import { keyCanary, textCanary } from './canary.ts';
import { findCanaries } from './findCanaries.ts';
import { postgresPlace } from './places/postgres.ts';

const key = Buffer.from('9bd1e07f5c', 'hex').toString('hex').repeat(3);
const canaries = [textCanary('a sentence', '三十五万 a year'), keyCanary('a key', Buffer.from(key))];

let database: TestDatabase;
let sql: postgres.Sql;
beforeAll(async () => {
  database = await createTestDatabase();
  sql = postgres(database.superuserUrl, { max: 1, onnotice: () => {} });
});
afterAll(() => sql.end());

const search = () => findCanaries([postgresPlace('db', database.superuserUrl)], canaries);

test('a migrated database has none', async () => {
  expect(await search()).toEqual([]);
});

test('they are found in columns of every kind, whatever schema the table is in and whoever may see its rows', async () => {
  await sql.unsafe(`
    create schema "odd schema";
    create table "odd schema"."a.table" (gone text, "group" varchar(40), tags text[], plain json, binary_json jsonb, raw bytea, several bytea[], search tsvector);
    alter table "odd schema"."a.table" drop column gone;
    alter table "odd schema"."a.table" enable row level security;
    alter table "odd schema"."a.table" force row level security;
    insert into "odd schema"."a.table" ("group") select 'a row' from generate_series(1, 1200);
    insert into "odd schema"."a.table" values (
      '三十五万 a year', array['', 'about 三十五万 a year'], '{"a": "\\u4e09\\u5341\\u4e94\\u4e07 a year"}', '{"a": "\\u4e09\\u5341\\u4e94\\u4e07 a year"}',
      '${key}', array['\\x00'::bytea, '${key}'::bytea], to_tsvector('simple', '${key}'));
    create table parted (id int, body text) partition by range (id);
    create table parted_1 partition of parted for values from (0) to (9);
    insert into parted values (1, encode('${key}', 'base64'));
    create materialized view kept as select body as copied from parted`);
  const places = (await search()).map(({ canary, form, place }) => `${canary}, ${form}, ${place}`);
  const table = 'db: "odd schema"."a.table"';
  expect(places.sort()).toEqual([
    `a key, UTF-8, ${table}.raw`, `a key, UTF-8, ${table}.search`, `a key, base64, db: public.kept.copied`, `a key, base64, db: public.parted_1.body`, `a key, hex, ${table}.several`,
    `a sentence, UTF-8, ${table}.binary_json`, `a sentence, UTF-8, ${table}.group`, `a sentence, UTF-8, ${table}.tags`, `a sentence, \\u in JSON, ${table}.plain`,
  ].sort());
});
