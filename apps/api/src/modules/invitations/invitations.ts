import { and, desc, eq } from 'drizzle-orm';
import type { InvitationStatement, Signed } from '@baton/vault/verify';
import type { InviteColleagueInput, Role } from '../../generated/resolvers.ts';
import type { Tx, Unit } from '../../platform/database/database.ts';
import { isUniqueViolation } from '../../platform/database/sqlState.ts';
import { nameLine } from '../../platform/errors/line.ts';
import { deny, refuse } from '../../platform/errors/refusal.ts';
import { requiredText } from '../../platform/errors/validate.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import { record } from '../audit/audit.ts';
import { canInviteColleagues, canRevoke } from './invitations.policy.ts';
import { invitationState } from './invitationState.ts';
import { invitations, type InvitationRow } from './invitations.table.ts';
import { verifyOwnInvitation } from './verifyOwnInvitation.ts';

export { verifyOwnInvitation } from './verifyOwnInvitation.ts';
export { invitationState } from './invitationState.ts';

/** Stores a verified invitation. Refused: ID_TAKEN. */
export async function insertInvitation(
  tx: Tx,
  unit: Unit,
  signed: Signed<InvitationStatement>,
  about: { inviteeName: string; sealedSecret: string; conversationId: string | null },
): Promise<InvitationRow> {
  const { statement } = signed;
  try {
    const rows = await tx.transaction((inner) =>
      inner.insert(invitations).values({
        id: statement.invitation, organisationId: statement.organisation, inviterId: statement.inviter,
        kind: statement.for.kind === 'colleague' ? 'COLLEAGUE' : 'CANDIDATE',
        role: statement.for.kind === 'colleague' ? (statement.for.role.toUpperCase() as Role) : null,
        conversationId: about.conversationId, inviteeName: about.inviteeName, sealedSecret: about.sealedSecret,
        statement: signed, expiresAt: new Date(statement.expiresAt),
      }).returning(),
    );
    const actor = { accountId: statement.inviter, organisationId: statement.organisation };
    if (about.conversationId === null) record(unit, actor, 'COLLEAGUE_INVITED', statement.invitation);
    else record(unit, actor, 'CANDIDATE_INVITED', statement.invitation, about.conversationId);
    return rows[0] as InvitationRow;
  } catch (error) {
    if (isUniqueViolation(error)) refuse('ID_TAKEN', 'invitation');
    throw error;
  }
}

/** Invites a colleague. Partners. Refused: STATEMENT_INVALID, LINK_EXPIRED, CERTIFICATE_REQUIRED, ID_TAKEN, REQUIRED, TOO_LONG, NAME_NEEDS_LETTER. */
export async function inviteColleague(ctx: ApiContext, input: InviteColleagueInput): Promise<InvitationRow> {
  const viewer = member(ctx);
  if (!canInviteColleagues(viewer)) deny('FORBIDDEN');
  const inviteeName = nameLine(input.inviteeName, 'inviteeName');
  const sealedSecret = requiredText(input.sealedSecret, 'sealedSecret', 2000);
  const signed = await verifyOwnInvitation(ctx, input.invitation);
  if (signed.statement.for.kind !== 'colleague') refuse('STATEMENT_INVALID', 'invitation');
  return ctx.write((tx, unit) => insertInvitation(tx, unit, signed, { inviteeName, sealedSecret, conversationId: null }));
}

/** Invitations of colleagues, newest first. Partners. */
export async function colleagueInvitations(ctx: ApiContext): Promise<InvitationRow[]> {
  const viewer = member(ctx);
  if (!canInviteColleagues(viewer)) deny('FORBIDDEN');
  return ctx.read((tx) =>
    tx.select().from(invitations)
      .where(and(eq(invitations.organisationId, viewer.organisationId), eq(invitations.kind, 'COLLEAGUE'))).orderBy(desc(invitations.createdAt)).limit(500),
  );
}

/** One invitation that the viewer may see. */
export async function invitationById(ctx: ApiContext, id: string): Promise<InvitationRow | null> {
  member(ctx);
  const [row] = await ctx.read((tx) => tx.select().from(invitations).where(eq(invitations.id, id)));
  return row ?? null;
}

/** Takes an invitation back. Twice is no error. Refused: ALREADY_CLAIMED. */
export async function revokeInvitation(ctx: ApiContext, invitationId: string): Promise<InvitationRow> {
  const viewer = member(ctx);
  return ctx.write(async (tx, unit) => {
    const [row] = await tx.select().from(invitations).where(eq(invitations.id, invitationId)).for('update');
    if (!row) return deny('NOT_FOUND');
    if (!canRevoke(viewer, row)) return deny('FORBIDDEN');
    const now = ctx.services.clock.now();
    if (invitationState(row, now) === 'CLAIMED') return refuse('ALREADY_CLAIMED', 'invitationId');
    if (row.revokedAt) return row;
    const [stored] = await tx.update(invitations).set({ revokedAt: new Date(now) }).where(eq(invitations.id, row.id)).returning();
    record(unit, viewer, 'INVITATION_REVOKED', row.id);
    return stored as InvitationRow;
  });
}
