import { writeFile } from 'node:fs/promises';
import { buildSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { loadSchema } from './loadSchema.ts';

/** What packages/graphql/schema.graphql has to be. */
export async function printedSchema(): Promise<string> {
  return `${printSchema(lexicographicSortSchema(buildSchema(await loadSchema())))}\n`;
}

if (import.meta.main) {
  await writeFile(new URL('../../../../../packages/graphql/schema.graphql', import.meta.url), await printedSchema());
}
