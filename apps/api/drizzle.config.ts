import { defineConfig } from 'drizzle-kit';

/** For `pnpm exec drizzle-kit export`: prints the DDL that a new migration in migrations/ starts from. */
export default defineConfig({ dialect: 'postgresql', schema: './src/modules/*/*.table.ts' });
