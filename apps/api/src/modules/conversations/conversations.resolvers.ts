import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import { ownAccount } from '../accounts/accounts.ts';
import { ownOrganisation } from '../organisations/organisations.ts';
import { enterConversation } from './commands/enterConversation.ts';
import { leaveConversation } from './commands/leaveConversation.ts';
import { openConversation } from './commands/openConversation.ts';
import { renewInvitation } from './commands/renewInvitation.ts';
import { acknowledgeWelcome, depositWelcome, welcomeBundle } from './commands/welcome.ts';
import { conversationLoaders } from './conversations.loaders.ts';
import { seesRecord } from './conversations.policy.ts';
import { conversationById, inbox } from './conversations.ts';

const none = { conversation: null };

export const conversationsModule: ApiModule = {
  resolvers: {
    Query: {
      conversations: (_root, _args, ctx) => inbox(ctx),
      conversation: (_root, { id }, ctx) => conversationById(ctx, id),
      welcomeBundle: (_root, { conversationId }, ctx) => welcomeBundle(ctx, conversationId),
    },
    Mutation: {
      openConversation: (_root, { input }, ctx) => payload(none, async () => ({ conversation: await openConversation(ctx, input) })),
      renewConversationInvitation: (_root, { input }, ctx) => payload(none, async () => ({ conversation: await renewInvitation(ctx, input) })),
      enterConversation: (_root, { input }, ctx) => payload(none, async () => ({ conversation: await enterConversation(ctx, input) })),
      leaveConversation: (_root, { input }, ctx) => payload(none, async () => ({ conversation: await leaveConversation(ctx, input) })),
      depositWelcome: (_root, { input }, ctx) =>
        payload({ deposited: false }, async () => {
          await depositWelcome(ctx, input);
          return { deposited: true };
        }),
      acknowledgeWelcome: (_root, { input }, ctx) =>
        payload(none, async () => ({ conversation: await acknowledgeWelcome(ctx, input.conversationId) })),
    },
    Conversation: {
      firmName: async (_conversation, _args, ctx) => (await ownOrganisation(ctx)).name,
      candidateName: async (conversation, _args, ctx) => (seesRecord(ctx.viewer) ? conversation.candidateName : (await ownAccount(ctx)).name),
      reportedAt: (conversation, _args, ctx) => (seesRecord(ctx.viewer) ? conversation.reportedAt : null),
    },
    Participant: { accountId: (account) => account.id },
  },
  loaders: conversationLoaders,
  nodes: { conversation: { type: 'Conversation', find: conversationById } },
};
