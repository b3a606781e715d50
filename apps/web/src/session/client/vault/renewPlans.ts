import type { OpenedAccount, OrganisationLog, OrganisationState, ProjectState } from '@baton/vault';
import type { Clock } from '@baton/base';
import type { ProjectAnswer, VaultServer } from '../../server/vaultServer.ts';
import type { Vault } from '../dependencies.ts';
import type { ProjectVaults } from './projectVaults.ts';

interface Dependencies {
  vault: Pick<Vault, 'renewHandoverPlan' | 'verifyHandoverPlan'>;
  server: Pick<VaultServer, 'projects' | 'planHandover'>;
  account: Pick<OpenedAccount, 'secrets' | 'keys'>;
  organisationLog: Pick<OrganisationLog, 'refresh'>;
  projects: Pick<ProjectVaults, 'log'>;
  clock: Clock;
  report(problem: unknown): void;
}

/** A waiting plan, and what it is held against. */
interface Waiting {
  plan: unknown;
  state: ProjectState;
  organisation: OrganisationState;
}

async function waitingPlan({ organisationLog, projects }: Dependencies, { id, handoverPlan }: ProjectAnswer): Promise<Waiting | null> {
  const organisation = await organisationLog.refresh();
  const state = await (await projects.log(id)).refresh();
  return handoverPlan === null || organisation === null || state === null ? null : { plan: handoverPlan.plan, state, organisation };
}

async function renew({ vault, server, account, clock }: Dependencies, projectId: string, { plan, state, organisation }: Waiting): Promise<void> {
  const by = { account: account.secrets.account, keys: account.keys, now: clock.now() };
  await server.planHandover(projectId, vault.renewHandoverPlan(by, plan, state, organisation));
}

/** Plans in the viewer's name what somebody planned who may decide nothing any more. Throws what the vault and the API refuse. */
export async function renewPlan(deps: Dependencies, projectId: string): Promise<void> {
  const project = (await deps.server.projects()).find(({ id }) => id === projectId);
  const waiting = project && (await waitingPlan(deps, project));
  if (waiting) await renew(deps, projectId, waiting);
}

/**
 * Plans in the viewer's name what a colleague has planned whose account is about to end: as long as they are in the firm, it is
 * certain that they decided it. What can't be renewed now waits for somebody's word on the project's page.
 */
export async function renewPlansOf(deps: Dependencies, leaver: string): Promise<void> {
  for (const project of await deps.server.projects()) {
    try {
      const waiting = project.handoverPlan && (await waitingPlan(deps, project));
      if (!waiting || signerOf(waiting.plan) !== leaver) continue;
      deps.vault.verifyHandoverPlan(waiting.plan, waiting.state, waiting.organisation);
      await renew(deps, project.id, waiting);
    } catch (error) {
      deps.report(error);
    }
  }
}

const signerOf = (plan: unknown): unknown => (plan as { statement?: { actor?: unknown } } | null)?.statement?.actor;
