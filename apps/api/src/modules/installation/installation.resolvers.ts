import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { needsSetUp, takesFirms } from './installation.ts';

export const installationModule: ApiModule = {
  resolvers: {
    Query: {
      installation: async (_root, _args, { services }) => ({
        needsSetUp: await needsSetUp(services),
        takesFirms: await takesFirms(services),
        matrixServerName: services.matrix.serverName,
        version: services.version,
      }),
    },
  },
};
