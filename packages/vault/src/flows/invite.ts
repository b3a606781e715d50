import type { OpenedAccount } from '../account/openedAccount.ts';
import { linkOf as linkOfInvitation, makeInvitation, type Inviter, type MadeInvitation } from '../invitations/invitation.ts';
import type { Role } from '../statements/statements.ts';
import type { FlowDependencies } from './dependencies.ts';

/** Invites a colleague. The link is for the inviter to share; the server never has its secret. Partners only. */
export async function inviteColleague(
  { server, clock }: Pick<FlowDependencies, 'server' | 'clock'>,
  account: OpenedAccount,
  wanted: { name: string; role: Role },
): Promise<{ invitationId: string; link: string }> {
  const made = makeInvitation(inviterOf(account), { for: { kind: 'colleague', role: wanted.role }, now: clock.now() });
  await server.inviteColleague({ invitation: made.invitation, inviteeName: wanted.name, sealedSecret: made.sealedSecret });
  return { invitationId: made.id, link: made.link };
}

/** Makes a candidate's invitation; the caller sends it when it opens the conversation or renews its link. */
export function makeCandidateInvitation({ clock }: Pick<FlowDependencies, 'clock'>, account: OpenedAccount, conversation: string): MadeInvitation {
  return makeInvitation(inviterOf(account), { for: { kind: 'candidate', conversation }, now: clock.now() });
}

/** The link of an invitation that this account made; null where another colleague made it. */
export function linkOf(account: OpenedAccount, invitation: string, sealedSecret: string): string | null {
  return linkOfInvitation(inviterOf(account), invitation, sealedSecret);
}

function inviterOf({ secrets: { account, organisation, root }, keys }: OpenedAccount): Inviter {
  return { account, organisation, root, keys };
}
