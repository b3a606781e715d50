/*
 * The direction of imports. The same arrows as in the map of the README: base and graphql know nothing of ours; messaging,
 * vault and interview are siblings; apps stand above all of them and never know each other; a vendor has one owner.
 * Type-only imports count. scripts/check/imports.test.ts plants violations and sees to it that they are caught.
 */
const { readdirSync } = require('node:fs');
const { join } = require('node:path');

const tests = String.raw`\.(test|e2e)\.tsx?$|/testing/|/e2e/`;

/** The files that a package names in its `exports`: whoever stands outside comes in there. */
const edges = readdirSync(join(__dirname, 'packages')).flatMap((name) => {
  const { exports = {} } = require(`./packages/${name}/package.json`);
  return Object.values(exports).map((file) => `^packages/${name}/${file.replace('./', '').replaceAll('.', '[.]')}$`);
});

/** `vendor` may only be imported from `owner`. */
const owned = (name, vendor, owner) => ({
  name: `${name}-has-one-owner`,
  severity: 'error',
  from: { path: '^(apps|packages|scripts)/', pathNot: owner },
  to: { path: `(^|/node_modules/)(${vendor})(/|$)` },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    { name: 'resolvable', severity: 'error', from: { path: '^(apps|packages|scripts)/' }, to: { couldNotResolve: true } },
    {
      name: 'base-and-graphql-import-nothing-of-ours',
      severity: 'error',
      from: { path: '^packages/(base|graphql)/', pathNot: tests },
      to: { path: '^(apps|packages|scripts)/', pathNot: '^packages/$1/' },
    },
    {
      name: 'siblings-do-not-know-each-other',
      severity: 'error',
      from: { path: '^packages/(messaging|vault|interview)/' },
      to: { path: '^packages/(messaging|vault|interview)/', pathNot: '^packages/$1/' },
    },
    { name: 'packages-do-not-know-apps', severity: 'error', from: { path: '^packages/' }, to: { path: '^apps/' } },
    { name: 'apps-do-not-know-each-other', severity: 'error', from: { path: '^apps/([^/]+)/', pathNot: tests }, to: { path: '^apps/', pathNot: '^apps/$1/' } },
    {
      name: 'api-only-verifies',
      comment: 'The API holds no secret of a vault: it checks signatures, and that is a package edge of its own.',
      severity: 'error',
      from: { path: '^apps/api/', pathNot: tests },
      to: { path: '^packages/(messaging|vault|interview)/', pathNot: String.raw`^packages/vault/src/verify\.ts$` },
    },
    {
      name: 'packages-are-entered-by-their-edge',
      severity: 'error',
      from: { path: '^(apps|scripts|packages)/([^/]+)/' },
      to: { path: '^packages/[^/]+/src/', pathNot: [...edges, '^$1/$2/'] },
    },
    { name: 'products-do-not-know-scripts', severity: 'error', from: { path: '^(apps|packages)/', pathNot: tests }, to: { path: '^scripts/' } },
    { name: 'nobody-imports-a-test', severity: 'error', from: {}, to: { path: String.raw`\.(test|e2e)\.tsx?$` } },
    {
      name: 'features-do-not-know-each-other',
      severity: 'error',
      from: { path: '^apps/web/src/features/([^/]+)/' },
      to: { path: '^apps/web/src/features/', pathNot: '^apps/web/src/features/$1/' },
    },
    {
      name: 'platform-and-ui-know-no-feature',
      severity: 'error',
      from: { path: '^apps/web/src/(platform|ui|session)/' },
      to: { path: '^apps/web/src/features/' },
    },
    owned('matrix-js-sdk', 'matrix-js-sdk|@matrix-org/matrix-sdk-crypto-wasm', '^packages/messaging/src/matrix/'),
    owned('libsodium', 'libsodium|libsodium-wrappers|libsodium-sumo|libsodium-wrappers-sumo', '^packages/vault/src/crypto/'),
    owned('secret-sharing', 'shamir-secret-sharing', '^packages/vault/src/crypto/'),
    owned('solid', 'solid-js|@solidjs|@solid-primitives|@ark-ui|lucide-solid|@tanstack/solid-query|@tanstack/solid-virtual', '^apps/web/'),
    owned('http-server', 'fastify|@fastify|mercurius', '^apps/api/src/(server.ts|platform/|testing/|modules/.*(resolvers|loaders|test))'),
    owned('database', 'drizzle-orm|postgres', '^(apps/api|scripts)/'),
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Generated code imports types of everything it maps, and nothing of it runs.
    exclude: { path: '(^|/)(dist|generated)/' },
    tsPreCompilationDeps: true,
    combinedDependencies: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'default', 'types'],
      mainFields: ['module', 'main', 'types'],
      extensions: ['.ts', '.tsx', '.mjs', '.js', '.json', '.d.ts'],
    },
  },
};
