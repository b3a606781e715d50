import { createHash } from 'node:crypto';
import { build, type Plugin, type Rolldown } from 'vite';
import { join } from 'node:path';

/** These chunks with all that loads along with them, as addresses. */
function filesOf(names: readonly string[], bundle: Rolldown.OutputBundle): string[] {
  const found = new Set<string>();
  const walk = (name: string): void => {
    const file = bundle[name];
    if (!file || found.has(`/${name}`)) return;
    found.add(`/${name}`);
    if (file.type !== 'chunk') return;
    file.imports.forEach(walk);
    file.viteMetadata?.importedCss.forEach(walk);
  };
  names.forEach(walk);
  return [...found];
}

/**
 * Builds `/service-worker.js` after the page: it knows the names of all files of this build (`ALL`), those that every
 * page begins with (`SHELL`), those of the messaging worker (`MESSAGING`), and a version that changes with any of them.
 */
export function serviceWorker(): Plugin {
  let root = '';
  return {
    name: 'baton:service-worker',
    // After Vite has written index.html.
    enforce: 'post',
    apply: 'build',
    configResolved(config) {
      root = config.root;
    },
    async generateBundle(_, bundle) {
      const files = Object.values(bundle);
      const html = bundle['index.html'];
      if (html?.type !== 'asset') throw new Error('the build has no page to cache');
      const first = String(html.source).match(/\/assets\/[\w.-]+/g) ?? [];
      if (first.length === 0) throw new Error('the page begins with no file of this build');
      // What is shown when nothing can be reached must be there already.
      const trouble = files.filter((file) => file.type === 'chunk' && /features\/shell\/(StartTrouble|pages)\.tsx$/.test(file.facadeModuleId ?? ''));
      const shell = [...new Set([...first, ...filesOf(trouble.map((file) => file.fileName), bundle)])];
      const all = files.map((file) => `/${file.fileName}`).filter((name) => name.startsWith('/assets/'));
      // Vite builds a worker apart and hands its files over as assets.
      const messaging = files.filter((file) => file.type === 'asset' && /\.(js|wasm)$/.test(file.fileName)).map((file) => `/${file.fileName}`).filter((name) => name.startsWith('/assets/'));
      const version = createHash('sha256').update(JSON.stringify([all.toSorted(), String(html.source)])).digest('hex').slice(0, 16);
      const worker = await build({
        configFile: false,
        root,
        logLevel: 'error',
        publicDir: false,
        define: { __SHELL__: JSON.stringify(shell), __ALL__: JSON.stringify(all), __MESSAGING__: JSON.stringify(messaging), __VERSION__: JSON.stringify(version) },
        build: { write: false, target: 'es2022', lib: { entry: join(root, 'src/platform/offline/service-worker/main.ts'), formats: ['es'], fileName: 'service-worker' } },
      });
      const output = (Array.isArray(worker) ? worker[0]! : worker) as { output: { code: string }[] };
      this.emitFile({ type: 'asset', fileName: 'service-worker.js', source: output.output[0]!.code });
    },
  };
}
