import { join } from 'node:path';
import type { Plugin } from 'vite';

const own = join(import.meta.dirname, '../src/ui/icon/Icon.tsx');
/** What only lucide's component reads: a drawing's name, its other names, and a key for each line. */
const unread = /^\s*(?:name|aliases): .*,\n|, key: "\w+"/gm;

/** Lucide's drawings, with our own component around them. */
export function leanIcons(): Plugin {
  return {
    name: 'baton:lean-icons',
    enforce: 'pre',
    apply: 'build',
    resolveId: (source, importer) => (source === '../Icon' && importer?.includes('/lucide-solid/') ? own : null),
    transform: (code, id) => (id.includes('/lucide-solid/dist/source/icons/') ? { code: code.replace(unread, ''), map: null } : null),
  };
}
