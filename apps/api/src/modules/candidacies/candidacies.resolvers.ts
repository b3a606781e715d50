import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { member } from '../../platform/graphql/context.ts';
import { candidacyLoaders } from './candidacies.loaders.ts';
import { candidaciesByIds, stageEventById } from './candidacies.ts';
import { addCandidacy } from './commands/addCandidacy.ts';
import { moveCandidacy } from './commands/moveCandidacy.ts';

export const candidaciesModule: ApiModule = {
  resolvers: {
    Query: {
      candidacy: async (_root, { id }, ctx) => {
        const viewer = member(ctx);
        return (await ctx.read((tx) => candidaciesByIds(tx, viewer, [id])))[0] ?? null;
      },
    },
    Mutation: {
      addCandidacy: (_root, { input }, ctx) => payload({ candidacy: null }, async () => ({ candidacy: await addCandidacy(ctx, input) })),
      moveCandidacy: (_root, { input }, ctx) => payload({ candidacy: null }, async () => ({ candidacy: await moveCandidacy(ctx, input) })),
    },
  },
  loaders: candidacyLoaders,
  nodes: {
    candidacy: {
      type: 'Candidacy',
      find: async (ctx, id) => {
        const { viewer } = ctx;
        return viewer.kind === 'member' ? ((await ctx.read((tx) => candidaciesByIds(tx, viewer, [id])))[0] ?? null) : null;
      },
    },
    stageEvent: {
      type: 'StageEvent',
      find: async (ctx, id) => {
        const { viewer } = ctx;
        return viewer.kind === 'member' ? ((await ctx.read((tx) => stageEventById(tx, viewer, id))) ?? null) : null;
      },
    },
  },
};
