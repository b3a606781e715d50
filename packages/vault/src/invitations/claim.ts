import { publicKeysOf, type AccountKeys } from '../account/account.ts';
import { makeVouch } from '../certificates/certificate.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type ClaimStatement, type InvitationStatement, type Signature, type Signed } from '../statements/statements.ts';
import type { LinkKeys } from './link.ts';

/**
 * The first claim of a link, and the link's signature under the new account's keys. After this the link's secret is of use
 * for the welcome bundle only. `now` in milliseconds.
 */
export function makeClaim(
  link: LinkKeys,
  invitation: InvitationStatement,
  claimant: { account: string; keys: AccountKeys; now: number },
): { claim: Signed<ClaimStatement>; vouch: Signature } {
  const { account, keys } = claimant;
  const statement: ClaimStatement = {
    v: 1, invitation: invitation.invitation, account, ...publicKeysOf(keys), claimedAt: new Date(claimant.now).toISOString(),
  };
  const claim: Signed<ClaimStatement> = {
    statement,
    signatures: [
      makeSignature('account', keys.signing, domains.claim, statement),
      makeSignature('link', link.signing, domains.claim, statement),
    ],
  };
  const { organisation, root } = invitation;
  const kind = invitation.for.kind === 'colleague' ? 'member' : 'candidate';
  const vouch = makeVouch('link', link.signing, { kind, account, organisation, root, invitation: invitation.invitation }, keys);
  return { claim, vouch };
}
