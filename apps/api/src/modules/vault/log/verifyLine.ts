import { verifyNextProjectLine, type ProjectLogStatement, type Signed } from '@baton/vault/verify';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { verified } from '../../../platform/errors/verified.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { canSend } from '../../organisations/organisations.policy.ts';
import { organisationState } from '../../organisations/organisations.ts';
import { canEdit } from '../../projects/projects.policy.ts';
import type { SeenProject } from '../../projects/projects.table.ts';
import { projectState } from './readLogs.ts';

/** What a line does. */
export type LineKind = ProjectLogStatement['change']['type'];

/**
 * The next line of a project's log, held against both logs as they are now: nobody is let in on the word of, or as, somebody
 * whom the firm has let go since the line was made. Leads and partners.
 * Refused: CONFLICT (it follows an older line), NOT_LEAD, LEAD_MISSING, ROSTER_INVALID, UNKNOWN_MEMBER, REVOKED_MEMBER,
 * HANDOVER_TO_SELF, STATEMENT_INVALID.
 * @param kinds what this command takes
 */
export async function verifyLine(ctx: ApiContext, tx: Tx, project: SeenProject, value: unknown, kinds: readonly LineKind[]): Promise<Signed<ProjectLogStatement>> {
  const viewer = member(ctx);
  if (!canEdit(viewer, project)) deny('FORBIDDEN');
  const organisation = await organisationState(tx, viewer.organisationId);
  if (organisation === null) return refuse('STATEMENT_INVALID', 'entry');
  const before = await projectState(tx, organisation, project.id);
  await verified('entry', ctx.services.log, () => verifyNextProjectLine(before, value, organisation, { project: project.id, organisationSeen: organisation.length }));

  const line = value as Signed<ProjectLogStatement>;
  const { statement } = line;
  if (!canSend(viewer, statement.actor) || !kinds.includes(statement.change.type)) refuse('STATEMENT_INVALID', 'entry');
  return line;
}
