import { and, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Tx } from '../../platform/database/database.ts';
import { deny } from '../../platform/errors/refusal.ts';
import { signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import { accounts } from '../accounts/accounts.table.ts';
import { projectMembers } from '../projects/projects.table.ts';
import { conversations, type ConversationRow } from './conversations.table.ts';

export { syncProjectTeam } from './teamRooms.ts';

/** The viewer's inbox, newest first. A partner sees more conversations than they take part in: this is the latter. */
export async function inbox(ctx: ApiContext): Promise<ConversationRow[]> {
  const viewer = signedIn(ctx);
  const onProject = sql`${conversations.projectId} in (select ${projectMembers.projectId} from ${projectMembers} where ${projectMembers.accountId} = ${viewer.accountId})`;
  const mine = viewer.kind === 'candidate' ? eq(conversations.candidateId, viewer.accountId) : sql`(${onProject} or ${conversations.ownerId} = ${viewer.accountId})`;
  return ctx.read((tx) =>
    tx.select().from(conversations).where(and(eq(conversations.organisationId, viewer.organisationId), mine)).orderBy(desc(conversations.createdAt)),
  );
}

/** A conversation that the viewer may see, or null. */
export async function conversationById(ctx: ApiContext, id: string): Promise<ConversationRow | null> {
  const viewer = signedIn(ctx);
  const [row] = await ctx.read((tx) =>
    tx.select().from(conversations).where(and(eq(conversations.id, id), eq(conversations.organisationId, viewer.organisationId))),
  );
  return row ?? null;
}

/** Ids of those of these conversations that the viewer may see. */
export async function seenConversations(ctx: ApiContext, ids: readonly string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const { organisationId } = signedIn(ctx);
  const rows = await ctx.read((tx) => tx.select({ id: conversations.id }).from(conversations).where(and(inArray(conversations.id, [...ids]), eq(conversations.organisationId, organisationId))));
  return new Set(rows.map(({ id }) => id));
}

/** The conversations of these candidacies that the viewer may see. */
export async function conversationsOfCandidacies(ctx: ApiContext, candidacyIds: readonly string[]): Promise<ConversationRow[]> {
  return ctx.read((tx) => tx.select().from(conversations).where(inArray(conversations.candidacyId, [...candidacyIds])));
}

/** Of these people, those who have an account with the firm, from whatever project. */
export async function peopleWithAccounts(ctx: ApiContext, personIds: readonly string[]): Promise<Set<string>> {
  const viewer = signedIn(ctx);
  // As nobody: they may have come through a project that the viewer does not see.
  const rows = await ctx.services.system.read((tx) =>
    tx.selectDistinct({ personId: conversations.personId }).from(conversations)
      .innerJoin(accounts, eq(accounts.id, conversations.candidateId))
      .where(and(eq(conversations.organisationId, viewer.organisationId), inArray(conversations.personId, [...personIds]), isNull(accounts.endedAt))),
  );
  return new Set(rows.map(({ personId }) => personId));
}

/** The conversation, and nobody changes it before the transaction ends; NOT_FOUND when the viewer may not see it. */
export async function lockConversation(tx: Tx, id: string, strength: 'update' | 'share'): Promise<ConversationRow> {
  const [row] = await tx.select().from(conversations).where(eq(conversations.id, id)).for(strength);
  return row ?? deny('NOT_FOUND');
}
