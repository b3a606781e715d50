import { and, eq } from 'drizzle-orm';
import type { SaveScorecardInput, SaveScoreInput } from '../../../generated/resolvers.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { refuse } from '../../../platform/errors/refusal.ts';
import { optionalText } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { record } from '../../audit/audit.ts';
import { criteriaByIds } from '../criteria.ts';
import { interviewForTeam, scoresOf } from '../interviews.ts';
import { scorecards, scores, type InterviewRow, type ScorecardRow } from '../interviews.table.ts';
import { tellTeam } from './tellOfInterview.ts';

/** 1 to 4, or none. Refused: OUT_OF_RANGE. */
function fourSteps(value: number | null | undefined, field: string): number | null {
  if (value === null || value === undefined) return null;
  return value >= 1 && value <= 4 ? value : refuse('OUT_OF_RANGE', field);
}

/**
 * Keeps one criterion of the viewer's scorecard as it stands now; the scorecard begins with the first.
 * Refused: CRITERION_UNKNOWN (not of this project), SCORECARD_SUBMITTED (beside it the `scorecard`), OUT_OF_RANGE, TOO_LONG.
 */
export async function saveScore(ctx: ApiContext, { interviewId, criterionId, ...input }: SaveScoreInput): Promise<ScorecardRow> {
  const viewer = member(ctx);
  const values = { score: fourSteps(input.score, 'score'), evidence: optionalText(input.evidence, 'evidence', 4000) };
  return ctx.write(async (tx) => {
    const { interview } = await interviewForTeam(tx, viewer, interviewId);
    const [criterion] = await criteriaByIds(tx, viewer, [criterionId]);
    if (criterion?.projectId !== interview.projectId) refuse('CRITERION_UNKNOWN', 'criterionId');
    const scorecard = await openScorecard(tx, viewer, interview);
    const { organisationId, projectId } = interview;
    await tx.insert(scores)
      .values({ organisationId, projectId, interviewId, authorId: viewer.accountId, criterionId, ...values })
      .onConflictDoUpdate({ target: [scores.interviewId, scores.authorId, scores.criterionId], set: values });
    return scorecard;
  });
}

/** Keeps what the viewer's scorecard comes to. Refused: SCORECARD_SUBMITTED (beside it the `scorecard`), OUT_OF_RANGE, TOO_LONG. */
export async function saveScorecard(ctx: ApiContext, { interviewId, ...input }: SaveScorecardInput): Promise<ScorecardRow> {
  const viewer = member(ctx);
  const values = { overall: fourSteps(input.overall, 'overall'), nextStep: optionalText(input.nextStep, 'nextStep', 500) };
  return ctx.write(async (tx) => {
    const { interview } = await interviewForTeam(tx, viewer, interviewId);
    await openScorecard(tx, viewer, interview);
    const [scorecard] = await tx.update(scorecards).set(values).where(own(viewer, interviewId)).returning();
    return scorecard as ScorecardRow;
  });
}

/**
 * Gives the viewer's scorecard, and their notes, to the team; a second time it is submitted still.
 * Refused: REQUIRED (no criterion answered and nothing that it comes to).
 */
export async function submitScorecard(ctx: ApiContext, interviewId: string): Promise<ScorecardRow> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    const { interview } = await interviewForTeam(tx, viewer, interviewId);
    const current = await ownScorecard(tx, viewer, interviewId);
    if (current?.submittedAt) return current;
    const answered = (await scoresOf(tx, viewer, [interviewId])).some(({ authorId, score }) => authorId === viewer.accountId && score !== null);
    if (!answered && (current?.overall ?? null) === null) refuse('REQUIRED', 'scores');
    const [scorecard] = await tx.update(scorecards).set({ submittedAt: new Date(ctx.services.clock.now()) }).where(own(viewer, interviewId)).returning();
    record(unit, viewer, 'SCORECARD_SUBMITTED', interview.conversationId);
    tellTeam(ctx, unit, interview);
    return scorecard as ScorecardRow;
  });
}

const own = (viewer: MemberViewer, interviewId: string) => and(eq(scorecards.interviewId, interviewId), eq(scorecards.authorId, viewer.accountId));

async function ownScorecard(tx: Tx, viewer: MemberViewer, interviewId: string): Promise<ScorecardRow | undefined> {
  return (await tx.select().from(scorecards).where(own(viewer, interviewId)))[0];
}

/** The viewer's scorecard, which may still be written on. The interview is locked: nobody submits it meanwhile. */
async function openScorecard(tx: Tx, viewer: MemberViewer, { organisationId, projectId, id }: InterviewRow): Promise<ScorecardRow> {
  await tx.insert(scorecards).values({ organisationId, projectId, interviewId: id, authorId: viewer.accountId }).onConflictDoNothing();
  const scorecard = (await ownScorecard(tx, viewer, id)) as ScorecardRow;
  return scorecard.submittedAt === null ? scorecard : refuse('SCORECARD_SUBMITTED', null, { scorecard });
}
