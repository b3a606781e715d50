import { eq, sql } from 'drizzle-orm';
import type { RecordCallInput } from '../../../generated/resolvers.ts';
import { requiredText } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { record } from '../../audit/audit.ts';
import { callsOf, interviewForTeam } from '../interviews.ts';
import { interviewCalls, interviews, type InterviewRow } from '../interviews.table.ts';
import { callSeconds } from './interviewFields.ts';
import { tellParticipants, tellTeam } from './tellOfInterview.ts';

/**
 * Keeps that the viewer is, or was, in a call. What was heard before is never taken back: late and repeated words change nothing.
 * With the first call that is over the interview is done, and a word that comes first at the end is enough.
 * Refused: OUT_OF_RANGE, REQUIRED, TOO_LONG.
 */
export async function recordCall(ctx: ApiContext, input: RecordCallInput): Promise<InterviewRow> {
  const viewer = member(ctx);
  const callId = requiredText(input.callId, 'callId', 100);
  const seconds = callSeconds(input.seconds, 'seconds');
  const { kind, over } = input;
  return ctx.write(async (tx, unit) => {
    const { interview } = await interviewForTeam(tx, viewer, input.interviewId);
    const { organisationId, projectId } = interview;
    const before = await callsOf(tx, viewer, [interview.id]);
    const startedAt = new Date(ctx.services.clock.now() - seconds * 1000);
    await tx.insert(interviewCalls)
      .values({ organisationId, projectId, interviewId: interview.id, callId, memberId: viewer.accountId, kind, startedAt, seconds, over })
      .onConflictDoUpdate({
        target: [interviewCalls.interviewId, interviewCalls.callId, interviewCalls.memberId],
        set: { kind: sql`excluded.kind`, seconds: sql`greatest(${interviewCalls.seconds}, excluded.seconds)`, over: sql`${interviewCalls.over} or excluded.over` },
      });
    if (before.length === 0) record(unit, viewer, 'INTERVIEW_HELD', interview.conversationId);
    if (!over || interview.state === 'DONE') {
      tellTeam(ctx, unit, interview);
      return interview;
    }
    const [done] = await tx.update(interviews).set({ state: 'DONE' }).where(eq(interviews.id, interview.id)).returning();
    tellParticipants(ctx, unit, interview);
    return done as InterviewRow;
  });
}
