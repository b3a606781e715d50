import { join } from 'node:path';
import { projectFolder } from '../bootstrap/places.mjs';

export { cacheFolder, projectFolder } from '../bootstrap/places.mjs';

/** Folder of the built web pages. */
export const webDist = join(projectFolder, 'apps', 'web', 'dist');
