import { BatonError } from '@baton/base';
import { expect, test } from 'vitest';
import { renewPlan, renewPlansOf } from './renewPlans.ts';

const planBy = (actor: string, to: string) => ({ statement: { actor, to } });

/** Projects with plans that wait, as a partner's client sees them. */
function scene(plans: Record<string, object | null>, refused: Record<string, string> = {}) {
  const sent: [string, unknown][] = [];
  const problems: unknown[] = [];
  const deps: Parameters<typeof renewPlan>[0] = {
    vault: {
      verifyHandoverPlan: ({ statement: { to } }: ReturnType<typeof planBy>) => {
        if (refused[to]) throw new BatonError(refused[to]);
        return { from: 'lena', to: null };
      },
      renewHandoverPlan: ({ account }: { account: string }, plan: ReturnType<typeof planBy>) => planBy(account, plan.statement.to),
    } as never,
    server: {
      projects: async () => Object.entries(plans).map(([id, plan]) => ({ id, handoverPlan: plan && { plan } })) as never,
      planHandover: async (projectId, plan) => void sent.push([projectId, plan]),
    },
    account: { secrets: { account: 'mei' }, keys: {} } as never,
    organisationLog: { refresh: async () => ({}) as never },
    projects: { log: async () => ({ refresh: async () => ({}) }) as never },
    clock: { now: () => 0 },
    report: (problem) => void problems.push(problem),
  };
  return { deps, sent, problems };
}

test('a plan that waits is planned in the viewer’s name', async () => {
  const { deps, sent } = scene({ treasury: planBy('lena', 'nora'), plant: planBy('lena', 'nora') });
  await renewPlan(deps, 'treasury');
  expect(sent).toEqual([['treasury', planBy('mei', 'nora')]]);
});

test('where none waits nothing is planned', async () => {
  const { deps, sent } = scene({ treasury: null });
  await renewPlan(deps, 'treasury');
  await renewPlan(deps, 'gone');
  expect(sent).toEqual([]);
});

test('of a colleague whose account ends, only what they planned themselves, and what holds', async () => {
  const { deps, sent, problems } = scene(
    { forged: planBy('lena', 'eve'), treasury: planBy('lena', 'nora'), plant: planBy('ruth', 'nora'), site: null },
    { eve: 'BAD_SIGNATURE' },
  );
  await renewPlansOf(deps, 'lena');
  expect(sent).toEqual([['treasury', planBy('mei', 'nora')]]);
  expect(problems).toEqual([expect.objectContaining({ code: 'BAD_SIGNATURE' })]);
});
