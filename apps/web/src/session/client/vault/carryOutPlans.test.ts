import { BatonError } from '@baton/base';
import type { LineContext, ProjectState } from '@baton/vault';
import { expect, test, vi } from 'vitest';
import { carryOutPlans } from './carryOutPlans.ts';

interface Options {
  /** Of the viewer in the project; null: not on it. */
  role?: 'lead' | 'member' | null;
  firmRole?: string;
  /** Account of the successor; null: they have not come. */
  to?: string | null;
  verify?: () => never;
  make?: () => never;
}

/** A project that Lena is to give away, as the client of `me` sees it. */
function scene({ role = 'lead', firmRole = 'consultant', to = 'nora', verify, make }: Options = {}) {
  const members = Object.fromEntries(['me', 'lena', 'nora'].map((id) => [id, { identity: { role: id === 'me' ? firmRole : 'consultant' }, revokedAt: null }]));
  const roster = [{ account: 'lena', role: 'lead' }, ...(role ? [{ account: 'me', role }] : [])];
  const found = { organisation: 'firm', roster, gone: {}, changes: [] } as unknown as ProjectState;
  const lines: unknown[] = [];
  const problems: unknown[] = [];
  const deps = {
    vault: {
      verifyHandoverPlan: verify ?? ((plan: unknown) => (plan === 'signed' ? { from: 'lena', to } : Promise.reject(new Error('another plan')))),
      makeHandover: make ?? ((_: unknown, __: unknown, order: object) => order),
    } as never,
    server: { projects: async () => [{ id: 'prj', handoverPlan: { plan: 'signed' }, members: roster.map(({ account }) => ({ member: { id: account } })) }] as never },
    account: { secrets: { account: 'me' } } as never,
    organisationLog: { refresh: vi.fn() },
    projects: {
      log: async () => ({ refresh: async () => found }) as never,
      change: async (_: string, build: (state: ProjectState, context: LineContext) => unknown) => void lines.push(build(found, { organisation: { members } } as unknown as LineContext)),
    } as never,
    report: (problem: unknown) => void problems.push(problem),
  };
  return { run: () => carryOutPlans(deps), lines, problems };
}
const refuse = (code: string) => (): never => {
  throw new BatonError(code);
};

test('a lead’s client hands over to whoever has come', async () => {
  const { run, lines } = scene();
  await run();
  expect(lines).toEqual([{ from: 'lena', to: 'nora' }]);
});

test('so does that of a partner who is on the project', async () => {
  const { run, lines } = scene({ role: 'member', firmRole: 'partner' });
  await run();
  expect(lines).toEqual([{ from: 'lena', to: 'nora' }]);
});

test.each<[string, Options, unknown[]]>([
  ['who has not come', { to: null }, [null]],
  ['by a member who does not lead', { role: 'member' }, [null]],
  ['by who is not on the project', { role: null, firmRole: 'partner' }, []],
])('nothing is handed over to or by somebody: %s', async (_, options, expected) => {
  const { run, lines } = scene(options);
  await run();
  expect(lines).toEqual(expected);
});

test('a plan that does not hold is reported, and none that has come to nothing', async () => {
  for (const [code, told] of [['BAD_SIGNATURE', 1], ['NOT_LEAD', 1], ['PLAN_OUTDATED', 0]] as const) {
    const { run, lines, problems } = scene({ verify: refuse(code) });
    await run();
    expect([lines, problems.length], code).toEqual([[], told]);
  }
});

test('where a colleague was faster all is well', async () => {
  const { run, problems } = scene({ make: refuse('ALREADY_HANDED_OVER') });
  await run();
  expect(problems).toEqual([]);
});
