import { getTableColumns, getTableName, is, sql } from 'drizzle-orm';
import { PgTable } from 'drizzle-orm/pg-core';
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeAccessFixture, type AccessFixture } from '../../testing/accessFixture.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';
import type { MemberViewer, Viewer } from '../session/viewer.ts';
import { asNobody } from './database.ts';
import { migrate } from './migrate.ts';

let api: TestApi;
let fixture: AccessFixture;
let tables: string[];

beforeAll(async () => {
  api = await startTestApi();
  fixture = await makeAccessFixture(api);
  const rows = await api.sql<{ name: string }[]>`select table_name as name from information_schema.tables where table_schema = 'public' and table_name <> 'schema_migrations' order by 1`;
  tables = rows.map((row) => row.name);
});
afterAll(() => api.close());

/** Every row of every table that a query without WHERE gives this viewer. */
async function everything(viewer: Viewer): Promise<Record<string, Record<string, unknown>[]>> {
  const seen: Record<string, Record<string, unknown>[]> = {};
  for (const table of tables) {
    seen[table] = await api.services.as(viewer).read(async (tx) => [...(await tx.execute(sql`select * from ${sql.identifier(table)}`))]);
  }
  return seen;
}

const member = (f: AccessFixture, who: 'lead' | 'partner'): MemberViewer => ({
  kind: 'member', accountId: who === 'lead' ? f.lead.accountId : f.firm.partner.accountId, organisationId: f.firm.organisationId, role: who === 'lead' ? 'CONSULTANT' : 'PARTNER', sessionId: 'ses_x',
});

describe('row-level security', () => {
  test('is on and forced for every table', async () => {
    const rows = await api.sql`select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'schema_migrations' and not (relrowsecurity and relforcerowsecurity)`;
    expect(rows).toEqual([]);
  });

  test('without a viewer a query without WHERE sees nothing', async () => {
    const seen = await everything({ kind: 'anonymous' });
    expect(Object.entries(seen).filter(([, rows]) => rows.length > 0)).toEqual([]);
  });

  test('a partner sees rows of the own firm alone', async () => {
    const seen = await everything(member(fixture, 'partner'));
    expect(seen['projects']?.length).toBe(2);
    expect(seen['conversations']?.length).toBe(3);
    const foreign = Object.entries(seen).flatMap(([table, rows]) => rows.filter((row) => 'organisation_id' in row && row['organisation_id'] !== fixture.firm.organisationId).map(() => table));
    expect(foreign).toEqual([]);
  });

  test('a consultant sees the projects they are on alone', async () => {
    const seen = await everything(member(fixture, 'lead'));
    for (const table of ['stages', 'project_members', 'candidacies', 'stage_events', 'conversations']) {
      expect(seen[table]?.length).toBeGreaterThan(0);
      expect([...new Set(seen[table]?.map((row) => row['project_id']))]).toEqual([fixture.project.id]);
    }
    expect(seen['account_secrets']?.map((row) => row['account_id'])).toEqual([fixture.lead.accountId]);
    expect([...new Set(seen['sessions']?.map((row) => row['account_id']))]).toEqual([fixture.lead.accountId]);
  });

  test('a candidate sees their conversation, those in it and themself', async () => {
    const { counterpart, lead, conversation, firm } = fixture;
    const seen = await everything({ kind: 'candidate', accountId: counterpart.accountId, organisationId: firm.organisationId, sessionId: 'ses_x' });
    const filled = Object.entries(seen).filter(([, rows]) => rows.length > 0).map(([table]) => table);
    expect(filled).toEqual(['account_secrets', 'accounts', 'conversations', 'interview_ratings', 'interviews', 'organisations', 'sessions']);
    expect(seen['account_secrets']?.map((row) => row['account_id'])).toEqual([counterpart.accountId]);
    expect(seen['conversations']?.map((row) => row['id'])).toEqual([conversation.id]);
    expect(seen['accounts']?.map((row) => row['id']).sort()).toEqual([counterpart.accountId, lead.accountId].sort());
    expect(seen['sessions']?.map((row) => row['account_id'])).toEqual([counterpart.accountId]);
  });

  test('what a viewer wrote can not be put into another firm', async () => {
    const write = api.services.as(member(fixture, 'partner')).write((tx) => tx.execute(sql`update projects set organisation_id = 'org_other'`));
    await expect(write).rejects.toMatchObject({ cause: { code: '42501' } });
  });

  test('the log of the firm and the history of a candidacy can not be rewritten', async () => {
    for (const table of ['organisation_log', 'stage_events']) {
      for (const statement of [sql`delete from ${sql.identifier(table)}`, sql`update ${sql.identifier(table)} set organisation_id = organisation_id`]) {
        await expect(api.services.as(member(fixture, 'partner')).write((tx) => tx.execute(statement))).rejects.toMatchObject({ cause: { code: '42501' } });
      }
    }
  });
});

