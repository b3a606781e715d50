import type { RecordProjectExportInput } from '../../../generated/resolvers.ts';
import { deny } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { record } from '../../audit/audit.ts';
import { canExport } from '../projects.policy.ts';
import { projectById } from '../projects.ts';

/** Keeps in the audit log that a partner on the project is about to take it out as an archive: each time anew. */
export async function recordProjectExport(ctx: ApiContext, { projectId }: RecordProjectExportInput): Promise<void> {
  const viewer = member(ctx);
  await ctx.write(async (tx, unit) => {
    const project = await projectById(tx, viewer, projectId);
    if (!canExport(viewer, project)) deny('FORBIDDEN');
    record(unit, viewer, 'PROJECT_EXPORTED', projectId);
  });
}
