import type { MemberViewer } from '../../platform/session/viewer.ts';
import type { InvitationRow } from './invitations.table.ts';

/** Partners invite colleagues and see who was invited. */
export const canInviteColleagues = (viewer: MemberViewer): boolean => viewer.role === 'PARTNER';

/** Whoever invited takes it back, and any partner of the firm. */
export const canRevoke = (viewer: MemberViewer, invitation: Pick<InvitationRow, 'inviterId' | 'organisationId'>): boolean =>
  invitation.organisationId === viewer.organisationId && (viewer.role === 'PARTNER' || invitation.inviterId === viewer.accountId);

/** The sealed secret opens for whoever sealed it, and is nobody else's business. */
export const canSeeSealedSecret = (viewer: MemberViewer, invitation: Pick<InvitationRow, 'inviterId'>): boolean =>
  invitation.inviterId === viewer.accountId;
