import type { InvitationState } from '../../generated/resolvers.ts';
import type { InvitationRow } from './invitations.table.ts';

/** What has become of an invitation at `now` (milliseconds). A claim counts more than what came after it. */
export function invitationState(invitation: Pick<InvitationRow, 'claimedAt' | 'revokedAt' | 'expiresAt'>, now: number): InvitationState {
  if (invitation.claimedAt) return 'CLAIMED';
  if (invitation.revokedAt) return 'REVOKED';
  return invitation.expiresAt.getTime() <= now ? 'EXPIRED' : 'OPEN';
}
