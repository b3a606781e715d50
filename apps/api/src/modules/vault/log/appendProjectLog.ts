import { eq } from 'drizzle-orm';
import { hashOfProjectLine, type ProjectLogStatement, type Signed } from '@baton/vault/verify';
import { asNobody, type Tx } from '../../../platform/database/database.ts';
import { isUniqueViolation } from '../../../platform/database/sqlState.ts';
import { refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { lockProject, projectById, projectsByIds } from '../../projects/projects.ts';
import type { SeenProject } from '../../projects/projects.table.ts';
import { projectLog, projectVaults } from '../vault.table.ts';
import { takeEffect } from './takeEffect.ts';
import { verifyLine, type LineKind } from './verifyLine.ts';

/**
 * Appends the next line of a project's log. Leads and partners.
 *
 *   look     does it hold?
 *   room     of a genesis: the team's, made by the service account; twice is once
 *   decide   under a lock on the project: does it still hold? line, members, rooms
 *
 * Refused: what `verifyLine` refuses, MATRIX_UNAVAILABLE (a genesis).
 * @param kinds what this command takes
 * @returns the project; null when the viewer is not on it any more
 */
export async function appendProjectLog(ctx: ApiContext, input: { projectId: string; entry: unknown }, kinds: readonly LineKind[]): Promise<SeenProject | null> {
  const viewer = member(ctx);
  const { projectId, entry } = input;
  const seen = await ctx.read(async (tx) => verifyLine(ctx, tx, await projectById(tx, viewer, projectId), entry, kinds));
  const teamRoomId = seen.statement.change.type === 'genesis' ? await ctx.services.matrix.createRoom(projectId) : null;

  return ctx.write(async (tx, unit) => {
    const line = await verifyLine(ctx, tx, await lockProject(tx, viewer, projectId, 'update'), entry, kinds);
    await keepEpoch(tx, line.statement, teamRoomId);
    await insertLine(tx, line);
    await takeEffect(ctx.services, viewer, tx, unit, line.statement);
    return (await projectsByIds(tx, viewer, [projectId]))[0] ?? null;
  });
}

/** From here on what is sealed to an older epoch is refused. */
async function keepEpoch(tx: Tx, { organisation, project: projectId, epoch: { number: epoch } }: ProjectLogStatement, teamRoomId: string | null): Promise<void> {
  // As nobody: nobody changes this but through a line.
  await asNobody(tx, async () => {
    if (teamRoomId === null) await tx.update(projectVaults).set({ epoch }).where(eq(projectVaults.projectId, projectId));
    else await tx.insert(projectVaults).values({ projectId, organisationId: organisation, teamRoomId, epoch });
  });
}

async function insertLine(tx: Tx, entry: Signed<ProjectLogStatement>): Promise<void> {
  const { organisation, project, seq, prev, actor } = entry.statement;
  try {
    await tx.insert(projectLog).values({ organisationId: organisation, projectId: project, seq, prev, actor, hash: hashOfProjectLine(entry.statement), entry });
  } catch (error) {
    if (isUniqueViolation(error)) refuse('CONFLICT', 'entry');
    throw error;
  }
}
