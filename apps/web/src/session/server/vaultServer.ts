import { BatonError } from '@baton/base';
import type { DepositAnswer, DepositServer, HandoverPlanStatement, ProjectServer, Signed } from '@baton/vault';
import {
  SessionAppendProjectLogDocument, SessionCheckDepositsDocument, SessionConversationVaultDocument, SessionDepositSessionsDocument, SessionHandOverProjectDocument,
  SessionNewestDepositsDocument, SessionPlanHandoverDocument, SessionSetProjectMembersDocument,
  SessionProjectsDocument, SessionTeamRoomsDocument, SessionVaultCoverageDocument, SessionVaultDepositsDocument, SessionVaultLogDocument,
  type ProjectRole, type SessionProjectsQuery, type SessionTeamRoomsQuery, type SessionVaultCoverageQuery,
} from '../../generated/graphql.ts';
import type { Requester } from '../../platform/graphql/request.ts';
import { accept } from './accountServer.ts';

export type CoverageAnswer = NonNullable<NonNullable<SessionVaultCoverageQuery['project']>['vault']>['coverage'];
export type TeamRoomAnswer = SessionTeamRoomsQuery['teamRooms'][number];
export type ProjectAnswer = SessionProjectsQuery['projects'][number];

/** What somebody found when they opened another's deposit. */
export interface DepositCheck {
  number: number;
  reachesFirst: boolean;
}

/** The API's operations on projects' vaults. What has to be verified is `unknown`. Refusals are BatonErrors. */
export interface VaultServer extends ProjectServer, DepositServer {
  /** Projects that the viewer sees, with their members. */
  projects(): Promise<ProjectAnswer[]>;
  teamRooms(): Promise<TeamRoomAnswer[]>;
  /** Says who is on a project whose log has not begun, as a whole. */
  setMembers(projectId: string, members: { memberId: string; role: ProjectRole }[]): Promise<void>;
  /** Keeps a signed plan of a handover that waits for its successor. */
  planHandover(projectId: string, plan: Signed<HandoverPlanStatement>): Promise<void>;
  /** What a conversation's candidate needs of the project's log and, by which roles count, of the firm's; null while there is no vault. */
  conversationVault(conversationId: string, after: { project: number; organisation: number }): Promise<{ projectId: string; log: unknown[]; organisationLog: unknown[] } | null>;
  deposits(projectId: string, after: number, first: number): Promise<DepositAnswer[]>;
  /** All deposits of the rooms that were deposited to last, as many rooms as hold no more than `first` together. */
  newestDeposits(projectId: string, first: number): Promise<DepositAnswer[]>;
  check(projectId: string, checks: DepositCheck[]): Promise<void>;
  coverage(projectId: string): Promise<CoverageAnswer | null>;
}

/** The same over GraphQL. */
export function makeVaultServer(request: Requester): VaultServer {
  return {
    projects: async () => (await request(SessionProjectsDocument)).projects,
    teamRooms: async () => (await request(SessionTeamRoomsDocument)).teamRooms,
    setMembers: async (projectId, members) => accept((await request(SessionSetProjectMembersDocument, { input: { projectId, members } })).setProjectMembers),
    planHandover: async (projectId, plan) => accept((await request(SessionPlanHandoverDocument, { input: { projectId, plan } })).planHandover),
    projectLog: async (projectId, after) => {
      const { project } = await request(SessionVaultLogDocument, { projectId, after });
      // No project is not an empty log: that would be taken for a rollback.
      if (project === null) throw new BatonError('NOT_FOUND');
      return project.vault?.log ?? [];
    },
    appendProjectLog: async (entry) => {
      const input = { projectId: entry.statement.project, entry };
      if (entry.statement.change.type === 'handover') accept((await request(SessionHandOverProjectDocument, { input })).handOverProject);
      else accept((await request(SessionAppendProjectLogDocument, { input })).appendProjectLog);
    },
    conversationVault: async (conversationId, { project, organisation }) =>
      (await request(SessionConversationVaultDocument, { conversationId, after: project, organisationAfter: organisation })).conversationVault,
    depositSessions: async (projectId, deposits) => accept((await request(SessionDepositSessionsDocument, { input: { projectId, deposits: [...deposits] } })).depositSessions),
    deposits: async (projectId, after, first) => (await request(SessionVaultDepositsDocument, { projectId, after, first })).project?.vault?.deposits ?? [],
    newestDeposits: async (projectId, first) => (await request(SessionNewestDepositsDocument, { projectId, first })).project?.vault?.newestDeposits ?? [],
    check: async (projectId, checks) => accept((await request(SessionCheckDepositsDocument, { input: { projectId, checks } })).checkDeposits),
    coverage: async (projectId) => (await request(SessionVaultCoverageDocument, { projectId })).project?.vault?.coverage ?? null,
  };
}
