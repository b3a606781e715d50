import { and, eq, inArray, sql } from 'drizzle-orm';
import type { CriterionInput, SetCriteriaInput } from '../../../generated/resolvers.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { isUniqueViolation } from '../../../platform/database/sqlState.ts';
import { nameLine } from '../../../platform/errors/line.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { clientId, optionalText } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { canEdit } from '../../projects/projects.policy.ts';
import { lockProject, projectById } from '../../projects/projects.ts';
import { projects, type SeenProject } from '../../projects/projects.table.ts';
import { criteriaOfProjects } from '../criteria.ts';
import { criteria, type CriterionRow } from '../interviews.table.ts';

/** An interview of an hour answers no more of them. */
const maxCriteria = 20;
const maxName = 100;
const maxHint = 500;

type CriterionFields = Pick<CriterionRow, 'id' | 'name' | 'hint' | 'position'>;

/**
 * Replaces what interviewers of a project look for. A list that is so already (the same command a second time) succeeds
 * whatever the version. Refused: TOO_MANY, INVALID_ID, ID_TAKEN, REQUIRED, TOO_LONG, NAME_NEEDS_LETTER, STALE_VERSION (beside it
 * the fresh `project`).
 */
export async function setCriteria(ctx: ApiContext, input: SetCriteriaInput): Promise<SeenProject> {
  const viewer = member(ctx);
  const list = criterionFields(input.criteria);
  return ctx.write(async (tx, unit) => {
    const project = await lockProject(tx, viewer, input.projectId, 'update');
    if (!canEdit(viewer, project)) deny('FORBIDDEN');
    const before = await criteriaOfProjects(tx, viewer, [project.id]);
    if (isSame(before, list)) return project;
    if (project.version !== input.expectedVersion) refuse('STALE_VERSION', null, { project });
    await replaceCriteria(tx, viewer, project.id, before, list);
    await tx.update(projects).set({ version: sql`${projects.version} + 1` }).where(eq(projects.id, project.id));
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PROJECT', id: project.id, organisationId: viewer.organisationId }));
    return projectById(tx, viewer, project.id);
  });
}

function criterionFields(input: readonly CriterionInput[]): CriterionFields[] {
  if (input.length > maxCriteria) refuse('TOO_MANY', 'criteria');
  const seen = new Set<string>();
  return input.map(({ id, name, hint }, position) => {
    const at = `criteria.${position}`;
    clientId('criterion', id, `${at}.id`);
    if (seen.has(id)) refuse('ID_TAKEN', `${at}.id`);
    seen.add(id);
    return { id, name: nameLine(name, `${at}.name`, maxName), hint: optionalText(hint, `${at}.hint`, maxHint), position };
  });
}

function isSame(before: readonly CriterionFields[], after: readonly CriterionFields[]): boolean {
  return before.length === after.length && before.every(({ id, name, hint }, at) => id === after[at]?.id && name === after[at].name && hint === after[at].hint);
}

/** What was taken off the list may come back. */
async function replaceCriteria(tx: Tx, { organisationId }: MemberViewer, projectId: string, before: readonly CriterionRow[], after: readonly CriterionFields[]): Promise<void> {
  const removed = before.map(({ id }) => id).filter((id) => !after.some((kept) => kept.id === id));
  if (removed.length > 0) await tx.update(criteria).set({ removedAt: sql`now()` }).where(inArray(criteria.id, removed));
  try {
    // A savepoint: an id that another project's list has is the client's mistake, not a bug.
    await tx.transaction(async (inner) => {
      for (const { id, ...fields } of after) {
        const known = await inner.update(criteria).set({ ...fields, removedAt: null }).where(and(eq(criteria.projectId, projectId), eq(criteria.id, id))).returning({ id: criteria.id });
        if (known.length === 0) await inner.insert(criteria).values({ id, organisationId, projectId, ...fields });
      }
    });
  } catch (error) {
    if (isUniqueViolation(error)) refuse('ID_TAKEN', 'criteria');
    throw error;
  }
}
