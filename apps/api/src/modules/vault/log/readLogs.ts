import { and, asc, eq, gt } from 'drizzle-orm';
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

const replay = rememberReplays<Signed<ProjectLogStatement>, ProjectState>(({ statement }) => hashOfProjectLine(statement));

/** What a project's log adds up to; null before its genesis. */
export function projectState(tx: Tx, organisation: OrganisationState, projectId: string): Promise<ProjectState | null> {
  return replay(projectId, {
    after: (seq) => projectLogAfter(tx, projectId, seq),
    next: (state, line) => verifyNextProjectLine(state, line, organisation, { project: projectId }),
  });
}
