import { readFile, stat } from 'node:fs/promises';

/**
 * Opens a file that may be written anew while the server runs: by a build of the pages. What is asked for is what it says
 * now; while it is gone or half written, what it said before.
 * @param parse rejects what is not whole
 * @returns asks for it
 * @throws what reading and parsing throw, the first time
 */
export async function openFreshFile<T>(path: string, parse: (content: Buffer) => T): Promise<() => Promise<T>> {
  const versionOf = async (): Promise<string> => {
    const { mtimeMs, size, ino } = await stat(path);
    return `${mtimeMs} ${size} ${ino}`;
  };
  // The version first: what is written in between is read again.
  const read = async () => ({ version: await versionOf(), value: parse(await readFile(path)) });
  let known = await read();
  return async () => {
    const version = await versionOf().catch(() => known.version);
    if (version !== known.version) known = await read().catch(() => known);
    return known.value;
  };
}
