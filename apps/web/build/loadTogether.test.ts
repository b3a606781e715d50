import type { Rolldown } from 'vite';
import { expect, test } from 'vitest';
import { loadTogether } from './loadTogether.ts';

/** The code of a worker after the plugin, which loads `./late.js` when it wants to. */
function built(code: string, imports: Record<string, string[]>): string {
  const bundle = Object.fromEntries(Object.entries(imports).map(([name, names]) => [`assets/${name}`, { type: 'chunk', code: '', imports: names.map((other) => `assets/${other}`) }]));
  const entry = { type: 'chunk', code, imports: ['assets/shared.js'] };
  const { generateBundle } = loadTogether() as unknown as { generateBundle(options: object, bundle: Rolldown.OutputBundle): void };
  generateBundle({}, { ...bundle, 'assets/worker.js': entry } as unknown as Rolldown.OutputBundle);
  return entry.code;
}

test('a late file is asked for together with all that it imports and that is not here', () => {
  const code = built('load(import(`./late.js`))', { 'late.js': ['runtime.js', 'shared.js', 'worker.js'], 'runtime.js': ['deep.js'], 'deep.js': [], 'shared.js': [] });
  expect(code).toBe('load(Promise.all([import(`./late.js`),import("./runtime.js"),import("./deep.js")]).then(([file])=>file))');
});

test('one that imports nothing else stays as it is', () => {
  expect(built('load(import("./late.js"))', { 'late.js': ['shared.js'], 'shared.js': [] })).toBe('load(import("./late.js"))');
});
