import { desc, inArray } from 'drizzle-orm';
import type { MercuriusLoaders } from 'mercurius';
import type { ApiContext } from '../../platform/graphql/context.ts';
import { keysOf, oneEach } from '../../platform/graphql/batch.ts';
import { accountsById } from '../accounts/accounts.ts';
import type { CandidacyRow } from '../candidacies/candidacies.table.ts';
import { candidaciesByIds } from '../candidacies/candidacies.ts';
import { invitations } from '../invitations/invitations.table.ts';
import { conversationsOfCandidacies, peopleWithAccounts } from './conversations.ts';
import type { ConversationRow } from './conversations.table.ts';
import { seesRecord } from './conversations.policy.ts';
import { teamsOf } from './teamRooms.ts';

type Queries = { obj: ConversationRow }[];

export const conversationLoaders: MercuriusLoaders = {
  Conversation: {
    candidacy: async (queries: Queries, ctx: ApiContext) => {
      const { viewer } = ctx;
      if (viewer.kind !== 'member') return queries.map(() => null);
      const key = ({ obj }: { obj: ConversationRow }): string => obj.candidacyId;
      return oneEach(queries, key, await ctx.read((tx) => candidaciesByIds(tx, viewer, keysOf(queries, key))), (row) => row.id);
    },
    owner: async (queries: Queries, ctx: ApiContext) => {
      const found = await accountsById(ctx, queries.map(({ obj }) => obj.ownerId));
      return queries.map(({ obj }) => found.get(obj.ownerId) ?? null);
    },
    candidate: async (queries: Queries, ctx: ApiContext) => {
      const found = await accountsById(ctx, queries.flatMap(({ obj }) => obj.candidateId ?? []));
      return queries.map(({ obj }) => found.get(obj.candidateId ?? '') ?? null);
    },
    team: async (queries: Queries, ctx: ApiContext) => {
      const teams = await ctx.read((tx) => teamsOf(tx, queries.map(({ obj }) => obj.id)));
      const found = await accountsById(ctx, [...teams.values()].flat());
      return queries.map(({ obj }) => (teams.get(obj.id) ?? []).flatMap((id) => found.get(id) ?? []));
    },
    invitation: async (queries: Queries, ctx: ApiContext) => {
      if (!seesRecord(ctx.viewer)) return queries.map(() => null);
      const rows = await ctx.read((tx) =>
        tx.selectDistinctOn([invitations.conversationId]).from(invitations)
          .where(inArray(invitations.conversationId, queries.map(({ obj }) => obj.id)))
          .orderBy(invitations.conversationId, desc(invitations.createdAt)),
      );
      return oneEach(queries, ({ obj }) => obj.id, rows, (row) => row.conversationId ?? '');
    },
  },
  Candidacy: {
    conversation: async (queries: { obj: CandidacyRow }[], ctx: ApiContext) => {
      const key = ({ obj }: { obj: CandidacyRow }): string => obj.id;
      return oneEach(queries, key, await conversationsOfCandidacies(ctx, keysOf(queries, key)), (row) => row.candidacyId);
    },
    needsLink: async (queries: { obj: CandidacyRow }[], ctx: ApiContext) => {
      const known = await peopleWithAccounts(ctx, queries.map(({ obj }) => obj.personId));
      return queries.map(({ obj }) => !known.has(obj.personId));
    },
  },
};
