import { inArray } from 'drizzle-orm';
import type { MercuriusLoaders } from 'mercurius';
import type { Tx } from '../../platform/database/database.ts';
import { keysOf, manyEach, oneEach } from '../../platform/graphql/batch.ts';
import { member, signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import type { MemberViewer } from '../../platform/session/viewer.ts';
import { accountsById } from '../accounts/accounts.ts';
import { conversations, type ConversationRow } from '../conversations/conversations.table.ts';
import type { SeenProject } from '../projects/projects.table.ts';
import { criteriaByIds, criteriaOfProjects } from './criteria.ts';
import { callsOf, interviewsOf, notesOf, ratingsOf, scorecardsOf, scoresOf } from './interviews.ts';
import type { InterviewCallRow, InterviewNoteRow, InterviewRow, ScorecardRow, ScoreRow } from './interviews.table.ts';

interface Queries<T> extends Array<{ obj: T }> {}

const idOf = ({ obj }: { obj: { id: string } }): string => obj.id;

/** The account whom `keyOf` picks, also one who has left. */
const accountOf = <T>(keyOf: (row: T) => string) => async (queries: Queries<T>, ctx: ApiContext) => {
  const accounts = await accountsById(ctx, keysOf(queries, ({ obj }) => keyOf(obj)));
  return queries.map(({ obj }) => accounts.get(keyOf(obj)) ?? null);
};

/** Everything of each interview that `find` finds; nothing for a candidate, who sees none of the firm's records. */
const recordsOf = <R extends { interviewId: string }>(find: (tx: Tx, viewer: MemberViewer, ids: readonly string[]) => Promise<R[]>) =>
  async (queries: Queries<InterviewRow>, ctx: ApiContext) => {
    const { viewer } = ctx;
    if (viewer.kind !== 'member') return queries.map(() => []);
    return manyEach(queries, idOf, await ctx.read((tx) => find(tx, viewer, keysOf(queries, idOf))), (row) => row.interviewId);
  };

export const interviewLoaders: MercuriusLoaders = {
  Project: {
    criteria: async (queries: Queries<SeenProject>, ctx: ApiContext) =>
      manyEach(queries, idOf, await ctx.read((tx) => criteriaOfProjects(tx, member(ctx), keysOf(queries, idOf))), (row) => row.projectId),
  },
  Conversation: {
    interviews: async (queries: Queries<ConversationRow>, ctx: ApiContext) =>
      manyEach(queries, idOf, await ctx.read((tx) => interviewsOf(tx, signedIn(ctx), keysOf(queries, idOf))), (row) => row.conversationId),
  },
  Interview: {
    conversation: async (queries: Queries<InterviewRow>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: InterviewRow }): string => obj.conversationId;
      return oneEach(queries, key, await ctx.read((tx) => tx.select().from(conversations).where(inArray(conversations.id, keysOf(queries, key)))), (row) => row.id);
    },
    host: accountOf<InterviewRow>((row) => row.hostId),
    rating: async (queries: Queries<InterviewRow>, ctx: ApiContext) =>
      oneEach(queries, idOf, await ctx.read((tx) => ratingsOf(tx, signedIn(ctx), keysOf(queries, idOf))), (row) => row.interviewId),
    calls: recordsOf(callsOf),
    notes: recordsOf(notesOf),
    scorecards: recordsOf(scorecardsOf),
  },
  InterviewCall: { member: accountOf<InterviewCallRow>((row) => row.memberId) },
  InterviewNote: { author: accountOf<InterviewNoteRow>((row) => row.authorId) },
  Scorecard: {
    author: accountOf<ScorecardRow>((row) => row.authorId),
    scores: async (queries: Queries<ScorecardRow>, ctx: ApiContext) => {
      const key = ({ interviewId, authorId }: { interviewId: string; authorId: string }): string => `${interviewId} ${authorId}`;
      const found = await ctx.read((tx) => scoresOf(tx, member(ctx), keysOf(queries, ({ obj }) => obj.interviewId)));
      return manyEach(queries, ({ obj }) => key(obj), found, key);
    },
  },
  Score: {
    criterion: async (queries: Queries<ScoreRow>, ctx: ApiContext) => {
      const key = ({ obj }: { obj: ScoreRow }): string => obj.criterionId;
      return oneEach(queries, key, await ctx.read((tx) => criteriaByIds(tx, member(ctx), keysOf(queries, key))), (row) => row.id);
    },
  },
};
