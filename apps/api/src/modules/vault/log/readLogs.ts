import { and, asc, eq, gt, inArray, sql } from 'drizzle-orm';
import { hashOfProjectLine, verifyNextProjectLine, type OrganisationState, type ProjectLogStatement, type ProjectState, type Signed } from '@baton/vault/verify';
import type { Tx } from '../../../platform/database/database.ts';
import { rememberReplays } from '../../../platform/database/replays.ts';
import { projectLog } from '../vault.table.ts';

/** A project's lines after `after`, oldest first, as far as the transaction's viewer sees them. */
export async function projectLogAfter(tx: Tx, projectId: string, after: number): Promise<Signed<ProjectLogStatement>[]> {
  const rows = await tx.select({ entry: projectLog.entry }).from(projectLog)
    .where(and(eq(projectLog.projectId, projectId), gt(projectLog.seq, after))).orderBy(asc(projectLog.seq));
  return rows.map((row) => row.entry);
}

/** Accounts that were ever in the rosters of these projects, by project. */
export async function everybodyOn(tx: Tx, projectIds: readonly string[]): Promise<Map<string, string[]>> {
  const account = sql<string>`jsonb_array_elements(${projectLog.entry} -> 'statement' -> 'roster') ->> 'account'`;
  const rows = await tx.selectDistinct({ projectId: projectLog.projectId, account }).from(projectLog).where(inArray(projectLog.projectId, [...projectIds]));
  const everybody = new Map<string, string[]>();
  for (const row of rows) everybody.set(row.projectId, [...(everybody.get(row.projectId) ?? []), row.account]);
  return everybody;
}

const replay = rememberReplays<Signed<ProjectLogStatement>, ProjectState>(({ statement }) => hashOfProjectLine(statement));

/** What a project's log adds up to; null before its genesis. */
export function projectState(tx: Tx, organisation: OrganisationState, projectId: string): Promise<ProjectState | null> {
  return replay(projectId, {
    after: (seq) => projectLogAfter(tx, projectId, seq),
    next: (state, line) => verifyNextProjectLine(state, line, organisation, { project: projectId }),
  });
}
