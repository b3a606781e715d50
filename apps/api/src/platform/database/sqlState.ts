/** PostgreSQL's SQLSTATE of an error, wherever drizzle put it; undefined when it is not one of the database's. */
export function sqlState(error: unknown): string | undefined {
  for (let at = error; at instanceof Error; at = at.cause) {
    const code = (at as Error & { code?: unknown }).code;
    if (typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code)) return code;
  }
  return undefined;
}

/** Whether a unique index refused the row. */
export const isUniqueViolation = (error: unknown): boolean => sqlState(error) === '23505';
