import { eq } from 'drizzle-orm';
import type { MoveInterviewInput } from '../../../generated/resolvers.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { interviewForTeam } from '../interviews.ts';
import { canBook, isOver } from '../interviews.policy.ts';
import { interviews, type InterviewRow } from '../interviews.table.ts';
import { interviewFields } from './interviewFields.ts';
import { tellParticipants } from './tellOfInterview.ts';

/**
 * Agrees on another time, kind, topic or host for an interview that is still to be.
 * Refused: INTERVIEW_OVER, and what its fields are refused for.
 */
export async function moveInterview(ctx: ApiContext, { id, ...input }: MoveInterviewInput): Promise<InterviewRow> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    const { interview, circle } = await interviewForTeam(tx, viewer, id);
    if (!canBook(viewer, circle)) deny('FORBIDDEN');
    if (isOver(interview)) refuse('INTERVIEW_OVER', 'id', { interview });
    const fields = interviewFields(input, circle, ctx.services.clock.now());
    const [moved] = await tx.update(interviews).set(fields).where(eq(interviews.id, interview.id)).returning();
    tellParticipants(ctx, unit, interview);
    return moved as InterviewRow;
  });
}
