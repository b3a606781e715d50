import postgres from 'postgres';

/** Owns the tables and may create roles: migrations use it. */
export const ownerRole = 'baton_owner';
/** The API's log-in: owns nothing, and may do what migrations grant to `baton_app`, a role that they make. */
export const apiRole = 'baton_api';

/**
 * Makes the two log-in roles and a database, or brings their passwords up to date.
 * @param superuserUrl connection to the database `postgres`
 */
export async function createRolesAndDatabase(superuserUrl: string, database: string, passwords: { owner: string; api: string }): Promise<void> {
  const sql = postgres(superuserUrl, { max: 1, onnotice: () => {} });
  try {
    const roles = new Set((await sql`select rolname from pg_roles`).map((row) => row['rolname'] as string));
    for (const [role, password, rights] of [[ownerRole, passwords.owner, 'createrole'], [apiRole, passwords.api, '']] as const) {
      // Passwords are base64url, made by us: no quote can be in them.
      await sql.unsafe(`${roles.has(role) ? 'alter' : 'create'} role ${role} login ${rights} password '${password}'`);
    }
    const found = await sql`select 1 from pg_database where datname = ${database}`;
    if (found.length === 0) await sql.unsafe(`create database "${database}" owner ${ownerRole}`);
    await sql.unsafe(`revoke all on database "${database}" from public`);
    await sql.unsafe(`grant connect on database "${database}" to ${apiRole}`);
  } finally {
    await sql.end();
  }
}
