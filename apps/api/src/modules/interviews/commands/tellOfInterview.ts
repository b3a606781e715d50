import type { Unit } from '../../../platform/database/database.ts';
import type { ApiContext } from '../../../platform/graphql/context.ts';
import type { InterviewRow } from '../interviews.table.ts';

type Told = Pick<InterviewRow, 'organisationId' | 'conversationId' | 'projectId'>;

/** Hints at what both sides see of an interview. */
export function tellParticipants(ctx: ApiContext, unit: Unit, { organisationId, conversationId }: Told): void {
  unit.afterCommit(() => ctx.services.changes.publish({ topic: 'CONVERSATION', id: conversationId, organisationId }));
}

/** Hints at what the team alone sees: the candidate must not even learn that something was written. */
export function tellTeam(ctx: ApiContext, unit: Unit, { organisationId, projectId }: Told): void {
  unit.afterCommit(() => ctx.services.changes.publish({ topic: 'PROJECT', id: projectId, organisationId }));
}
