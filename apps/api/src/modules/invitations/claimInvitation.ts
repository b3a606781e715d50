import { isDeepStrictEqual } from 'node:util';
import { and, eq, isNull } from 'drizzle-orm';
import { isId } from '@baton/base';
import { verifyClaim, type ClaimStatement, type Signed } from '@baton/vault/verify';
import type { ClaimInvitationInput } from '../../generated/resolvers.ts';
import type { Tx, Unit } from '../../platform/database/database.ts';
import { nameLine } from '../../platform/errors/line.ts';
import { refuse } from '../../platform/errors/refusal.ts';
import { emailAddress } from '../../platform/errors/validate.ts';
import { verified } from '../../platform/errors/verified.ts';
import type { ApiContext } from '../../platform/graphql/context.ts';
import { endSessionsOf, insertAccount, passwordColumns, recoveryColumns, startSession, type StartedSession } from '../accounts/accounts.ts';
import { accounts, type AccountRow } from '../accounts/accounts.table.ts';
import { record } from '../audit/audit.ts';
import { conversations } from '../conversations/conversations.table.ts';
import { invitationState } from './invitationState.ts';
import { invitations, type InvitationRow } from './invitations.table.ts';

/**
 * The first claim of a link makes an account and signs it in.
 *
 *   look        the invitation is open, the claim is signed by link and account
 *   register    the Matrix user, which may be done twice
 *   decide      under a lock on the invitation: still open? account, claim, conversation
 *   sign in
 *
 * Refused: LINK_UNKNOWN, LINK_EXPIRED, LINK_REVOKED, ALREADY_CLAIMED, STATEMENT_INVALID, MATRIX_UNAVAILABLE, ID_TAKEN; for
 * colleagues EMAIL_TAKEN, INVALID_EMAIL, REQUIRED, WEAK_PARAMETERS.
 */
export async function claimInvitation(ctx: ApiContext, input: ClaimInvitationInput): Promise<StartedSession> {
  const { services } = ctx;
  const id = (input.claim as Partial<Signed<ClaimStatement>>).statement?.invitation;
  if (typeof id !== 'string' || !isId('invitation', id)) return refuse('STATEMENT_INVALID', 'claim');
  await ctx.throttle('claim', id);

  // As nobody, from here to the sign-in: whoever claims has no account yet.
  const [invitation] = await services.system.read((tx) => tx.select().from(invitations).where(eq(invitations.id, id)));
  if (!invitation) return refuse('LINK_UNKNOWN', 'claim');
  const earlier = await accountOfSameClaim(ctx, invitation, input);
  if (earlier) return startSession(ctx, earlier, input.deviceName);
  assertOpen(invitation, services.clock.now());
  const claim = await verified('claim', services.log, () => verifyClaim(input.claim, { invitation: invitation.statement, at: services.clock.now() }));
  if (!isId('account', claim.statement.account)) return refuse('STATEMENT_INVALID', 'claim');

  const newcomer = newcomerOf(ctx, invitation, claim.statement, input);
  await services.matrix.registerUser(newcomer.account.mxid, newcomer.account.name);
  const account = await services.system.write(async (tx, unit) => {
    const [locked] = await tx.select().from(invitations).where(eq(invitations.id, id)).for('update');
    if (!locked) return refuse('LINK_UNKNOWN', 'claim');
    const now = services.clock.now();
    assertOpen(locked, now);
    const stored = await insertAccount(tx, newcomer.account, newcomer.secrets);
    await tx.update(invitations)
      .set({ claim, claimedAt: new Date(now), claimedOn: input.deviceName.trim().slice(0, 100), claimedBy: stored.id })
      .where(eq(invitations.id, id));
    record(unit, { accountId: stored.id, organisationId: stored.organisationId }, 'INVITATION_CLAIMED', id);
    await letIntoConversation(ctx, tx, unit, locked, stored);
    return stored;
  });
  return startSession(ctx, account, input.deviceName);
}

/** How long after a claim its lost answer may be asked for again, in milliseconds. */
const repeatableMs = 24 * 3_600_000;

/**
 * The account of a candidate whose claim arrived and whose answer did not: the same bytes, which only their browser and
 * we have, sign them in again. Without this the very person the link was for would be locked out.
 */
async function accountOfSameClaim({ services }: ApiContext, { claim, claimedAt, claimedBy, kind }: InvitationRow, input: ClaimInvitationInput): Promise<AccountRow | undefined> {
  if (kind !== 'CANDIDATE' || !claim || !claimedAt || !claimedBy || services.clock.now() - claimedAt.getTime() > repeatableMs) return undefined;
  if (!isDeepStrictEqual(claim, input.claim)) return undefined;
  const [account] = await services.system.read((tx) => tx.select().from(accounts).where(and(eq(accounts.id, claimedBy), isNull(accounts.endedAt))));
  return account;
}

function assertOpen(invitation: InvitationRow, now: number): void {
  const state = invitationState(invitation, now);
  if (state === 'CLAIMED') refuse('ALREADY_CLAIMED', 'claim');
  if (state === 'REVOKED') refuse('LINK_REVOKED', 'claim');
  if (state === 'EXPIRED') refuse('LINK_EXPIRED', 'claim');
}

/** The account to be. A colleague comes with a password; a candidate chooses one later, if at all. */
function newcomerOf(ctx: ApiContext, invitation: InvitationRow, claim: ClaimStatement, input: ClaimInvitationInput) {
  const kind = invitation.kind === 'COLLEAGUE' ? ('MEMBER' as const) : ('CANDIDATE' as const);
  const account: typeof accounts.$inferInsert = {
    id: claim.account, organisationId: invitation.organisationId, kind, role: invitation.role,
    name: nameLine(input.name ?? invitation.inviteeName, 'name'),
    email: kind === 'MEMBER' ? emailAddress(input.email ?? '', 'email') : null,
    mxid: ctx.services.matrix.mxidOf(claim.account, kind),
    signingKey: claim.signingKey, boxKey: claim.boxKey, invitationId: invitation.id,
  };
  if (kind === 'CANDIDATE') return { account, secrets: {} };
  if (!input.password || !input.recovery) return refuse('REQUIRED', input.password ? 'recovery' : 'password');
  return { account, secrets: { ...passwordColumns(input.password, 'password'), ...recoveryColumns(input.recovery, 'recovery') } };
}

async function letIntoConversation(ctx: ApiContext, tx: Tx, unit: Unit, invitation: InvitationRow, account: AccountRow): Promise<void> {
  const { conversationId, organisationId } = invitation;
  if (conversationId === null) {
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'MEMBER', id: account.id, organisationId }));
    return;
  }
  const [before] = await tx.select().from(conversations).where(eq(conversations.id, conversationId)).for('update');
  // Somebody claimed an earlier link and never got into the room: they are out now.
  if (before?.candidateId) await endSessionsOf(ctx.services, tx, unit, { accountId: account.id, organisationId }, before.candidateId);
  await tx.update(conversations).set({ candidateId: account.id, state: 'CLAIMED' }).where(eq(conversations.id, conversationId));
  unit.afterCommit(() => ctx.services.changes.publish({ topic: 'CONVERSATION', id: conversationId, organisationId }));
}