describe('a transaction', () => {
  test('that is for reading does not write', async () => {
    const write = api.services.as(member(fixture, 'partner')).read((tx) => tx.execute(sql`update organisations set name = 'x'`));
    await expect(write).rejects.toMatchObject({ cause: { code: '25006' } });
  });

  test('leaves its viewer to nobody who takes the connection afterwards', async () => {
    await Promise.all(Array.from({ length: 24 }, () => api.services.as(member(fixture, 'partner')).read((tx) => tx.execute(sql`select 1`))));
    const rows = await Promise.all(Array.from({ length: 24 }, () => api.services.as({ kind: 'anonymous' }).read((tx) => tx.execute(sql`select id from people`))));
    expect(rows.flatMap((each) => [...each])).toEqual([]);
  });

  test('tells what follows it after the commit only, and never after a failure', async () => {
    const heard: string[] = [];
    const { write } = api.services.as(member(fixture, 'partner'));
    await write(async (_tx, unit) => {
      unit.afterCommit(() => void heard.push('after'));
      heard.push('inside');
    });
    await expect(write(async (_tx, unit) => {
      unit.afterCommit(() => void heard.push('never'));
      throw new Error('no');
    })).rejects.toThrow('no');
    expect(heard).toEqual(['inside', 'after']);
  });

  test('does last what keeps others waiting, and is undone when that fails', async () => {
    const { write } = api.services.as(member(fixture, 'partner'));
    const done: string[] = [];
    const rename = (name: string, last: () => Promise<void>) =>
      write(async (tx, unit) => {
        unit.beforeCommit(last);
        await tx.execute(sql`update organisations set name = ${name}`);
        done.push('work');
      });
    await rename('First', async () => void done.push('last'));
    await expect(rename('Second', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(done).toEqual(['work', 'last', 'work']);
    expect(await api.sql`select name from organisations where name in ('First', 'Second')`).toEqual([{ name: 'First' }]);
  });

  test('goes back to its viewer after a step as nobody', async () => {
    const { read } = api.services.as({ kind: 'anonymous' });
    const [inside, after] = await read(async (tx) => [
      await asNobody(tx, async () => (await tx.execute(sql`select id from accounts`)).length),
      (await tx.execute(sql`select id from accounts`)).length,
    ]);
    expect(inside).toBeGreaterThan(0);
    expect(after).toBe(0);
  });
});

describe('migrations', () => {
  test('are applied once', async () => {
    await migrate(api.database.ownerUrl, api.database.url);
    const [row] = await api.sql`select count(*)::int as count, count(distinct name)::int as names from schema_migrations`;
    expect(row?.['count']).toBe(row?.['names']);
  });

  test('that were changed after they had been applied stop the start', async () => {
    const [first] = await api.sql`select name, hash from schema_migrations order by name limit 1`;
    await api.sql`update schema_migrations set hash = 'other' where name = ${first?.['name']}`;
    await expect(migrate(api.database.ownerUrl)).rejects.toThrow(/0000_platform\.sql was changed/);
    await api.sql`update schema_migrations set hash = ${first?.['hash']} where name = ${first?.['name']}`;
  });

  test('make the very columns that the tables in the code name', async () => {
    const root = fileURLToPath(new URL('../../', import.meta.url));
    const files = (await readdir(root, { recursive: true })).filter((name) => name.endsWith('.table.ts'));
    const modules = await Promise.all(files.map((name) => import(/* @vite-ignore */ `${root}${name}`) as Promise<Record<string, unknown>>));
    const inCode = modules.flatMap((module) => Object.values(module)).filter((value) => is(value, PgTable)).flatMap((table) =>
      Object.values(getTableColumns(table)).map((column) => `${getTableName(table)}.${column.name}${column.notNull ? ' not null' : ''}`),
    );
    const rows = await api.sql<{ name: string }[]>`
      select table_name || '.' || column_name || case when is_nullable = 'NO' then ' not null' else '' end as name
      from information_schema.columns where table_schema = 'public' and table_name <> 'schema_migrations'`;
    expect(inCode.sort()).toEqual(rows.map((row) => row.name).sort());
  });
});
