import type { ProjectLog } from '@baton/vault';
import { expect, test } from 'vitest';
import { makeReadersCheck } from './readersCheck.ts';

const vault = {
  mxidOf: (kind: string, account: string, server: string) => `@${kind === 'member' ? 'm' : 'c'}-${account}:${server}`,
  departedFrom: ({ roster }: { roster: readonly { account: string }[] }, firm: unknown) => roster.map(({ account }) => account).filter((account) => (firm as { gone: string[] }).gone.includes(account)),
};

/** A room of a project with this roster; `after` is what the log says when it is asked again. `gone`: whom the firm let go. */
function room({ roster, after = roster, candidate, gone = [] }: { roster: string[]; after?: string[]; candidate?: string; gone?: string[] }) {
  let known = roster;
  const stateOf = () => ({ roster: known.map((account) => ({ account, role: 'member' })), epochs: [{ commitment: `key of ${known.join(' and ')}` }] });
  const log = { current: stateOf, refresh: async () => void (known = after), organisation: { current: () => ({ gone }) } } as unknown as ProjectLog;
  let asked = 0;
  const check = makeReadersCheck({ vault, own: '@m-me:x', logOf: async () => log, candidateOf: () => candidate, refresh: async () => void asked++ });
  return { check: (...userIds: string[]) => check('!r', userIds), asked: () => asked };
}

test('the roster, the candidate and oneself are written to, and nobody is asked about them', async () => {
  const { check, asked } = room({ roster: ['me', 'bo'], candidate: '@c-lin:x' });
  await check('@m-me:x', '@m-bo:x', '@c-lin:x');
  expect(asked()).toBe(0);
});

test('somebody who has just come on the project is looked up', async () => {
  await room({ roster: ['me'], after: ['me', 'bo'] }).check('@m-me:x', '@m-bo:x');
});

test('a colleague who is not on the project, and another candidate, are ghosts', async () => {
  await expect(room({ roster: ['me'] }).check('@m-bo:x')).rejects.toMatchObject({ code: 'GHOST_MEMBER', details: { userId: '@m-bo:x' } });
  await expect(room({ roster: ['me'], candidate: '@c-lin:x' }).check('@c-other:x')).rejects.toMatchObject({ code: 'GHOST_MEMBER' });
});

test('somebody who has left the project is a ghost from then on', async () => {
  const { check } = room({ roster: ['me', 'bo'], after: ['me'] });
  await check('@m-bo:x');
  await expect(check('@m-eve:x')).rejects.toMatchObject({ code: 'GHOST_MEMBER' });
  await expect(check('@m-bo:x')).rejects.toMatchObject({ code: 'GHOST_MEMBER' });
});

test('somebody whom the firm has let go is a ghost before the project says so', async () => {
  await expect(room({ roster: ['me', 'bo'], gone: ['bo'] }).check('@m-me:x', '@m-bo:x')).rejects.toMatchObject({ code: 'GHOST_MEMBER', details: { userId: '@m-bo:x' } });
});

test('the readers go by the name of the project’s key: another key, another name', async () => {
  const { check } = room({ roster: ['me'], after: ['me', 'bo'] });
  expect(await check('@m-me:x')).toBe('key of me');
  expect(await check('@m-me:x', '@m-bo:x')).toBe('key of me and bo');
});
