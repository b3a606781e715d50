import { refusal } from '../errors.ts';
import { memberOf, type OrganisationState } from '../log/state.ts';
import { parseChain } from '../statements/parse.ts';
import type { CertificateChain, InvitationStatement } from '../statements/statements.ts';
import { verifyCertificate } from '../verification/certificate.ts';
import { verifyCertificateChain } from '../verification/chain.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { verifyInvitation } from '../verification/invitation.ts';

/**
 * Believes a chain or refuses it. With the organisation's log, the log decides who is a member, with which keys and which role;
 * without it (candidates) the chain must lead up to the root by itself. Throws what the verification throws.
 */
export function judgeChain(value: unknown, root: string, log: OrganisationState | null): VerifiedIdentity {
  if (log === null) return verifyCertificateChain(value, { root });
  const chain = parseChain(value);
  return chain.certificate.statement.kind === 'member' ? judgeMember(chain, log) : judgeCandidate(chain, log);
}

function judgeMember(chain: CertificateChain, log: OrganisationState): VerifiedIdentity {
  const { account } = chain.certificate.statement;
  const { role, signingKey, boxKey, sequence } = memberOf(log, account);
  const invitation = log.members[account]?.invitation ?? null;
  // One certificate may be newer than the log that this device has seen, never older.
  const known = { account, signingKey, boxKey, sequence: sequence - 1 };
  return { ...verifyCertificate(chain.certificate, { root: log.root, invitation, known }), role };
}

function judgeCandidate(chain: CertificateChain, log: OrganisationState): VerifiedIdentity {
  if (chain.invitation === null) throw refusal('BROKEN_CHAIN');
  const invitation = verifyInvitation(chain.invitation, { inviter: inviterAtTheTime(chain.invitation.statement, log) });
  return verifyCertificate(chain.certificate, { root: log.root, invitation });
}

/** A candidate stays certified when the colleague who invited them leaves; what that colleague signs afterwards counts no more. */
export function inviterAtTheTime({ inviter, createdAt }: InvitationStatement, log: OrganisationState): VerifiedIdentity {
  const member = Object.hasOwn(log.members, inviter) ? log.members[inviter] : undefined;
  return member !== undefined && member.revokedAt !== null && createdAt < member.revokedAt ? member.identity : memberOf(log, inviter);
}
