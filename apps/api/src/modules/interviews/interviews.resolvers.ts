import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { signedIn } from '../../platform/graphql/context.ts';
import { bookInterview } from './commands/bookInterview.ts';
import { cancelInterview } from './commands/cancelInterview.ts';
import { deleteInterviewNote, saveInterviewNote } from './commands/interviewNotes.ts';
import { moveInterview } from './commands/moveInterview.ts';
import { rateInterview } from './commands/rateInterview.ts';
import { recordCall } from './commands/recordCall.ts';
import { saveScore, saveScorecard, submitScorecard } from './commands/scorecards.ts';
import { setCriteria } from './commands/setCriteria.ts';
import { interviewLoaders } from './interviews.loaders.ts';
import { interviewById } from './interviews.ts';
import { iceServers } from './turn/iceServers.ts';

const none = { interview: null };

export const interviewsModule: ApiModule = {
  resolvers: {
    Query: {
      interview: async (_root, { id }, ctx) => {
        const viewer = signedIn(ctx);
        return (await ctx.read((tx) => interviewById(tx, viewer, id))) ?? null;
      },
      iceServers: (_root, { conversationId }, ctx) => iceServers(ctx, conversationId),
    },
    Mutation: {
      setCriteria: (_root, { input }, ctx) => payload({ project: null }, async () => ({ project: await setCriteria(ctx, input) })),
      bookInterview: (_root, { input }, ctx) => payload(none, async () => ({ interview: await bookInterview(ctx, input) })),
      moveInterview: (_root, { input }, ctx) => payload(none, async () => ({ interview: await moveInterview(ctx, input) })),
      cancelInterview: (_root, { input }, ctx) => payload(none, async () => ({ interview: await cancelInterview(ctx, input.id) })),
      recordCall: (_root, { input }, ctx) => payload(none, async () => ({ interview: await recordCall(ctx, input) })),
      rateInterview: (_root, { input }, ctx) => payload(none, async () => ({ interview: await rateInterview(ctx, input) })),
      saveInterviewNote: (_root, { input }, ctx) => payload({ note: null }, async () => ({ note: await saveInterviewNote(ctx, input) })),
      deleteInterviewNote: (_root, { input }, ctx) =>
        payload({ note: null }, async () => {
          await deleteInterviewNote(ctx, input.id);
          return { note: null };
        }),
      saveScore: (_root, { input }, ctx) => payload({ scorecard: null }, async () => ({ scorecard: await saveScore(ctx, input) })),
      saveScorecard: (_root, { input }, ctx) => payload({ scorecard: null }, async () => ({ scorecard: await saveScorecard(ctx, input) })),
      submitScorecard: (_root, { input }, ctx) => payload({ scorecard: null }, async () => ({ scorecard: await submitScorecard(ctx, input.interviewId) })),
    },
  },
  loaders: interviewLoaders,
  nodes: {
    interview: {
      type: 'Interview',
      find: async (ctx, id) => (await ctx.read((tx) => interviewById(tx, signedIn(ctx), id))) ?? null,
    },
  },
};
