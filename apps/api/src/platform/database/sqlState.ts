/** PostgreSQL's SQLSTATE of an error, wherever drizzle put it; undefined when it is not one of the database's. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as Error & { code?: unknown }).code;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

/** Whether a text came along that the database can not hold: one with a zero byte. */
export const isTextUnstorable = (error: unknown): boolean => ['22021', '22P05'].includes(sqlState(error) ?? '');

/** Whether a unique index refused the row. */
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';
