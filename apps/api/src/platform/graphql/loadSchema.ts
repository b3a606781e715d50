import { readdir, readFile } from 'node:fs/promises';

const source = new URL('../../', import.meta.url);

/** The whole schema as SDL: the platform's and every module's. */
export async function loadSchema(): Promise<string> {
  const names = await readdir(source, { recursive: true });
  const files = names.filter((name) => name.endsWith('.graphql')).sort();
  const texts = await Promise.all(files.map((name) => readFile(new URL(name, source), 'utf8')));
  return texts.join('\n');
}
