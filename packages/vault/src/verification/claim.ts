import { refusal } from '../errors.ts';
import { parseClaim } from '../statements/parse.ts';
import { domains, type ClaimStatement, type InvitationStatement, type Signed } from '../statements/statements.ts';
import { requireSignature } from './signatures.ts';

/**
 * Checks the first claim of a link against its (verified) invitation. `at` is the verifier's own time in milliseconds: the
 * time in the claim proves nothing. That it is the first claim, the caller must know.
 * Throws MALFORMED_STATEMENT, WRONG_INVITATION, WRONG_LINK, BAD_SIGNATURE, EXPIRED_INVITATION.
 */
export function verifyClaim(
  value: unknown,
  expected: { invitation: Signed<InvitationStatement>; at: number },
): Signed<ClaimStatement> {
  const signed = parseClaim(value);
  const { statement } = signed;
  const invitation = expected.invitation.statement;
  if (statement.invitation !== invitation.invitation) throw refusal('WRONG_INVITATION');
  requireSignature(signed, {
    by: 'link', key: invitation.linkKey, domain: domains.claim, content: statement, otherKey: 'WRONG_LINK',
  });
  requireSignature(signed, { by: 'account', key: statement.signingKey, domain: domains.claim, content: statement });
  if (expected.at >= Date.parse(invitation.expiresAt)) throw refusal('EXPIRED_INVITATION');
  return signed;
}
