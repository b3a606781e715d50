import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { persistedDocuments } from './persistedDocuments.ts';

const list = JSON.parse(await readFile(join(import.meta.dirname, '../src/generated/persisted-documents.json'), 'utf8')) as Record<string, string>;

/** What a page carries of a document. */
async function carried(name: string): Promise<string> {
  const { load } = persistedDocuments() as unknown as { load(id: string): Promise<{ code: string }> };
  const { code } = await load(`\0baton-document:${name}`);
  return JSON.parse(/toString: \(\) => ("(?:[^"\\]|\\.)*")/.exec(code)![1]!) as string;
}

test('a question is carried as its hash alone', async () => {
  expect(await carried('InstallationDocument')).toBe('');
});

test('a subscription is carried in the words of the list with which the API compares it', async () => {
  expect(Object.values(list)).toContain(await carried('ChangesDocument'));
});
