import { and, asc, desc, eq, inArray, isNull, sql, type Column, type SQL } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import { deny } from '../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { projectVaults } from '../vault/vault.table.ts';
import { canSee } from './projects.policy.ts';
import { projectMembers, projects, stages, type ProjectMemberRow, type SeenProject, type StageRow } from './projects.table.ts';

/** Condition that a column names a project that the viewer sees: `canSee`, for the database. */
export function visibleProjects(viewer: MemberViewer, projectId: Column): SQL {
  if (viewer.role === 'PARTNER') return sql`true`;
  return sql`${projectId} in (select pm.project_id from project_members pm where pm.account_id = ${viewer.accountId})`;
}

const columns = {
  id: projects.id,
  organisationId: projects.organisationId,
  name: projects.name,
  clientId: projects.clientId,
  publicTitle: projects.publicTitle,
  version: projects.version,
  createdBy: projects.createdBy,
  createdAt: projects.createdAt,
  archivedAt: projects.archivedAt,
  viewerRole: projectMembers.role,
  hasVault: sql<boolean>`${projectVaults.projectId} is not null`,
};

async function seenProjects(tx: Tx, viewer: MemberViewer, condition: SQL | undefined): Promise<SeenProject[]> {
  const rows = await tx
    .select(columns)
    .from(projects)
    .leftJoin(projectMembers, and(eq(projectMembers.projectId, projects.id), eq(projectMembers.accountId, viewer.accountId)))
    .leftJoin(projectVaults, eq(projectVaults.projectId, projects.id))
    .where(and(eq(projects.organisationId, viewer.organisationId), condition))
    .orderBy(desc(projects.createdAt), desc(projects.id));
  return rows.filter((row) => canSee(viewer, row));
}

/** Projects that the viewer sees, newest first. */
export async function listProjects(ctx: ApiContext, includeArchived: boolean): Promise<SeenProject[]> {
  const viewer = member(ctx);
  return ctx.read((tx) => seenProjects(tx, viewer, includeArchived ? undefined : isNull(projects.archivedAt)));
}

/** Those of these projects that the viewer sees. */
export async function projectsByIds(tx: Tx, viewer: MemberViewer, ids: readonly string[]): Promise<SeenProject[]> {
  return ids.length === 0 ? [] : seenProjects(tx, viewer, inArray(projects.id, [...ids]));
}

/** The project, if the viewer sees it; else NOT_FOUND. */
export async function projectById(tx: Tx, viewer: MemberViewer, id: string): Promise<SeenProject> {
  return (await projectsByIds(tx, viewer, [id]))[0] ?? deny('NOT_FOUND');
}

/** The same, and nobody changes its stages, archive or members before this transaction ends. */
export async function lockProject(tx: Tx, viewer: MemberViewer, id: string, strength: 'update' | 'share'): Promise<SeenProject> {
  await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, id)).for(strength);
  return projectById(tx, viewer, id);
}

/** Stages on the boards of these projects, in order. */
export async function boardStages(tx: Tx, viewer: MemberViewer, projectIds: readonly string[]): Promise<StageRow[]> {
  if (projectIds.length === 0) return [];
  return tx
    .select()
    .from(stages)
    .where(and(eq(stages.organisationId, viewer.organisationId), inArray(stages.projectId, [...projectIds]), isNull(stages.removedAt), visibleProjects(viewer, stages.projectId)))
    .orderBy(asc(stages.position));
}

/** Stages by id, those that were taken off the board included: a history names them. */
export async function stagesByIds(tx: Tx, viewer: MemberViewer, ids: readonly string[]): Promise<StageRow[]> {
  if (ids.length === 0) return [];
  return tx.select().from(stages).where(and(eq(stages.organisationId, viewer.organisationId), inArray(stages.id, [...ids]), visibleProjects(viewer, stages.projectId)));
}

/** Members of these projects: leads first, then in the order they joined. */
export async function membersOfProjects(tx: Tx, viewer: MemberViewer, projectIds: readonly string[]): Promise<ProjectMemberRow[]> {
  if (projectIds.length === 0) return [];
  return tx
    .select()
    .from(projectMembers)
    .where(and(eq(projectMembers.organisationId, viewer.organisationId), inArray(projectMembers.projectId, [...projectIds]), visibleProjects(viewer, projectMembers.projectId)))
    .orderBy(asc(projectMembers.role), asc(projectMembers.joinedAt), asc(projectMembers.accountId));
}
