import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { addPromise } from './commands/addPromise.ts';
import { settlePromise } from './commands/settlePromise.ts';
import { promiseLoaders } from './promises.loaders.ts';
import { promiseById } from './promises.ts';

export const promisesModule: ApiModule = {
  resolvers: {
    Mutation: {
      addPromise: (_root, { input }, ctx) => payload({ promise: null }, async () => ({ promise: await addPromise(ctx, input) })),
      settlePromise: (_root, { input }, ctx) => payload({ promise: null }, async () => ({ promise: await settlePromise(ctx, input) })),
    },
  },
  loaders: promiseLoaders,
  nodes: {
    promise: {
      type: 'CandidatePromise',
      find: async (ctx, id) => {
        const { viewer } = ctx;
        return viewer.kind === 'member' ? ((await ctx.read((tx) => promiseById(tx, viewer, id))) ?? null) : null;
      },
    },
  },
};
