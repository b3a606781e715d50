import { defineConfig } from 'vite';
import solid from 'vite-plugin-solid';
import { makeChunkNames, makeWorkerChunkNames } from './build/chunks.ts';
import { inlineStyles } from './build/inlineStyles.ts';
import { leanIcons } from './build/leanIcons.ts';
import { loadTogether } from './build/loadTogether.ts';
import { persistedDocuments } from './build/persistedDocuments.ts';
import { precompress } from './build/precompress.ts';
import { serviceWorker } from './build/serviceWorker.ts';
import { trustedTemplates } from './build/trustedTemplates.ts';

/** Where a development server finds the API; the built page is served by the API itself. */
const api = process.env['BATON_API'] ?? 'http://127.0.0.1:8080';

export default defineConfig({
  root: import.meta.dirname,
  plugins: [leanIcons(), solid(), inlineStyles(), trustedTemplates(), persistedDocuments(), serviceWorker(), precompress()],
  worker: {
    format: 'es',
    plugins: () => [persistedDocuments(), loadTogether()],
    rolldownOptions: { output: { codeSplitting: { includeDependenciesRecursively: false, groups: [{ name: makeWorkerChunkNames() }] } } },
  },
  build: {
    target: ['chrome111', 'safari16.4', 'firefox115'],
    // Assets as data: URLs would need a weaker Content-Security-Policy.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    manifest: true,
    rolldownOptions: { output: { codeSplitting: { groups: [{ name: makeChunkNames() }] } } },
  },
  server: {
    host: '127.0.0.1',
    proxy: { '/graphql': { target: api, ws: true }, '/_matrix': { target: api } },
  },
  preview: { host: '127.0.0.1' },
});
