import { isBatonError } from '@baton/base';
import type { OpenedAccount, OrganisationLog, OrganisationState, ProjectState } from '@baton/vault';
import type { VaultServer } from '../../server/vaultServer.ts';
import type { Vault } from '../dependencies.ts';
import { isToBeHandedOver } from './handOver.ts';
import type { ProjectVaults } from './projectVaults.ts';

interface Dependencies {
  vault: Pick<Vault, 'verifyHandoverPlan' | 'makeHandover'>;
  server: Pick<VaultServer, 'projects'>;
  account: Pick<OpenedAccount, 'secrets'>;
  organisationLog: Pick<OrganisationLog, 'refresh'>;
  projects: Pick<ProjectVaults, 'log' | 'change'>;
  report(problem: unknown): void;
}

/** Somebody else did it, or it came to nothing: the project's page says so. */
const settled = ['ALREADY_HANDED_OVER', 'PREDECESSOR_NOT_ON_TEAM', 'PLAN_OUTDATED', 'EPOCH_CLOSED', 'NOT_FOUND'];

/**
 * Hands over what was planned for a colleague who has signed in by now, as far as the viewer may and can: leads, and partners who
 * are on the project. The plan's signature and the firm's log decide, not the server's word. Several clients may do it at once:
 * the log takes one.
 */
export async function carryOutPlans({ vault, server, account, organisationLog, projects, report }: Dependencies): Promise<void> {
  const planned = (await server.projects()).filter(({ handoverPlan, members }) => handoverPlan !== null && members.some(({ member }) => member.id === account.secrets.account));
  if (planned.length === 0) return;
  await organisationLog.refresh();
  for (const { id, handoverPlan } of planned) {
    try {
      await (await projects.log(id)).refresh();
      await projects.change(id, (found, context) => {
        const plan = vault.verifyHandoverPlan(handoverPlan?.plan, found, context.organisation);
        if (plan.to === null || !mayChange(found, context.organisation, account.secrets.account)) return null;
        const order = { from: plan.from, to: plan.to };
        return isToBeHandedOver(found, context.organisation, order) ? vault.makeHandover(context, found, order) : null;
      });
    } catch (error) {
      if (!settled.some((code) => isBatonError(error, code))) report(error);
    }
  }
}

const mayChange = ({ roster }: ProjectState, { members }: OrganisationState, account: string): boolean =>
  members[account]?.identity.role === 'partner' || roster.some((entry) => entry.account === account && entry.role === 'lead');
