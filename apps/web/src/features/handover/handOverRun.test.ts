import { BatonError } from '@baton/base';
import { expect, test, vi } from 'vitest';
import type { ProjectVaultView, VaultCommands } from '../../session/contract.ts';
import { startHandOver } from './handOverRun.ts';

const projects = [{ id: 'prj_a', name: 'Chief Financial Officer' }, { id: 'prj_b', name: 'Head of Treasury' }];
type HandOverInput = Parameters<VaultCommands['handOver']>[0];

/** Begins a run whose handovers this function answers. */
function start(handOver: (input: HandOverInput) => void, begun = true) {
  const asked: HandOverInput[] = [];
  const vault = {
    begin: async () => {},
    handOver: async (input: HandOverInput) => (asked.push(input), handOver(input)),
    project: async () => (begun ? ({} as ProjectVaultView) : null),
  };
  const pause = vi.fn(async () => {});
  const run = startHandOver({ vault, projects, from: 'acc_gone', to: 'acc_next', pause });
  return { run, asked, pause, over: () => vi.waitUntil(() => run.isOver()), states: () => run.steps().map(({ state }) => state) };
}
const refuse = (code: string, details = {}): never => {
  throw new BatonError(code, details);
};

test('hands over one project after the other, each in the viewer’s own name', async () => {
  const { asked, over, states } = start(() => {});
  expect(states()).toEqual(['running', 'waiting']);
  await over();
  expect(states()).toEqual(['done', 'done']);
  expect(asked).toEqual(projects.map(({ id }) => ({ projectId: id, from: 'acc_gone', to: 'acc_next' })));
});

test('a broken connection is no answer: it asks again', async () => {
  let failures = 2;
  const { asked, over, states, pause } = start(() => (failures-- > 0 ? refuse('OFFLINE') : undefined));
  await over();
  expect(states()).toEqual(['done', 'done']);
  expect(pause.mock.calls).toEqual([[1], [2]]);
  expect(asked.map(({ projectId }) => projectId)).toEqual(['prj_a', 'prj_a', 'prj_a', 'prj_b']);
});

test('a refused project says why, and the others go on; it may be tried again', async () => {
  let revoked = true;
  const { run, over, states } = start(({ projectId }) => (projectId === 'prj_a' && revoked ? refuse('REVOKED_MEMBER') : undefined));
  await over();
  expect(states()).toEqual(['refused', 'done']);
  expect(run.steps()[0]?.failure).toMatchObject({ code: 'REVOKED_MEMBER' });
  revoked = false;
  run.retry();
  await over();
  expect(states()).toEqual(['done', 'done']);
});

test('asks once for the firm’s words, says which one is wrong, and uses them only where the own key does not open', async () => {
  const { run, asked, over, states } = start(({ projectId, kit }) => {
    if (projectId === 'prj_a') return;
    if (kit === undefined) refuse('EPOCH_CLOSED');
    if (kit !== 'right words') refuse('RECOVERY_WORD_UNKNOWN', { position: 5, word: 'zebrra' });
  });
  await vi.waitUntil(() => run.kitWanted());
  run.giveKit('wrong words');
  await vi.waitUntil(() => run.kitWanted()?.problem);
  expect(run.kitWanted()).toMatchObject({ problem: { details: { position: 5, word: 'zebrra' } }, tried: false });
  run.giveKit('right words');
  await over();
  expect(states()).toEqual(['done', 'done']);
  expect(run.kitWanted()).toBeUndefined();
  expect(asked.map(({ kit }) => kit)).toEqual([undefined, undefined, 'wrong words', 'right words']);
});

test('without the words it refuses what needs them, and asks no second time', async () => {
  const { run, over, states } = start(() => refuse('EPOCH_CLOSED'));
  await vi.waitUntil(() => run.kitWanted());
  run.goOnWithoutKit();
  await over();
  expect(states()).toEqual(['refused', 'refused']);
});

test('a project whose key nobody has made is not called handed over', async () => {
  const { run, over } = start(() => {}, false);
  await over();
  expect(run.steps()[0]).toMatchObject({ state: 'refused', failure: { code: 'VAULT_MISSING' } });
});

test('stopped, it begins nothing further', async () => {
  const { run, asked, over } = start(() => run.stop());
  await over();
  expect(asked).toHaveLength(1);
});
