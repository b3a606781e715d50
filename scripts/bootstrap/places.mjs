import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that holds package.json. */
export const projectFolder = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** What was fetched or built once and can be fetched again: Node, pnpm, Synapse. */
export const cacheFolder = join(projectFolder, '.cache');
