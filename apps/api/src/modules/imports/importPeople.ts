import { newId } from '@baton/base';
import { and, eq } from 'drizzle-orm';
import type { ImportPeopleInput } from '../../generated/resolvers.ts';
import { createOnce } from '../../platform/database/createOnce.ts';
import type { Tx, Unit } from '../../platform/database/database.ts';
import { optionalLine } from '../../platform/errors/line.ts';
import { deny, refuse } from '../../platform/errors/refusal.ts';
import { clientId } from '../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { record } from '../audit/audit.ts';
import { putManyIntoProject } from '../candidacies/candidacies.ts';
import { canAddCandidates } from '../projects/projects.policy.ts';
import { projectById } from '../projects/projects.ts';
import { applyChanges, ImportRaced } from './applyChanges.ts';
import { imports } from './imports.table.ts';
import { loadKnown } from './loadKnown.ts';
import { planRows, type PersonChange, type PlannedRow } from './plan/planRows.ts';
import { readRow, type ReadRow } from './plan/readRow.ts';
import type { RowResult } from './plan/rowResult.ts';

const maxRows = 2000;

/**
 * Imports people from the rows of a file, in one transaction; a bad row keeps no good one from coming in. The same file
 * again changes nothing, and the same command again answers what it answered.
 * Refused as a whole: TOO_MANY_ROWS, PROJECT_ARCHIVED, TOO_LONG (file name), INVALID_ID, ID_TAKEN. Denied: NOT_FOUND.
 * @returns a result for each row, in the order of the file; what would happen, where it is a dry run
 */
export async function importPeople(ctx: ApiContext, input: ImportPeopleInput): Promise<RowResult[]> {
  const viewer = member(ctx);
  const id = clientId('import', input.id, 'id');
  const fileName = optionalLine(input.fileName, 'fileName') ?? '';
  if (input.rows.length > maxRows) refuse('TOO_MANY_ROWS', 'rows');
  const rows = input.rows.map(readRow);
  const projectId = input.projectId ?? null;

  if (input.dryRun) {
    const planned = await ctx.read((tx) => plan(tx, viewer, rows, projectId));
    return planned.map(({ result }) => (result.outcome === 'CREATED' ? { ...result, personId: null } : result));
  }
  const commit = (): Promise<RowResult[]> =>
    createOnce(ctx, id, async (tx, unit) => {
      const [earlier] = await tx.select().from(imports).where(and(eq(imports.organisationId, viewer.organisationId), eq(imports.id, id)));
      if (earlier) return earlier.result;
      const planned = await plan(tx, viewer, rows, projectId);
      const changes = planned.flatMap(({ change }) => change ?? []);
      await applyChanges(tx, viewer, changes, fileName);
      const joining = changes.filter((change) => change.joinsProject).map((change) => change.personId);
      if (projectId !== null) await putManyIntoProject(tx, unit, ctx, projectId, joining);
      const result = planned.map((row) => row.result);
      await tx.insert(imports).values({ id, organisationId: viewer.organisationId, actorId: viewer.accountId, fileName, projectId, result });
      record(unit, viewer, 'PEOPLE_IMPORTED', id);
      tellOf(ctx, viewer, unit, changes);
      return result;
    });
  return retryRaced(commit, 3);
}

async function plan(tx: Tx, viewer: MemberViewer, rows: readonly ReadRow[], projectId: string | null): Promise<PlannedRow[]> {
  if (projectId !== null) {
    const project = await projectById(tx, viewer, projectId);
    if (project.archivedAt !== null) refuse('PROJECT_ARCHIVED', 'projectId');
    if (!canAddCandidates(viewer, project)) deny('FORBIDDEN');
  }
  const known = await loadKnown(tx, viewer, rows, projectId);
  return planRows(rows, known, { intoProject: projectId !== null, newPersonId: () => newId('person') });
}

/** A colleague's write between our reading and writing rolls the import back; then it is planned anew. */
async function retryRaced<T>(work: () => Promise<T>, times: number): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ImportRaced && times > 1) return retryRaced(work, times - 1);
    throw error;
  }
}

/** Who is new is on nobody's screen: one hint stands for all of them. */
function tellOf(ctx: ApiContext, viewer: MemberViewer, unit: Unit, changes: readonly PersonChange[]): void {
  const created = changes.find(({ isNew }) => isNew);
  const updated = changes.filter(({ isNew, touched, newNote, joinsProject }) => !isNew && (touched || newNote !== null || joinsProject));
  for (const { personId } of [...(created ? [created] : []), ...updated]) {
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PERSON', id: personId, organisationId: viewer.organisationId }));
  }
}
