import type postgres from 'postgres';
import type { TestApi } from './startTestApi.ts';

/** Whom row-level security takes somebody for. */
export interface RoleSettings {
  account: string;
  organisation: string;
  role: string;
}

/** Runs statements with the API's rights and in somebody's name, without the API between: what the database itself allows. */
export function asRole(api: TestApi, { account, organisation, role }: RoleSettings, work: (sql: postgres.TransactionSql) => Promise<postgres.Row[]>): Promise<postgres.Row[]> {
  return api.sql.begin(async (sql) => {
    await sql`set local role baton_app`;
    await sql`select set_config('app.account_id', ${account}, true), set_config('app.organisation_id', ${organisation}, true), set_config('app.role', ${role}, true)`;
    return work(sql);
  }) as Promise<postgres.Row[]>;
}
