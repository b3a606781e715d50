import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { Plugin } from 'vite';

const compressible = /\.(html|js|css|svg|json|webmanifest|wasm)$/;
/** Below this many bytes the headers weigh more than what is won. */
const worthIt = 1024;
/** Up to this many bytes a file is compressed as hard as can be: what a page begins with is small, and waited for. */
const hardest = 512 * 1024;

/**
 * Puts `.br` and `.gz` beside every file of the build that gets smaller by it: the API serves them as they lie, and
 * compresses nothing itself.
 */
export function precompress(): Plugin {
  let folder = '';
  return {
    name: 'baton:precompress',
    apply: 'build',
    configResolved(config) {
      folder = resolve(config.root, config.build.outDir);
    },
    closeBundle: {
      order: 'post',
      sequential: true,
      async handler() {
        const names = (await readdir(folder, { recursive: true })).filter((name) => compressible.test(name) && !name.startsWith('.'));
        for (const name of names) await compressFile(join(folder, name));
      },
    },
  };
}

async function compressFile(file: string): Promise<void> {
  const content = await readFile(file);
  if (content.length < worthIt) return;
  const quality = content.length <= hardest ? constants.BROTLI_MAX_QUALITY : 9;
  const variants = [
    ['br', await promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: quality, [constants.BROTLI_PARAM_SIZE_HINT]: content.length } })],
    ['gz', await promisify(gzip)(content, { level: 9 })],
  ] as const;
  for (const [ending, compressed] of variants) if (compressed.length < content.length) await writeFile(`${file}.${ending}`, compressed);
}
