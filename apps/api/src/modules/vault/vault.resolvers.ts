import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { organisationLogAfter } from '../organisations/organisations.ts';
import { coverageOf, gapsOf } from './coverage/coverage.ts';
import { checkDeposits } from './deposits/checkDeposits.ts';
import { depositSessions } from './deposits/depositSessions.ts';
import { depositsAfter, newestDeposits } from './deposits/readDeposits.ts';
import { appendProjectLog } from './log/appendProjectLog.ts';
import { projectLogAfter } from './log/readLogs.ts';
import { cancelHandoverPlan } from './plans/cancelHandoverPlan.ts';
import { planHandover } from './plans/planHandover.ts';
import { vaultLoaders } from './vault.loaders.ts';
import { teamRooms, vaultOfConversation } from './vault.ts';

export const vaultModule: ApiModule = {
  resolvers: {
    Query: {
      conversationVault: (_root, { conversationId }, ctx) => vaultOfConversation(ctx, conversationId),
      teamRooms: (_root, _args, ctx) => teamRooms(ctx),
    },
    Mutation: {
      appendProjectLog: (_root, { input }, ctx) =>
        payload({ project: null }, async () => ({ project: await appendProjectLog(ctx, input, ['genesis', 'roster', 'rotate']) })),
      handOverProject: (_root, { input }, ctx) => payload({ project: null }, async () => ({ project: await appendProjectLog(ctx, input, ['handover']) })),
      planHandover: (_root, { input }, ctx) => payload({ project: null }, async () => ({ project: await planHandover(ctx, input) })),
      cancelHandoverPlan: (_root, { input }, ctx) => payload({ project: null }, async () => ({ project: await cancelHandoverPlan(ctx, input.projectId) })),
      depositSessions: (_root, { input }, ctx) =>
        payload({ deposited: false }, async () => {
          await depositSessions(ctx, input);
          return { deposited: true };
        }),
      checkDeposits: (_root, { input }, ctx) =>
        payload({ checked: false }, async () => {
          await checkDeposits(ctx, input);
          return { checked: true };
        }),
    },
    ProjectVault: {
      log: ({ projectId }, { after }, ctx) => ctx.read((tx) => projectLogAfter(tx, projectId, after)),
      deposits: ({ projectId }, args, ctx) => depositsAfter(ctx, projectId, args),
      newestDeposits: ({ projectId }, args, ctx) => newestDeposits(ctx, projectId, args),
      coverage: (vault, _args, ctx) => coverageOf(ctx, vault),
    },
    VaultCoverage: { gaps: (coverage, { first }, ctx) => gapsOf(ctx, coverage, first) },
    // As nobody: a candidate may read neither table. That they may have these logs was decided with the vault.
    CandidateVault: {
      log: ({ projectId }, { after }, { services }) => services.system.read((tx) => projectLogAfter(tx, projectId, after)),
      organisationLog: ({ organisationId }, { after }, { services }) => services.system.read((tx) => organisationLogAfter(tx, organisationId, after)),
    },
  },
  loaders: vaultLoaders,
};
