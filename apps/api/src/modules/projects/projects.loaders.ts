import type { MercuriusLoaders } from 'mercurius';
import { keysOf, manyEach, oneEach } from '../../platform/graphql/batch.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import { accountsById } from '../accounts/accounts.ts';
import { companiesByIds } from '../companies/companies.ts';
import { boardStages, membersOfProjects } from './projects.ts';
import type { ProjectMemberRow, SeenProject } from './projects.table.ts';

type Queries = { obj: SeenProject }[];

const idOf = ({ obj }: Queries[number]): string => obj.id;
const clientOf = ({ obj }: Queries[number]): string => obj.clientId;

export const projectLoaders: MercuriusLoaders = {
  Project: {
    client: async (queries: Queries, ctx: ApiContext) =>
      oneEach(queries, clientOf, await ctx.read((tx) => companiesByIds(tx, member(ctx), keysOf(queries, clientOf))), (row) => row.id),
    stages: async (queries: Queries, ctx: ApiContext) =>
      manyEach(queries, idOf, await ctx.read((tx) => boardStages(tx, member(ctx), keysOf(queries, idOf))), (row) => row.projectId),
    members: async (queries: Queries, ctx: ApiContext) =>
      manyEach(queries, idOf, await ctx.read((tx) => membersOfProjects(tx, member(ctx), keysOf(queries, idOf))), (row) => row.projectId),
  },
  ProjectMember: {
    member: async (queries: { obj: ProjectMemberRow }[], ctx: ApiContext) => {
      const accounts = await accountsById(ctx, queries.map(({ obj }) => obj.accountId));
      return queries.map(({ obj }) => accounts.get(obj.accountId) ?? null);
    },
  },
};
