import { isId } from '@baton/base';
import { fingerprintOf, verifyCertificateChain, verifyInvitation, type InvitationStatement, type Role, type Signed } from '@baton/vault/verify';
import { refuse } from '../../platform/errors/refusal.ts';
import { verified } from '../../platform/errors/verified.ts';
import { member, type ApiContext } from '../../platform/graphql/context.ts';
import { ownAccount } from '../accounts/accounts.ts';
import { ownOrganisation } from '../organisations/organisations.ts';

/** A link lives at most this long, in milliseconds. */
const longestLife = 92 * 24 * 3_600_000;

/**
 * The invitation that the viewer signed, checked against their own certificate and today's role.
 * Refused: STATEMENT_INVALID, LINK_EXPIRED, CERTIFICATE_REQUIRED (without one nobody could check the link).
 */
export async function verifyOwnInvitation(ctx: ApiContext, value: unknown): Promise<Signed<InvitationStatement>> {
  const viewer = member(ctx);
  const now = ctx.services.clock.now();
  const [account, organisation] = [await ownAccount(ctx), await ownOrganisation(ctx)];
  if (!account.certificate) return refuse('CERTIFICATE_REQUIRED', 'invitation');
  const signed = await verified('invitation', ctx.services.log, () => {
    const inviter = verifyCertificateChain(account.certificate, { root: fingerprintOf(organisation.rootKey) });
    return verifyInvitation(value, { inviter: { ...inviter, role: viewer.role.toLowerCase() as Role }, at: now });
  });
  const { invitation, expiresAt } = signed.statement;
  if (!isId('invitation', invitation) || Date.parse(expiresAt) > now + longestLife) refuse('STATEMENT_INVALID', 'invitation');
  return signed;
}
