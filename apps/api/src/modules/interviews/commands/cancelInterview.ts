import { eq } from 'drizzle-orm';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { record } from '../../audit/audit.ts';
import { interviewForTeam } from '../interviews.ts';
import { canBook } from '../interviews.policy.ts';
import { interviews, type InterviewRow } from '../interviews.table.ts';
import { tellParticipants } from './tellOfInterview.ts';

/** Cancels an interview; a second time it is cancelled still. Refused: INTERVIEW_OVER (it was held). */
export async function cancelInterview(ctx: ApiContext, id: string): Promise<InterviewRow> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    const { interview, circle } = await interviewForTeam(tx, viewer, id);
    if (!canBook(viewer, circle)) deny('FORBIDDEN');
    if (interview.state === 'CANCELLED') return interview;
    if (interview.state === 'DONE') refuse('INTERVIEW_OVER', 'id', { interview });
    const [cancelled] = await tx.update(interviews).set({ state: 'CANCELLED' }).where(eq(interviews.id, interview.id)).returning();
    record(unit, viewer, 'INTERVIEW_CANCELLED', interview.conversationId);
    tellParticipants(ctx, unit, interview);
    return cancelled as InterviewRow;
  });
}
