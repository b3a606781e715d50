import { and, asc, desc, eq, inArray, ne, sql, type SQL } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { visibleProjects } from '../projects/projects.ts';
import { promises, type PromiseRow } from './promises.table.ts';

async function seenPromises(tx: Tx, viewer: MemberViewer, condition: SQL | undefined): Promise<PromiseRow[]> {
  return tx
    .select()
    .from(promises)
    .where(and(eq(promises.organisationId, viewer.organisationId), condition, visibleProjects(viewer, promises.projectId)))
    // PostgreSQL sorts false before true, and in ascending order what is null last: no date named, not settled.
    .orderBy(sql`${promises.state} <> 'OPEN'`, desc(promises.settledAt), asc(promises.dueOn), asc(promises.promisedAt), asc(promises.id));
}

/** A promise by its id, if the viewer sees its project; one that was taken back too. */
export async function promiseById(tx: Tx, viewer: MemberViewer, id: string): Promise<PromiseRow | undefined> {
  return (await seenPromises(tx, viewer, eq(promises.id, id)))[0];
}

/** What stands with these candidacies: open promises, the earliest due first, then those kept, the last first. */
export async function promisesOf(tx: Tx, viewer: MemberViewer, candidacyIds: readonly string[]): Promise<PromiseRow[]> {
  return candidacyIds.length === 0 ? [] : seenPromises(tx, viewer, and(inArray(promises.candidacyId, [...candidacyIds]), ne(promises.state, 'TAKEN_BACK')));
}

/** The open promises of these projects, the earliest due first. */
export async function openPromisesOf(tx: Tx, viewer: MemberViewer, projectIds: readonly string[]): Promise<PromiseRow[]> {
  return projectIds.length === 0 ? [] : seenPromises(tx, viewer, and(inArray(promises.projectId, [...projectIds]), eq(promises.state, 'OPEN')));
}
