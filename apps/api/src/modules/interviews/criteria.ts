import { and, asc, eq, inArray, isNull, type SQL } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { visibleProjects } from '../projects/projects.ts';
import { criteria, type CriterionRow } from './interviews.table.ts';

async function seenCriteria(tx: Tx, viewer: MemberViewer, condition: SQL | undefined): Promise<CriterionRow[]> {
  return tx.select().from(criteria).where(and(eq(criteria.organisationId, viewer.organisationId), condition, visibleProjects(viewer, criteria.projectId))).orderBy(asc(criteria.position));
}

/** What interviewers of these projects look for, in order. */
export async function criteriaOfProjects(tx: Tx, viewer: MemberViewer, projectIds: readonly string[]): Promise<CriterionRow[]> {
  return projectIds.length === 0 ? [] : seenCriteria(tx, viewer, and(inArray(criteria.projectId, [...projectIds]), isNull(criteria.removedAt)));
}

/** Criteria by id, those that were taken off the list included: scorecards name them. */
export async function criteriaByIds(tx: Tx, viewer: MemberViewer, ids: readonly string[]): Promise<CriterionRow[]> {
  return ids.length === 0 ? [] : seenCriteria(tx, viewer, inArray(criteria.id, [...ids]));
}
