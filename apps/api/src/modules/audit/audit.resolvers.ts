import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { auditLog, brokenAt, countEntries, namesIn } from './auditLog.ts';

export const auditModule: ApiModule = {
  resolvers: {
    Query: { auditLog: (_root, args, ctx) => auditLog(ctx, args) },
    AuditEntryConnection: {
      names: (page, _args, ctx) => namesIn(ctx, page),
      totalCount: (_page, _args, ctx) => countEntries(ctx),
      brokenAt: (_page, _args, ctx) => brokenAt(ctx),
    },
  },
};
