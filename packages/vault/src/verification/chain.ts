import { refusal } from '../errors.ts';
import { parseChain } from '../statements/parse.ts';
import type { CertificateChain } from '../statements/statements.ts';
import { verifyCertificate } from './certificate.ts';
import type { VerifiedIdentity } from './identity.ts';
import { verifyInvitation } from './invitation.ts';

/**
 * Checks a certificate without the organisation's log: invitation by invitation up to the certificate that the root vouches
 * for. It can't know of later changes of role or of revocations; whoever holds the log asks `memberOf` as well.
 * Throws what `verifyCertificate` and `verifyInvitation` throw, and BROKEN_CHAIN where a link of it is missing.
 */
export function verifyCertificateChain(value: unknown, expected: { root: string }): VerifiedIdentity {
  return verifyParsed(parseChain(value), expected.root);
}

function verifyParsed(chain: CertificateChain, root: string): VerifiedIdentity {
  if (chain.invitation === null) {
    if (chain.inviter !== null) throw refusal('BROKEN_CHAIN');
    return verifyCertificate(chain.certificate, { root, invitation: null });
  }
  if (chain.inviter === null) throw refusal('BROKEN_CHAIN');
  const inviter = verifyParsed(chain.inviter, root);
  const invitation = verifyInvitation(chain.invitation, { inviter });
  return verifyCertificate(chain.certificate, { root, invitation });
}
