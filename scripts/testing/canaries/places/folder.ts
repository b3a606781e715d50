import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import type { Place } from '../findCanaries.ts';

/** Every file of a folder and of the folders in it, byte by byte. A file that goes away meanwhile is left out. */
export function folderPlace(name: string, folder: string): Place {
  return {
    name,
    async *pieces() {
      for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
        if (!entry.isFile()) continue;
        const path = join(entry.parentPath, entry.name);
        const bytes = await readFile(path).catch((error: NodeJS.ErrnoException) => {
          if (error.code === 'ENOENT') return null;
          throw error;
        });
        if (bytes) yield { where: relative(folder, path), bytes };
      }
    },
  };
}
