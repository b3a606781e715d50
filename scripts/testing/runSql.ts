import postgres from 'postgres';

/** Runs one statement on a database, past the product: for what a test can't wait for, such as a link's last day. */
export async function runSql(url: string, statement: string): Promise<void> {
  const sql = postgres(url, { max: 1, onnotice: () => {} });
  try {
    await sql.unsafe(statement);
  } finally {
    await sql.end();
  }
}
