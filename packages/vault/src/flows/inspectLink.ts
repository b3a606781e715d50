import { isBatonError, type Clock } from '@baton/base';
import { toBase64url } from '../crypto/bytes.ts';
import { refusal, vaultErrorCodes } from '../errors.ts';
import { linkKeysIn, parseLink, type LinkKeys } from '../invitations/link.ts';
import type { InvitationStatement, OrganisationStatement, Signed } from '../statements/statements.ts';
import { verifyCertificateChain } from '../verification/chain.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { verifyInvitation } from '../verification/invitation.ts';
import { verifyOrganisation } from '../verification/organisation.ts';
import type { AccountServer, PublicInvitationAnswer } from './server.ts';

/** A link whose signatures lead up to the root that it names. */
export interface InspectedLink {
  keys: LinkKeys;
  invitation: Signed<InvitationStatement>;
  organisation: Signed<OrganisationStatement>;
  inviter: VerifiedIdentity;
  /** What the server says besides: names, whether it was claimed. */
  answer: PublicInvitationAnswer;
}

/**
 * Reads a link without effect. Throws LINK_BROKEN where its text is, LINK_UNKNOWN where the server doesn't know it, LINK_FORGED
 * {because} where what the server shows is not signed up to the root in the link.
 */
export async function inspectLink(
  { server, clock }: { server: Pick<AccountServer, 'publicInvitation'>; clock: Clock },
  typed: string,
): Promise<InspectedLink> {
  const link = parseLink(typed);
  const answer = await server.publicInvitation(link.invitation);
  if (answer === null) throw refusal('LINK_UNKNOWN');
  try {
    const keys = linkKeysIn(link);
    const organisation = verifyOrganisation(answer.organisation, { root: link.root });
    const inviter = verifyCertificateChain(answer.inviterCertificate, { root: link.root });
    const invitation = verifyInvitation(answer.statement, { inviter });
    const { statement } = invitation;
    if (statement.invitation !== link.invitation) throw refusal('WRONG_INVITATION');
    if (statement.organisation !== organisation.statement.organisation) throw refusal('WRONG_ORGANISATION');
    const ours = statement.linkKey === toBase64url(keys.signing.publicKey) && statement.linkBoxKey === toBase64url(keys.box.publicKey);
    if (!ours) throw refusal('WRONG_LINK');
    const ended = answer.state === 'open' && clock.now() >= Date.parse(statement.expiresAt);
    const signed = signedPart(statement);
    return { keys, invitation, organisation, inviter, answer: { ...answer, ...signed, state: ended ? 'expired' : answer.state } };
  } catch (error) {
    if (!isBatonError(error) || !(vaultErrorCodes as readonly string[]).includes(error.code)) throw error;
    throw refusal('LINK_FORGED', { because: error.code }, { cause: error });
  }
}

/** Where the statement and the server's words overlap, the statement counts. */
function signedPart(statement: InvitationStatement): Pick<PublicInvitationAnswer, 'kind' | 'role' | 'expiresAt'> {
  const role = statement.for.kind === 'colleague' ? statement.for.role : null;
  return { kind: statement.for.kind, role, expiresAt: statement.expiresAt };
}
