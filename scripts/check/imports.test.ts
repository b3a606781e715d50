import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { projectFolder } from '../services/paths.ts';

/** A tree laid out as ours is: a file's path, and what it imports. */
type Tree = Readonly<Record<string, string>>;

const clean: Tree = {
  'packages/base/src/index.ts': ``,
  'packages/vault/src/index.ts': `export { here as there } from './crypto/seal.ts';`,
  'packages/vault/src/verify.ts': `import '../../base/src/index.ts';`,
  'packages/vault/src/crypto/seal.ts': `import 'libsodium-wrappers';`,
  'packages/messaging/src/index.ts': `import '../../base/src/index.ts';`,
  'packages/messaging/src/matrix/client.ts': `import 'matrix-js-sdk';`,
  'apps/api/src/server.ts': `import '../../../packages/vault/src/verify.ts';`,
  'apps/web/src/app.tsx': `import './features/inbox/InboxPage.tsx';`,
  'apps/web/src/features/inbox/InboxPage.tsx': ``,
  'apps/web/src/features/people/PeoplePage.tsx': ``,
  'scripts/start/main.ts': ``,
};

/** What is planted, each in a file of its own: in words, the rule it breaks, the file, its imports. */
const violations: readonly (readonly [what: string, rule: string, file: string, imports: string])[] = [
  ['a cycle', 'no-cycles', 'packages/messaging/src/outbox.ts', `import './rooms.ts';`],
  ['a cycle of types alone', 'no-cycles', 'packages/messaging/src/members.ts', `import type { here as there } from './receipts.ts';`],
  ['base that knows of us', 'base-and-graphql-import-nothing-of-ours', 'packages/base/src/clock.ts', `import '../../vault/src/index.ts';`],
  ['messaging that knows the vault', 'siblings-do-not-know-each-other', 'packages/messaging/src/keys.ts', `import '../../vault/src/index.ts';`],
  ['a package that knows an app', 'packages-do-not-know-apps', 'packages/vault/src/people.ts', `import '../../../apps/api/src/server.ts';`],
  ['the web that knows the API', 'apps-do-not-know-each-other', 'apps/web/src/ask.ts', `import '../../api/src/server.ts';`],
  ['the API that opens vaults', 'api-only-verifies', 'apps/api/src/modules/people/open.ts', `import '../../../../../packages/vault/src/index.ts';`],
  ['somebody in the inside of a package', 'packages-are-entered-by-their-edge', 'apps/web/src/seal.ts', `import '../../../packages/vault/src/crypto/seal.ts';`],
  ['a feature that knows another', 'features-do-not-know-each-other', 'apps/web/src/features/inbox/Side.tsx', `import '../people/PeoplePage.tsx';`],
  ['a button that knows a feature', 'platform-and-ui-know-no-feature', 'apps/web/src/ui/Button.tsx', `import '../features/people/PeoplePage.tsx';`],
  ['a product that knows the scripts', 'products-do-not-know-scripts', 'apps/api/src/start.ts', `import '../../../scripts/start/main.ts';`],
  ['Matrix in the pages', 'matrix-js-sdk-has-one-owner', 'apps/web/src/chat.tsx', `import 'matrix-js-sdk';`],
  ['a type of Matrix in the outbox', 'matrix-js-sdk-has-one-owner', 'packages/messaging/src/put.ts', `import type { MatrixClient } from 'matrix-js-sdk/lib/client.js';`],
  ['libsodium beside its folder', 'libsodium-has-one-owner', 'packages/vault/src/sign.ts', `import 'libsodium-wrappers';`],
  ['Solid in messaging', 'solid-has-one-owner', 'packages/messaging/src/views.ts', `import 'solid-js/store';`],
  ['Fastify in a command', 'http-server-has-one-owner', 'apps/api/src/modules/people/addPerson.ts', `import 'fastify';`],
  ['a file that is not there', 'resolvable', 'apps/web/src/lost.ts', `import './nowhere.ts';`],
];

/** The other ends of the cycles, each of which is reported once, from the end that comes first. */
const otherEnds: Tree = {
  'packages/messaging/src/rooms.ts': `import './outbox.ts';`,
  'packages/messaging/src/receipts.ts': `import type { here as there } from './members.ts';`,
};

/** Rule and file of every violation that the check finds in a tree. */
function findViolations(tree: Tree): { rule: string; from: string }[] {
  const root = mkdtempSync(join(tmpdir(), 'baton-imports-'));
  try {
    for (const [file, imports] of Object.entries(tree)) {
      mkdirSync(dirname(join(root, file)), { recursive: true });
      writeFileSync(join(root, file), `${imports}\nexport const here = true;\n`);
    }
    cpSync(join(projectFolder, '.dependency-cruiser.cjs'), join(root, '.dependency-cruiser.cjs'));
    for (const name of ['base', 'vault', 'messaging']) cpSync(join(projectFolder, 'packages', name, 'package.json'), join(root, 'packages', name, 'package.json'));
    symlinkSync(join(projectFolder, 'node_modules'), join(root, 'node_modules'));
    const args = ['--config', '.dependency-cruiser.cjs', '--output-type', 'json', 'apps', 'packages', 'scripts'];
    const run = spawnSync(join(root, 'node_modules', '.bin', 'depcruise'), args, { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
    const found = JSON.parse(run.stdout) as { modules: { source: string }[]; summary: { violations: { rule: { name: string }; from: string }[] } };
    // A parser that skips .ts and .tsx would find nothing, and pass.
    expect(found.modules.map((module) => module.source)).toEqual(expect.arrayContaining(Object.keys(tree)));
    return found.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
  } finally {
    rmSync(root, { recursive: true, force: true });
  }
}

describe('the check of imports', () => {
  test('lets a tree pass that keeps to the arrows', () => {
    // Vendors do not resolve outside of the package that depends on them: that is all there is to say about this tree.
    expect(findViolations(clean).filter(({ rule }) => rule !== 'resolvable')).toEqual([]);
  });

  describe('in a tree with violations planted', () => {
    let found: { rule: string; from: string }[];
    beforeAll(() => {
      found = findViolations({ ...clean, ...otherEnds, ...Object.fromEntries(violations.map(([, , file, imports]) => [file, imports])) });
    });

    test.each(violations)('catches %s', (_, rule, file) => {
      expect(found).toContainEqual({ rule, from: file });
    });
  });
});
