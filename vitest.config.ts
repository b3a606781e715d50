import { createRequire } from 'node:module';
import solid from 'vite-plugin-solid';
import { defineConfig } from 'vitest/config';

/*
 * The end of a test's name says where it runs, and with that what is started for it. A test that fails is tried once more, and
 * the report says so: nearly all of them wait for a server, a page or a process, and the machine may have been busy with
 * something else; what is broken fails again.
 */
const everywhere = ['apps/*', 'packages/*', 'scripts'];
const named = (ending: string) => everywhere.map((place) => `${place}/**/*${ending}`);
const never = ['**/node_modules/**', '**/dist/**', '**/generated/**'];
const setup = (name: string) => `scripts/testing/setup/${name}.ts`;
/** As in production, one copy: Vite would take graphql's ES modules for our code, beside the CommonJS that packages get from Node. */
const alias = [{ find: /^graphql$/, replacement: createRequire(new URL('./apps/api/package.json', import.meta.url)).resolve('graphql') }];

export default defineConfig({
  test: {
    // Left to itself, vitest keeps one processor free: on a machine with two that is half of them.
    maxWorkers: '100%',
    projects: [
      {
        test: { name: 'unit', alias, include: named('.test.ts'), exclude: [...never, ...named('.pg.test.ts'), ...named('.synapse.test.ts')], testTimeout: 30_000, hookTimeout: 30_000, retry: 1 },
      },
      {
        root: 'apps/web',
        plugins: [solid()],
        test: { name: 'web', environment: 'jsdom', include: ['src/**/*.test.tsx'], exclude: never, setupFiles: ['src/testing/setup.ts'], testTimeout: 30_000, hookTimeout: 30_000, retry: 1 },
      },
      {
        test: { name: 'pg', alias, include: named('.pg.test.ts'), exclude: never, globalSetup: [setup('postgres')], testTimeout: 20_000, hookTimeout: 30_000, retry: 1 },
      },
      {
        test: {
          name: 'synapse', alias, include: named('.synapse.test.ts'), exclude: never,
          globalSetup: [setup('postgres'), setup('synapse')], testTimeout: 60_000, hookTimeout: 60_000, retry: 1,
        },
      },
      {
        test: {
          name: 'e2e', include: ['apps/web/e2e/**/*.e2e.ts', 'packages/**/*.e2e.ts', 'scripts/**/*.e2e.ts'], exclude: never,
          globalSetup: [setup('stack')], testTimeout: 120_000, hookTimeout: 120_000, fileParallelism: false,
          retry: 1,
        },
      },
    ],
  },
});
