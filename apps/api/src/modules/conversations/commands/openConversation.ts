import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import type { InvitationStatement, Signed } from '@baton/vault/verify';
import type { OpenConversationInput } from '../../../generated/resolvers.ts';
import { isUniqueViolation } from '../../../platform/database/sqlState.ts';
import { deny, refuse } from '../../../platform/errors/refusal.ts';
import { clientId, requiredText } from '../../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../../platform/graphql/context.ts';
import { ownAccount } from '../../accounts/accounts.ts';
import { accounts, type AccountRow } from '../../accounts/accounts.table.ts';
import { record } from '../../audit/audit.ts';
import { candidaciesByIds } from '../../candidacies/candidacies.ts';
import type { CandidacyRow } from '../../candidacies/candidacies.table.ts';
import { insertInvitation, verifyOwnInvitation } from '../../invitations/invitations.ts';
import { people } from '../../people/people.table.ts';
import { canOpenConversations } from '../../projects/projects.policy.ts';
import { projectMembers } from '../../projects/projects.table.ts';
import { projectById } from '../../projects/projects.ts';
import { conversations, type ConversationRow } from '../conversations.table.ts';
import { orderTeam } from '../teamRooms.ts';

/**
 * Opens a candidacy's conversation: leads, consultants on the project, partners. Sent twice, it opens once.
 *
 *   look      may the viewer? is there one? is the id free? does the person have an account with the firm? is the invitation sound?
 *   room      made by the service account, the team in it, the viewer last: they write at once, and to all of them
 *   decide    conversation, invitation, and the joins that failed, again after the commit
 *
 * Refused: ALREADY_OPEN (beside it the `conversation` that is there), CANDIDATE_BLOCKED, REQUIRED, STATEMENT_INVALID, LINK_EXPIRED, CERTIFICATE_REQUIRED, ID_TAKEN,
 * MATRIX_UNAVAILABLE.
 */
export async function openConversation(ctx: ApiContext, input: OpenConversationInput): Promise<ConversationRow> {
  const viewer = member(ctx);
  const { services } = ctx;
  const id = clientId('conversation', input.conversationId, 'conversationId');
  const about = requiredText(input.about, 'about');
  const { candidacy, existing, candidateName } = await look(ctx, input.candidacyId);
  if (existing) return asOpened(existing, id);
  await assertFree(ctx, id);

  const known = await knownCandidate(ctx, candidacy.personId);
  const invitation = known ? null : await soundInvitation(ctx, input, id);
  const owner = await ownAccount(ctx);
  const roomId = await services.matrix.createRoom(id);
  // Whom the viewer's client does not see in the room when it first hears of it, that one can't read the first message.
  const colleagues = await colleaguesOn(ctx, candidacy.projectId, viewer.accountId);
  const others = [...colleagues, ...(known?.certificate ? [known.mxid] : [])];
  await Promise.allSettled(others.map((mxid) => services.matrix.join(roomId, mxid)));
  await services.matrix.join(roomId, owner.mxid);

  return ctx.write(async (tx, unit) => {
    const [conversation] = await tx.insert(conversations).values({
      id, organisationId: viewer.organisationId, candidacyId: candidacy.id, projectId: candidacy.projectId, personId: candidacy.personId,
      roomId, about, candidateName, ownerId: viewer.accountId, candidateId: known?.id ?? null,
      state: known ? (known.certificate ? 'ENTERED' : 'CLAIMED') : 'INVITED',
    }).returning();
    record(unit, viewer, 'CONVERSATION_OPENED', id);
    if (invitation) await insertInvitation(tx, unit, invitation, { inviteeName: candidateName, sealedSecret: input.sealedSecret as string, conversationId: id });
    await orderTeam(tx, conversation as ConversationRow, [...colleagues, owner.mxid]);
    unit.afterCommit(() => services.matrixTasks.run());
    unit.afterCommit(() => services.changes.publish({ topic: 'CONVERSATION', id, organisationId: viewer.organisationId }));
    return conversation as ConversationRow;
  }).catch(async (error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    const { existing: faster } = await look(ctx, candidacy.id);
    return faster ? asOpened(faster, id) : refuse('ID_TAKEN', 'conversationId');
  });
}

