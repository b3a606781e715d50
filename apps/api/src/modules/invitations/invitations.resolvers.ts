import { payload } from '../../platform/errors/refusal.ts';
import type { ApiModule } from '../../platform/graphql/apiModule.ts';
import type { ApiContext } from '../../platform/graphql/context.ts';
import { accountsById } from '../accounts/accounts.ts';
import { claimInvitation } from './claimInvitation.ts';
import { canSeeSealedSecret } from './invitations.policy.ts';
import { colleagueInvitations, invitationById, invitationState, inviteColleague, revokeInvitation } from './invitations.ts';
import type { InvitationRow } from './invitations.table.ts';
import { publicInvitation, reportInvitation } from './publicInvitation.ts';

export const invitationsModule: ApiModule = {
  resolvers: {
    Query: {
      publicInvitation: (_root, { id }, ctx) => publicInvitation(ctx, id),
      colleagueInvitations: (_root, _args, ctx) => colleagueInvitations(ctx),
    },
    Mutation: {
      inviteColleague: (_root, { input }, ctx) => payload({ invitation: null }, async () => ({ invitation: await inviteColleague(ctx, input) })),
      revokeInvitation: (_root, { input }, ctx) =>
        payload({ invitation: null }, async () => ({ invitation: await revokeInvitation(ctx, input.invitationId) })),
      claimInvitation: (_root, { input }, ctx) => payload({ signedIn: null }, async () => ({ signedIn: await claimInvitation(ctx, input) })),
      reportInvitation: (_root, { input }, ctx) =>
        payload({ reported: false }, async () => {
          await reportInvitation(ctx, input);
          return { reported: true };
        }),
    },
    Invitation: {
      state: (invitation, _args, ctx) => invitationState(invitation, ctx.services.clock.now()),
      sealedSecret: (invitation, _args, { viewer }) =>
        viewer.kind === 'member' && canSeeSealedSecret(viewer, invitation) ? invitation.sealedSecret : null,
    },
    PublicInvitation: {
      id: ({ invitation }) => invitation.id,
      kind: ({ invitation }) => invitation.kind,
      state: ({ invitation }, _args, ctx) => invitationState(invitation, ctx.services.clock.now()),
      firmName: ({ organisation }) => organisation.name,
      inviterName: ({ inviter }) => inviter.name,
      inviteeName: ({ invitation }) => (invitation.claimedAt ? null : invitation.inviteeName),
      role: ({ invitation }) => invitation.role,
      expiresAt: ({ invitation }) => invitation.expiresAt,
      claimedAt: ({ invitation }) => invitation.claimedAt,
      claimedOn: ({ invitation }) => invitation.claimedOn,
      statement: ({ invitation }) => invitation.statement,
      organisation: ({ organisation }) => organisation.statement,
      inviterCertificate: ({ inviter }) => inviter.certificate,
    },
  },
  loaders: {
    Invitation: {
      inviter: async (queries: { obj: InvitationRow }[], ctx: ApiContext) => {
        const found = await accountsById(ctx, queries.map(({ obj }) => obj.inviterId));
        return queries.map(({ obj }) => found.get(obj.inviterId));
      },
    },
  },
  nodes: { invitation: { type: 'Invitation', find: invitationById } },
};
