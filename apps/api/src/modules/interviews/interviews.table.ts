import { boolean, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';
import type { InterviewKind, InterviewState } from '../../generated/resolvers.ts';
import { moment } from '../../platform/database/columns.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { conversations } from '../conversations/conversations.table.ts';
import { projects } from '../projects/projects.table.ts';

export const criteria = pgTable('criteria', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  projectId: text('project_id').notNull().references(() => projects.id),
  name: text('name').notNull(),
  hint: text('hint'),
  position: integer('position').notNull(),
  /** Off the list, and still named by scorecards. */
  removedAt: moment('removed_at'),
});

export const interviews = pgTable('interviews', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  projectId: text('project_id').notNull().references(() => projects.id),
  conversationId: text('conversation_id').notNull().references(() => conversations.id),
  kind: text('kind').$type<InterviewKind>().notNull(),
  topic: text('topic').notNull(),
  startsAt: moment('starts_at').notNull(),
  minutes: integer('minutes').notNull(),
  /** Whom of the firm the candidate talks with. */
  hostId: text('host_id').notNull().references(() => accounts.id),
  state: text('state').$type<InterviewState>().notNull().default('BOOKED'),
  bookedBy: text('booked_by').notNull().references(() => accounts.id),
  bookedAt: moment('booked_at').notNull(),
});

/** One row for each colleague who was in a call. */
export const interviewCalls = pgTable(
  'interview_calls',
  {
    organisationId: text('organisation_id').notNull(),
    projectId: text('project_id').notNull(),
    interviewId: text('interview_id').notNull().references(() => interviews.id),
    callId: text('call_id').notNull(),
    memberId: text('member_id').notNull().references(() => accounts.id),
    kind: text('kind').$type<InterviewKind>().notNull(),
    startedAt: moment('started_at').notNull(),
    seconds: integer('seconds').notNull(),
    over: boolean('over').notNull(),
  },
  (table) => [primaryKey({ columns: [table.interviewId, table.callId, table.memberId] })],
);

export const interviewRatings = pgTable('interview_ratings', {
  organisationId: text('organisation_id').notNull(),
  projectId: text('project_id').notNull(),
  interviewId: text('interview_id').primaryKey().references(() => interviews.id),
  candidateId: text('candidate_id').notNull().references(() => accounts.id),
  stars: integer('stars').notNull(),
  comment: text('comment'),
  ratedAt: moment('rated_at').notNull(),
});

/** Null in `submittedAt`: its author's alone. */
export const scorecards = pgTable(
  'scorecards',
  {
    organisationId: text('organisation_id').notNull(),
    projectId: text('project_id').notNull(),
    interviewId: text('interview_id').notNull().references(() => interviews.id),
    authorId: text('author_id').notNull().references(() => accounts.id),
    overall: integer('overall'),
    nextStep: text('next_step'),
    submittedAt: moment('submitted_at'),
  },
  (table) => [primaryKey({ columns: [table.interviewId, table.authorId] })],
);

export const scores = pgTable(
  'scores',
  {
    organisationId: text('organisation_id').notNull(),
    projectId: text('project_id').notNull(),
    interviewId: text('interview_id').notNull(),
    authorId: text('author_id').notNull(),
    criterionId: text('criterion_id').notNull().references(() => criteria.id),
    score: integer('score'),
    evidence: text('evidence'),
  },
  (table) => [primaryKey({ columns: [table.interviewId, table.authorId, table.criterionId] })],
);

export const interviewNotes = pgTable('interview_notes', {
  id: text('id').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  projectId: text('project_id').notNull(),
  interviewId: text('interview_id').notNull().references(() => interviews.id),
  authorId: text('author_id').notNull().references(() => accounts.id),
  /** Of which call, and how many seconds into it; null: before or after. */
  callId: text('call_id'),
  atSeconds: integer('at_seconds'),
  body: text('body').notNull(),
  writtenAt: moment('written_at').notNull(),
  deletedAt: moment('deleted_at'),
});

export type CriterionRow = typeof criteria.$inferSelect;
export type InterviewRow = typeof interviews.$inferSelect;
export type InterviewCallRow = typeof interviewCalls.$inferSelect;
export type InterviewRatingRow = typeof interviewRatings.$inferSelect;
export type ScorecardRow = typeof scorecards.$inferSelect;
export type ScoreRow = typeof scores.$inferSelect;
export type InterviewNoteRow = typeof interviewNotes.$inferSelect;
