import { refusal } from '../errors.ts';
import { parseInvitation } from '../statements/parse.ts';
import { domains, type InvitationStatement, type Signed } from '../statements/statements.ts';
import type { VerifiedIdentity } from './identity.ts';
import { requireSignature } from './signatures.ts';

/**
 * Checks an invitation against its inviter: `memberOf(state, …)` for whoever has the organisation's log, the result of
 * `verifyCertificateChain` for whoever has not. With `at` (milliseconds) an invitation that ended before is refused.
 * Throws MALFORMED_STATEMENT, WRONG_INVITER, WRONG_ORGANISATION, WRONG_ROOT, NOT_ADMIN, BAD_SIGNATURE, EXPIRED_INVITATION.
 */
export function verifyInvitation(value: unknown, expected: { inviter: VerifiedIdentity; at?: number }): Signed<InvitationStatement> {
  const signed = parseInvitation(value);
  const { statement } = signed;
  const { inviter } = expected;
  if (statement.inviter !== inviter.account) throw refusal('WRONG_INVITER');
  if (statement.organisation !== inviter.organisation) throw refusal('WRONG_ORGANISATION');
  if (statement.root !== inviter.root) throw refusal('WRONG_ROOT');
  if (inviter.kind !== 'member') throw refusal('NOT_ADMIN');
  if (statement.for.kind === 'colleague' && inviter.role !== 'partner') throw refusal('NOT_ADMIN');
  requireSignature(signed, { by: 'account', key: inviter.signingKey, domain: domains.invitation, content: statement });
  if (expected.at !== undefined && expected.at >= Date.parse(statement.expiresAt)) throw refusal('EXPIRED_INVITATION');
  return signed;
}
