import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { changes } from './changes.ts';

export const changesModule: ApiModule = {
  resolvers: {
    Subscription: {
      changes: {
        subscribe: (_root, _args, ctx) => changes(ctx),
        resolve: (event: unknown) => event as never,
      },
    },
  },
};
