import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { printedSchema } from './printSchema.ts';

test('the committed schema is the one the modules make (else: node apps/api/src/platform/graphql/printSchema.ts)', async () => {
  const committed = await readFile(new URL('../../../../../packages/graphql/schema.graphql', import.meta.url), 'utf8');
  expect(committed).toBe(await printedSchema());
});
