import type { MercuriusLoaders } from 'mercurius';
import { keysOf, oneEach } from '../../platform/graphql/batch.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import { accountsById } from '../accounts/accounts.ts';
import type { AccountRow } from '../accounts/accounts.table.ts';
import { membersOfProjects } from '../projects/projects.ts';
import type { ConversationRow } from '../conversations/conversations.table.ts';
import { teamsOf } from '../conversations/teamRooms.ts';
import type { SeenProject } from '../projects/projects.table.ts';
import { everybodyOn } from './log/readLogs.ts';
import { vaultsOf, type TeamRoomRow } from './vault.ts';

const idOf = ({ obj }: { obj: SeenProject }): string => obj.id;
const projectOf = ({ obj }: { obj: TeamRoomRow }): string => obj.projectId;

export const vaultLoaders: MercuriusLoaders = {
  Conversation: {
    formerTeam: async (queries: { obj: ConversationRow }[], { services: { system } }: ApiContext) => {
      // As nobody: candidates read no log, and nobody sees colleagues who have left the firm.
      const rosters = await system.read((tx) => everybodyOn(tx, queries.map(({ obj }) => obj.projectId)));
      const teams = await system.read((tx) => teamsOf(tx, queries.map(({ obj }) => obj.id)));
      const people = await accountsById(system, [...rosters.values()].flat());
      return queries.map(({ obj }) => (rosters.get(obj.projectId) ?? []).filter((id) => !teams.get(obj.id)?.includes(id)).flatMap((id) => people.get(id) ?? []));
    },
  },
  Project: {
    vault: async (queries: { obj: SeenProject }[], ctx: ApiContext) =>
      oneEach(queries, idOf, await ctx.read((tx) => vaultsOf(tx, keysOf(queries, idOf))), (vault) => vault.projectId),
  },
  TeamRoom: {
    team: async (queries: { obj: TeamRoomRow }[], ctx: ApiContext) => {
      const members = await ctx.read((tx) => membersOfProjects(tx, member(ctx), keysOf(queries, projectOf)));
      const people = await accountsById(ctx, members.map((row) => row.accountId));
      const works = (account: AccountRow | undefined): account is AccountRow => account !== undefined && account.endedAt === null;
      return queries.map(({ obj }) => members.filter((row) => row.projectId === obj.projectId).map((row) => people.get(row.accountId)).filter(works));
    },
  },
};
