import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { appendOrganisationLog, logAfter } from './organisationLog.ts';
import { colleagues, endMemberSessions, ownOrganisation, renameOrganisation } from './organisations.ts';
import { setUpFirm } from './setUpFirm.ts';

export const organisationsModule: ApiModule = {
  resolvers: {
    Mutation: {
      setUpFirm: (_root, { input }, ctx) => payload({ signedIn: null }, async () => ({ signedIn: await setUpFirm(ctx, input) })),
      appendOrganisationLog: (_root, { input }, ctx) =>
        payload({ organisation: null }, async () => ({ organisation: await appendOrganisationLog(ctx, input.entry) })),
      renameOrganisation: (_root, { input }, ctx) =>
        payload({ organisation: null }, async () => ({ organisation: await renameOrganisation(ctx, input) })),
      endMemberSessions: (_root, { input }, ctx) =>
        payload({ member: null }, async () => ({ member: await endMemberSessions(ctx, input.memberId) })),
    },
    Organisation: {
      members: (_organisation, _args, ctx) => colleagues(ctx),
      log: (organisation, { after }, ctx) => logAfter(ctx, organisation.id, after),
    },
    Viewer: { organisation: (_viewer, _args, ctx) => ownOrganisation(ctx) },
  },
  nodes: {
    organisation: {
      type: 'Organisation',
      find: async (ctx, id) => {
        const own = await ownOrganisation(ctx);
        return own.id === id ? own : null;
      },
    },
  },
};
