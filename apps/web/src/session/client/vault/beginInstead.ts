import { isBatonError } from '@baton/base';
import type { OpenedAccount, OrganisationLog } from '@baton/vault';
import type { VaultServer } from '../../server/vaultServer.ts';
import type { ProjectVaults } from './projectVaults.ts';

interface Dependencies {
  server: Pick<VaultServer, 'projects' | 'setMembers'>;
  account: Pick<OpenedAccount, 'secrets'>;
  organisationLog: Pick<OrganisationLog, 'refresh'>;
  projects: Pick<ProjectVaults, 'log' | 'ensure'>;
}

/** The team as it is can't begin its log: somebody on it has left the firm, or has never signed in. */
const teamIsIncomplete = ['REVOKED_MEMBER', 'UNKNOWN_MEMBER'];

/**
 * Sees to it that a project that is to be handed over has a log. Where its lead is gone and never began one, the viewer takes the
 * predecessor's place and begins it: partners may. What was written before and is in nobody's vault stays a gap until somebody
 * who holds it is online.
 * @returns who has the project now, to hand it over: the predecessor, or the viewer
 * Throws what `ensure` and the API refuse.
 */
export async function beginInstead({ server, account, organisationLog, projects }: Dependencies, projectId: string, from: string): Promise<string> {
  const log = await projects.log(projectId);
  if ((log.current() ?? (await log.refresh())) !== null) return from;
  try {
    if ((await projects.ensure(projectId)) !== null) return from;
  } catch (error) {
    if (!teamIsIncomplete.some((code) => isBatonError(error, code))) throw error;
  }
  const viewer = account.secrets.account;
  const organisation = await organisationLog.refresh();
  const project = (await server.projects()).find(({ id }) => id === projectId);
  if (organisation?.members[viewer]?.identity.role !== 'partner' || project === undefined) return from;
  const stay = project.members.filter(({ member: { id } }) => id !== from && id !== viewer && organisation.members[id]?.revokedAt === null);
  await server.setMembers(projectId, [...stay.map(({ member, role }) => ({ memberId: member.id, role })), { memberId: viewer, role: 'LEAD' as const }]);
  await projects.ensure(projectId);
  return viewer;
}
