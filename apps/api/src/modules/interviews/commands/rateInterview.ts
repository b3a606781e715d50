import { sql } from 'drizzle-orm';
import type { RateInterviewInput } from '../../../generated/resolvers.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { optionalText } from '../../../platform/errors/validate.ts';
import { candidate, type ApiContext } from '../../../platform/graphql/context.ts';
import { interviewById } from '../interviews.ts';
import { interviewRatings, type InterviewRow } from '../interviews.table.ts';
import { tellTeam } from './tellOfInterview.ts';

/** Keeps what the candidate thinks of an interview with them; again replaces it. Refused: OUT_OF_RANGE, TOO_LONG, INTERVIEW_CANCELLED. */
export async function rateInterview(ctx: ApiContext, { interviewId, ...input }: RateInterviewInput): Promise<InterviewRow> {
  const viewer = candidate(ctx);
  const { stars } = input;
  if (stars < 1 || stars > 5) refuse('OUT_OF_RANGE', 'stars');
  const comment = optionalText(input.comment, 'comment', 1000);
  return ctx.write(async (tx, unit) => {
    const interview = (await interviewById(tx, viewer, interviewId)) ?? deny('NOT_FOUND');
    if (interview.state === 'CANCELLED') refuse('INTERVIEW_CANCELLED', 'interviewId');
    const { organisationId, projectId } = interview;
    await tx.insert(interviewRatings)
      .values({ organisationId, projectId, interviewId: interview.id, candidateId: viewer.accountId, stars, comment, ratedAt: new Date(ctx.services.clock.now()) })
      .onConflictDoUpdate({
        target: interviewRatings.interviewId,
        set: { stars: sql`excluded.stars`, comment: sql`excluded.comment`, candidateId: sql`excluded.candidate_id`, ratedAt: sql`excluded.rated_at` },
      });
    tellTeam(ctx, unit, interview);
    return interview;
  });
}
