import { BatonError, newId } from '@baton/base';
import { describe, expect, test, vi } from 'vitest';
import type { ProjectVaultView, VaultCommands } from '../../session/contract.ts';
import { startHandOver, type Order } from './handOverRun.ts';

const projects = [{ id: 'prj_a', name: 'Chief Financial Officer' }, { id: 'prj_b', name: 'Head of Treasury' }];
type HandOverInput = Parameters<VaultCommands['handOver']>[0];

/** Begins a run whose handovers this function answers. */
function start(handOver: (input: HandOverInput) => void, { begun = true, done = [] as string[], all = projects, to = 'acc_next', through = null as string | null, plan = () => {}, see = () => {}, instead = null as string | null, missing = 0 } = {}) {
  const asked: HandOverInput[] = [];
  const planned: Parameters<VaultCommands['planHandOver']>[0][] = [];
  const vault = {
    beginInstead: async (_projectId: string, from: string) => instead ?? from,
    planHandOver: async (input: (typeof planned)[number]) => (plan(), void planned.push(input)),
    handOver: async (input: HandOverInput) => (asked.push(input), handOver(input)),
    project: async () => (see(), begun ? ({} as ProjectVaultView) : null),
  };
  const pause = vi.fn(async () => {});
  const kept: (Order | null)[] = [];
  const [predecessor, successor] = ['acc_gone', to].map((id) => ({ id, name: id, email: `${id}@example.com` })) as [Order['from'], Order['to']];
  const order: Order = { from: predecessor, to: successor, words: 'Ivo waits.', through, projects: all.map((project) => ({ ...project, mid: `mid of ${project.id}`, isDone: done.includes(project.id) })) };
  const told: string[] = [];
  const tell = async ({ id, mid }: { id: string; mid: string }): Promise<void> => void told.push(`${id} ${mid} before ${asked.length + 1}`);
  const run = startHandOver({ vault, order, tell, missingKeys: async () => missing, keep: (now) => kept.push(now), pause });
  return { run, asked, planned, told, pause, kept, over: () => vi.waitUntil(() => run.isOver()), states: () => run.steps().map(({ state }) => state) };
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

test('words of another firm open nothing: the own ones are asked for', async () => {
  const { run, over, states } = start(({ kit }) => (kit === undefined ? refuse('EPOCH_CLOSED') : kit === 'another firm’s words' ? refuse('WRONG_ROOT') : undefined), { all: projects.slice(0, 1) });
  await vi.waitUntil(() => run.kitWanted());
  run.giveKit('another firm’s words');
  await vi.waitUntil(() => run.kitWanted()?.problem);
  expect([run.kitWanted(), states()]).toEqual([{ problem: expect.objectContaining({ code: 'WRONG_ROOT' }), tried: false }, ['running']]);
  run.giveKit('right words');
  await over();
  expect(states()).toEqual(['done']);
});

test('without the words it refuses what needs them, and asks no second time', async () => {
  const { run, over, states } = start(() => refuse('EPOCH_CLOSED'));
  await vi.waitUntil(() => run.kitWanted());
  run.goOnWithoutKit();
  await over();
  expect(states()).toEqual(['refused', 'refused']);
});

test('a project whose key nobody has made is not called handed over', async () => {
  const { run, over } = start(() => {}, { begun: false });
  await over();
  expect(run.steps()[0]).toMatchObject({ state: 'refused', failure: { code: 'VAULT_MISSING' } });
});

test('who hands over their own project does not see it any more, and it is done', async () => {
  const { over, states } = start(() => {}, { see: () => refuse('NOT_FOUND') });
  await over();
  expect(states()).toEqual(['done', 'done']);
});

test('stopped, it begins nothing further', async () => {
  const { run, asked, over } = start(() => run.stop());
  await over();
  expect(asked).toHaveLength(1);
});

test('keeps what is still to be done, and nothing once it is over', async () => {
  const { kept, over } = start(({ projectId }) => (projectId === 'prj_b' ? refuse('LEAD_ROLE') : undefined));
  await over();
  expect(kept.map((order) => order?.projects.map(({ isDone }) => isDone))).toEqual([[false, false], [true, false], undefined]);
  expect(kept[0]).toMatchObject({ words: 'Ivo waits.', from: { id: 'acc_gone' } });
});

test('after a reload it goes on where it stopped', async () => {
  const { asked, over, states } = start(() => {}, { done: ['prj_a'] });
  expect(states()).toEqual(['done', 'running']);
  await over();
  expect(asked.map(({ projectId }) => projectId)).toEqual(['prj_b']);
});

test('stopped with the page, what is left stays kept', async () => {
  const { run, kept, over } = start(() => run.stop());
  await over();
  expect(kept.at(-1)?.projects.map(({ isDone }) => isDone)).toEqual([true, false]);
});

test('of ten projects, one that the server does not get right keeps no other back, and is asked again with patience', async () => {
  const ten = Array.from({ length: 10 }, (_, index) => ({ id: `prj_${index}`, name: `Search ${index}` }));
  const { asked, over, states, run } = start(({ projectId }) => (projectId === 'prj_3' ? refuse('INTERNAL') : undefined), { all: ten });
  await over();
  expect(states()).toEqual(ten.map(({ id }) => (id === 'prj_3' ? 'refused' : 'done')));
  expect(run.steps()[3]?.failure).toMatchObject({ code: 'INTERNAL' });
  expect(asked.filter(({ projectId }) => projectId === 'prj_3')).toHaveLength(9);
});

test('who was faster is no reason to ask again', async () => {
  const { run, asked, over } = start(() => refuse('ALREADY_HANDED_OVER', { by: 'acc_b', to: 'acc_c' }), { all: projects.slice(0, 1) });
  await over();
  expect(asked).toHaveLength(1);
  expect(run.steps()[0]).toMatchObject({ state: 'refused', failure: { details: { by: 'acc_b', to: 'acc_c' } } });
});

test('the successor is told before each handover, once however often it is asked for', async () => {
  let failures = 2;
  const { told, over } = start(() => (failures-- > 0 ? refuse('OFFLINE') : undefined));
  await over();
  expect(told).toEqual(['prj_a mid of prj_a before 1', 'prj_b mid of prj_b before 4']);
});

test('a project that nobody had begun goes on from whoever begins it, and what nobody has kept is said', async () => {
  const { run, asked, over } = start(() => {}, { instead: 'acc_me', missing: 3, all: projects.slice(0, 1) });
  await over();
  expect(asked).toEqual([{ projectId: 'prj_a', from: 'acc_me', to: 'acc_next' }]);
  expect(run.steps()[0]).toMatchObject({ state: 'done', missing: 3 });
});

describe('a successor who has not signed in yet', () => {
  const invited = newId('invitation');

  test('is waited for: the project is planned for them, and told of', async () => {
    const { planned, asked, told, over, states, kept } = start(() => {}, { to: invited, all: projects.slice(0, 1) });
    await over();
    expect(states()).toEqual(['planned']);
    expect(planned).toEqual([{ projectId: 'prj_a', from: 'acc_gone', to: invited }]);
    expect([asked, told]).toEqual([[], ['prj_a mid of prj_a before 1']]);
    expect(kept.at(-1)).toBeNull();
  });

  test('the predecessor’s access is taken away at once: the viewer has the project in between', async () => {
    const { planned, asked, over } = start(() => {}, { to: invited, through: 'acc_me', all: projects.slice(0, 1) });
    await over();
    expect(asked).toEqual([{ projectId: 'prj_a', from: 'acc_gone', to: 'acc_me' }]);
    expect(planned).toEqual([{ projectId: 'prj_a', from: 'acc_me', to: invited }]);
  });

  test('with an account, and no device in the firm’s log yet, is waited for too', async () => {
    const { planned, over, states } = start(() => refuse('UNKNOWN_MEMBER'), { all: projects.slice(0, 1) });
    await over();
    expect(states()).toEqual(['planned']);
    expect(planned).toEqual([{ projectId: 'prj_a', from: 'acc_gone', to: 'acc_next' }]);
  });

  test('where another handover waits already, it says so', async () => {
    const { run, over } = start(() => {}, { to: invited, all: projects.slice(0, 1), plan: () => refuse('HANDOVER_PLANNED') });
    await over();
    expect(run.steps()[0]).toMatchObject({ state: 'refused', failure: { code: 'HANDOVER_PLANNED' } });
  });
});
