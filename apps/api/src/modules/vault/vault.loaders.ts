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
import { plansThatCount } from './plans/plansThatCount.ts';
import { successorsOf, type Successor } from './plans/successors.ts';
import { plansOf, vaultsOf, type TeamRoomRow } from './vault.ts';
import type { PlanRow } from './vault.table.ts';

const successorsIn = async (queries: { obj: PlanRow }[], ctx: ApiContext): Promise<(Successor | undefined)[]> => {
  const named = queries.map(({ obj }) => obj.plan.statement.to);
  const found = await ctx.read((tx) => successorsOf(tx, member(ctx).organisationId, named, ctx.services.clock.now()));
  return named.map((id) => found.get(id));
};
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
    handoverPlan: async (queries: { obj: SeenProject }[], ctx: ApiContext) =>
      oneEach(queries, idOf, await ctx.read((tx) => plansOf(tx, keysOf(queries, idOf))), (plan) => plan.projectId),
    vault: async (queries: { obj: SeenProject }[], ctx: ApiContext) =>
      oneEach(queries, idOf, await ctx.read((tx) => vaultsOf(tx, keysOf(queries, idOf))), (vault) => vault.projectId),
  },
  HandoverPlan: {
    // As nobody: not everybody sees colleagues who have left the firm.
    from: async (queries: { obj: PlanRow }[], { services: { system } }: ApiContext) => {
      const people = await accountsById(system, queries.map(({ obj }) => obj.plan.statement.from));
      return queries.map(({ obj }) => people.get(obj.plan.statement.from) ?? null);
    },
    plannedBy: async (queries: { obj: PlanRow }[], { services: { system } }: ApiContext) => {
      const people = await accountsById(system, queries.map(({ obj }) => obj.actorId));
      return queries.map(({ obj }) => people.get(obj.actorId) ?? null);
    },
    counts: async (queries: { obj: PlanRow }[], ctx: ApiContext) => {
      const counting = await ctx.read((tx) => plansThatCount(tx, queries.map(({ obj }) => obj.projectId)));
      return queries.map(({ obj }) => counting.has(obj.projectId));
    },
    successorName: async (queries: { obj: PlanRow }[], ctx: ApiContext) => (await successorsIn(queries, ctx)).map((successor) => successor?.name ?? ''),
    invitationState: async (queries: { obj: PlanRow }[], ctx: ApiContext) => (await successorsIn(queries, ctx)).map((successor) => successor?.invitationState ?? null),
  },
  TeamRoom: {
    formerTeam: async (queries: { obj: TeamRoomRow }[], ctx: ApiContext) => {
      const [rosters, members] = await Promise.all([
        ctx.read((tx) => everybodyOn(tx, keysOf(queries, projectOf))), ctx.read((tx) => membersOfProjects(tx, member(ctx), keysOf(queries, projectOf))),
      ]);
      const isOn = new Set(members.map((row) => `${row.projectId} ${row.accountId}`));
      // As nobody: nobody sees colleagues who have left the firm.
      const people = await accountsById(ctx.services.system, [...rosters.values()].flat());
      return queries.map(({ obj }) => (rosters.get(obj.projectId) ?? []).filter((id) => !isOn.has(`${obj.projectId} ${id}`)).flatMap((id) => people.get(id) ?? []));
    },
    team: async (queries: { obj: TeamRoomRow }[], ctx: ApiContext) => {
      const members = await ctx.read((tx) => membersOfProjects(tx, member(ctx), keysOf(queries, projectOf)));
      const people = await accountsById(ctx, members.map((row) => row.accountId));
      const works = (account: AccountRow | undefined): account is AccountRow => account !== undefined && account.endedAt === null;
      return queries.map(({ obj }) => members.filter((row) => row.projectId === obj.projectId).map((row) => people.get(row.accountId)).filter(works));
    },
  },
};
