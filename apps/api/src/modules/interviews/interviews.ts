import { and, asc, desc, eq, inArray, isNull, type Column, type SQL } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import { deny } from '../../platform/errors/refusal.ts';
import type { MemberViewer, SignedInViewer } from '../../platform/session/viewer.ts';
import { conversations, type ConversationRow } from '../conversations/conversations.table.ts';
import { teamsOf } from '../conversations/teamRooms.ts';
import { visibleProjects } from '../projects/projects.ts';
import { readsInterviewer, takesPart, type Circle } from './interviews.policy.ts';
import {
  criteria, interviewCalls, interviewNotes, interviewRatings, interviews, scorecards, scores,
  type InterviewCallRow, type InterviewNoteRow, type InterviewRatingRow, type InterviewRow, type ScorecardRow, type ScoreRow,
} from './interviews.table.ts';

/** Rows of the viewer's firm, in projects that they see if they are a colleague. Which of them a candidate sees, the caller says. */
function ofViewer(viewer: SignedInViewer, projectId: Column, organisationId: Column): SQL | undefined {
  return and(eq(organisationId, viewer.organisationId), viewer.kind === 'member' ? visibleProjects(viewer, projectId) : undefined);
}

async function seenInterviews(tx: Tx, viewer: SignedInViewer, condition: SQL): Promise<InterviewRow[]> {
  const rows = await tx
    .select({ interview: interviews })
    .from(interviews)
    .innerJoin(conversations, eq(conversations.id, interviews.conversationId))
    .where(and(condition, ofViewer(viewer, interviews.projectId, interviews.organisationId), viewer.kind === 'candidate' ? eq(conversations.candidateId, viewer.accountId) : undefined))
    .orderBy(desc(interviews.startsAt), desc(interviews.id));
  return rows.map((row) => row.interview);
}

/** An interview, if the viewer sees its project or it is with them. */
export async function interviewById(tx: Tx, viewer: SignedInViewer, id: string): Promise<InterviewRow | undefined> {
  return (await seenInterviews(tx, viewer, eq(interviews.id, id)))[0];
}

/** Interviews of these conversations, the latest first, as far as the viewer sees them. */
export async function interviewsOf(tx: Tx, viewer: SignedInViewer, conversationIds: readonly string[]): Promise<InterviewRow[]> {
  return conversationIds.length === 0 ? [] : seenInterviews(tx, viewer, inArray(interviews.conversationId, [...conversationIds]));
}

/** Who takes part in a conversation that the viewer sees. */
export async function circleOf(tx: Tx, conversation: ConversationRow): Promise<Circle> {
  return { ...conversation, team: (await teamsOf(tx, [conversation.id])).get(conversation.id) ?? [] };
}

/** The interview, held until the transaction ends, for a colleague who takes part in its conversation; else NOT_FOUND or FORBIDDEN. */
export async function interviewForTeam(tx: Tx, viewer: MemberViewer, id: string): Promise<{ interview: InterviewRow; circle: Circle }> {
  await tx.select({ id: interviews.id }).from(interviews).where(eq(interviews.id, id)).for('update');
  const interview = (await interviewById(tx, viewer, id)) ?? deny('NOT_FOUND');
  const [conversation] = await tx.select().from(conversations).where(eq(conversations.id, interview.conversationId));
  const circle = await circleOf(tx, conversation ?? deny('NOT_FOUND'));
  return takesPart(viewer, circle) ? { interview, circle } : deny('FORBIDDEN');
}

/** Calls of these interviews, the earliest first. */
export async function callsOf(tx: Tx, viewer: MemberViewer, interviewIds: readonly string[]): Promise<InterviewCallRow[]> {
  if (interviewIds.length === 0) return [];
  return tx.select().from(interviewCalls)
    .where(and(inArray(interviewCalls.interviewId, [...interviewIds]), ofViewer(viewer, interviewCalls.projectId, interviewCalls.organisationId)))
    .orderBy(asc(interviewCalls.startedAt), asc(interviewCalls.callId), asc(interviewCalls.memberId));
}

/** What candidates say of these interviews, which the viewer sees. */
export async function ratingsOf(tx: Tx, viewer: SignedInViewer, interviewIds: readonly string[]): Promise<InterviewRatingRow[]> {
  if (interviewIds.length === 0) return [];
  return tx.select().from(interviewRatings).where(and(inArray(interviewRatings.interviewId, [...interviewIds]), ofViewer(viewer, interviewRatings.projectId, interviewRatings.organisationId)));
}

/** Scorecards of these interviews that are the viewer's to read, in the order of their submission; those that are not yet, last. */
export async function scorecardsOf(tx: Tx, viewer: MemberViewer, interviewIds: readonly string[]): Promise<ScorecardRow[]> {
  if (interviewIds.length === 0) return [];
  const rows = await tx.select({ scorecard: scorecards, conversationId: interviews.conversationId }).from(scorecards)
    .innerJoin(interviews, eq(interviews.id, scorecards.interviewId))
    .where(and(inArray(scorecards.interviewId, [...interviewIds]), ofViewer(viewer, scorecards.projectId, scorecards.organisationId)))
    .orderBy(asc(scorecards.submittedAt), asc(scorecards.authorId));
  const teams = await teamsOf(tx, rows.map((row) => row.conversationId));
  return rows.filter(({ scorecard, conversationId }) => readsInterviewer(viewer, { ...scorecard, team: teams.get(conversationId) ?? [] })).map((row) => row.scorecard);
}

/** Scores of these interviews' scorecards, in the order of the criteria. The caller has checked that the scorecard is the viewer's to read. */
export async function scoresOf(tx: Tx, viewer: MemberViewer, interviewIds: readonly string[]): Promise<ScoreRow[]> {
  if (interviewIds.length === 0) return [];
  const rows = await tx.select({ score: scores }).from(scores).innerJoin(criteria, eq(criteria.id, scores.criterionId))
    .where(and(inArray(scores.interviewId, [...interviewIds]), ofViewer(viewer, scores.projectId, scores.organisationId)))
    .orderBy(asc(criteria.position), asc(criteria.id));
  return rows.map((row) => row.score);
}

/** Notes on these interviews that are the viewer's to read, as they were written. */
export async function notesOf(tx: Tx, viewer: MemberViewer, interviewIds: readonly string[]): Promise<InterviewNoteRow[]> {
  if (interviewIds.length === 0) return [];
  const rows = await tx.select({ note: interviewNotes, submittedAt: scorecards.submittedAt, conversationId: interviews.conversationId }).from(interviewNotes)
    .innerJoin(interviews, eq(interviews.id, interviewNotes.interviewId))
    .leftJoin(scorecards, and(eq(scorecards.interviewId, interviewNotes.interviewId), eq(scorecards.authorId, interviewNotes.authorId)))
    .where(and(inArray(interviewNotes.interviewId, [...interviewIds]), isNull(interviewNotes.deletedAt), ofViewer(viewer, interviewNotes.projectId, interviewNotes.organisationId)))
    .orderBy(asc(interviewNotes.writtenAt), asc(interviewNotes.id));
  const teams = await teamsOf(tx, rows.map((row) => row.conversationId));
  return rows.filter(({ note, submittedAt, conversationId }) => readsInterviewer(viewer, { authorId: note.authorId, submittedAt, team: teams.get(conversationId) ?? [] })).map((row) => row.note);
}
