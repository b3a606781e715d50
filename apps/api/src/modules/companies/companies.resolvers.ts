import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { companiesByIds, completeCompanies } from './companies.ts';

export const companiesModule: ApiModule = {
  resolvers: {
    Query: { companies: (_root, { first, search }, ctx) => completeCompanies(ctx, first, search ?? '') },
  },
  nodes: {
    company: {
      type: 'Company',
      find: async (ctx, id) => {
        const { viewer } = ctx;
        return viewer.kind === 'member' ? ((await ctx.read((tx) => companiesByIds(tx, viewer, [id])))[0] ?? null) : null;
      },
    },
  },
};
