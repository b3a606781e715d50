import { and, asc, count, desc, eq, inArray, type SQL } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { visibleProjects } from '../projects/projects.ts';
import { candidacies, stageEvents, type CandidacyRow, type StageEventRow } from './candidacies.table.ts';

export { putIntoProject, putManyIntoProject } from './commands/putIntoProject.ts';

async function seenCandidacies(tx: Tx, viewer: MemberViewer, condition: SQL): Promise<CandidacyRow[]> {
  return tx
    .select()
    .from(candidacies)
    .where(and(eq(candidacies.organisationId, viewer.organisationId), condition, visibleProjects(viewer, candidacies.projectId)))
    .orderBy(desc(candidacies.stageSince), desc(candidacies.id));
}

/** Those of these candidacies whose project the viewer sees. */
export async function candidaciesByIds(tx: Tx, viewer: MemberViewer, ids: readonly string[]): Promise<CandidacyRow[]> {
  return ids.length === 0 ? [] : seenCandidacies(tx, viewer, inArray(candidacies.id, [...ids]));
}

/** Candidacies of these people in projects that the viewer sees, the last moved first. */
export async function candidaciesOfPeople(tx: Tx, viewer: MemberViewer, personIds: readonly string[]): Promise<CandidacyRow[]> {
  return personIds.length === 0 ? [] : seenCandidacies(tx, viewer, inArray(candidacies.personId, [...personIds]));
}

/** Candidacies in these projects, as far as the viewer sees them, the last moved first. */
export async function candidaciesOfProjects(tx: Tx, viewer: MemberViewer, projectIds: readonly string[]): Promise<CandidacyRow[]> {
  return projectIds.length === 0 ? [] : seenCandidacies(tx, viewer, inArray(candidacies.projectId, [...projectIds]));
}

/** How many candidacies each of these projects has. */
export async function countCandidacies(tx: Tx, viewer: MemberViewer, projectIds: readonly string[]): Promise<Map<string, number>> {
  if (projectIds.length === 0) return new Map();
  const rows = await tx
    .select({ projectId: candidacies.projectId, total: count() })
    .from(candidacies)
    .where(and(eq(candidacies.organisationId, viewer.organisationId), inArray(candidacies.projectId, [...projectIds]), visibleProjects(viewer, candidacies.projectId)))
    .groupBy(candidacies.projectId);
  return new Map(rows.map((row) => [row.projectId, row.total]));
}

/** Stage events of these candidacies, in the order they happened. */
export async function historyOf(tx: Tx, viewer: MemberViewer, candidacyIds: readonly string[]): Promise<StageEventRow[]> {
  if (candidacyIds.length === 0) return [];
  return tx
    .select()
    .from(stageEvents)
    .where(and(eq(stageEvents.organisationId, viewer.organisationId), inArray(stageEvents.candidacyId, [...candidacyIds]), visibleProjects(viewer, stageEvents.projectId)))
    .orderBy(asc(stageEvents.seq));
}

/** A stage event by its id, if the viewer sees its project. */
export async function stageEventById(tx: Tx, viewer: MemberViewer, id: string): Promise<StageEventRow | undefined> {
  const [event] = await tx
    .select()
    .from(stageEvents)
    .where(and(eq(stageEvents.organisationId, viewer.organisationId), eq(stageEvents.id, id), visibleProjects(viewer, stageEvents.projectId)));
  return event;
}
