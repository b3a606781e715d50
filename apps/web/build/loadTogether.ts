import type { Plugin, Rolldown } from 'vite';

/** `import('./file.js')` as it stands in a finished chunk, with the file's name. */
const lateImport = /import\(([`'"])\.\/([\w.-]+\.js)\1\)/g;

/** Everything that the engine loads along with a chunk. */
function loadedWith(name: string, bundle: Rolldown.OutputBundle, found = new Set<string>()): Set<string> {
  const file = bundle[name];
  if (found.has(name) || file?.type !== 'chunk') return found;
  found.add(name);
  for (const imported of file.imports) loadedWith(imported, bundle, found);
  return found;
}

/**
 * Has a worker ask for what a late file imports at the same time as for the file itself: else it is asked for when that one is
 * here, a round trip later. For pages Vite does so by itself.
 */
export function loadTogether(): Plugin {
  return {
    name: 'baton:load-together',
    enforce: 'post',
    apply: 'build',
    generateBundle(_, bundle) {
      for (const [name, chunk] of Object.entries(bundle)) {
        if (chunk.type !== 'chunk') continue;
        const folder = name.slice(0, name.lastIndexOf('/') + 1);
        const here = loadedWith(name, bundle);
        chunk.code = chunk.code.replace(lateImport, (whole, _quote: string, file: string) => {
          const others = [...loadedWith(folder + file, bundle)].filter((other) => other !== folder + file && !here.has(other));
          return others.length === 0 ? whole : `Promise.all([${[whole, ...others.map((other) => `import("./${other.slice(folder.length)}")`)].join()}]).then(([file])=>file)`;
        });
      }
    },
  };
}