/** The conversation, when it is the one that was to be opened; else ALREADY_OPEN, beside it the one that is there. */
function asOpened(existing: ConversationRow, id: string): ConversationRow {
  return existing.id === id ? existing : refuse('ALREADY_OPEN', 'candidacyId', { conversation: existing });
}

async function look(ctx: ApiContext, candidacyId: string): Promise<{ candidacy: CandidacyRow; existing: ConversationRow | undefined; candidateName: string }> {
  const viewer = member(ctx);
  return ctx.read(async (tx) => {
    const [candidacy] = await candidaciesByIds(tx, viewer, [candidacyId]);
    if (!candidacy) return deny('NOT_FOUND');
    const project = await projectById(tx, viewer, candidacy.projectId);
    if (!canOpenConversations(viewer, project)) return deny('FORBIDDEN');
    const [existing] = await tx.select().from(conversations).where(eq(conversations.candidacyId, candidacyId));
    const [person] = await tx.select({ name: people.name }).from(people).where(eq(people.id, candidacy.personId));
    return { candidacy, existing, candidateName: person?.name ?? deny('NOT_FOUND') };
  });
}

/** The id names the room: with somebody else's, the viewer would come into theirs. Refused: ID_TAKEN. */
async function assertFree({ services }: ApiContext, id: string): Promise<void> {
  // As nobody: another project's or firm's is taken as well.
  const taken = await services.system.read((tx) => tx.select({ id: conversations.id }).from(conversations).where(eq(conversations.id, id)));
  if (taken.length > 0) refuse('ID_TAKEN', 'conversationId');
}

/** Matrix ids of the project's members but one. */
async function colleaguesOn(ctx: ApiContext, projectId: string, except: string): Promise<string[]> {
  const rows = await ctx.read((tx) =>
    tx.select({ mxid: accounts.mxid }).from(projectMembers).innerJoin(accounts, eq(accounts.id, projectMembers.accountId))
      .where(and(eq(projectMembers.projectId, projectId), ne(accounts.id, except), isNull(accounts.endedAt))),
  );
  return rows.map(({ mxid }) => mxid);
}

/** The person's account with this firm, from whatever project. Refused: CANDIDATE_BLOCKED. */
async function knownCandidate(ctx: ApiContext, personId: string): Promise<AccountRow | null> {
  const viewer = member(ctx);
  // As nobody: they may have come through a project that the viewer does not see.
  const rows = await ctx.services.system.read((tx) =>
    tx.select({ account: accounts, state: conversations.state }).from(conversations)
      .innerJoin(accounts, eq(accounts.id, conversations.candidateId))
      .where(and(eq(conversations.organisationId, viewer.organisationId), eq(conversations.personId, personId), isNull(accounts.endedAt)))
      // The newest: an older one may have lost its keys.
      .orderBy(desc(accounts.joinedAt)),
  );
  if (rows.some((row) => row.state === 'BLOCKED')) refuse('CANDIDATE_BLOCKED', 'candidacyId');
  return rows[0]?.account ?? null;
}

/** The invitation to this very conversation, as the viewer signed it. */
export async function soundInvitation(
  ctx: ApiContext,
  input: { invitation?: unknown; sealedSecret?: string | null | undefined },
  conversationId: string,
): Promise<Signed<InvitationStatement>> {
  if (input.invitation == null) refuse('REQUIRED', 'invitation');
  requiredText(input.sealedSecret ?? '', 'sealedSecret', 2000);
  const signed = await verifyOwnInvitation(ctx, input.invitation);
  const { for: wanted } = signed.statement;
  return wanted.kind === 'candidate' && wanted.conversation === conversationId ? signed : refuse('STATEMENT_INVALID', 'invitation');
}
