import { refusal } from '../errors.ts';
import type {
  CertificateChain, CertificateStatement, InvitationStatement, OrganisationStatement, Role, Signed,
} from '../statements/statements.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';

/** A member as the log tells. Plain data. */
export interface OrganisationMember {
  /** With the role of today. */
  identity: VerifiedIdentity;
  /** When the log says so; null for those who are in. */
  revokedAt: string | null;
  /** What the account was from which line (`seq`) on, oldest first; null from its revocation on. */
  roles: readonly { since: number; role: Role | null }[];
  /** The newest. */
  certificate: Signed<CertificateStatement>;
  invitation: Signed<InvitationStatement> | null;
}

/** What the verified log adds up to. Plain data, never changed in place. */
export interface OrganisationState {
  organisation: Signed<OrganisationStatement>;
  /** Fingerprint of the root. */
  root: string;
  /** Number of lines. The next line's `seq`. */
  length: number;
  /** Hash of the newest line. The next line's `prev`. */
  head: string;
  /** Hash of each line, by its `seq`: what another log that names a state of this one is held against. */
  heads: readonly string[];
  /** By account, revoked ones included. */
  members: Readonly<Record<string, OrganisationMember>>;
}

/** The member of an account. Throws UNKNOWN_MEMBER, REVOKED_MEMBER. */
export function memberOf(state: OrganisationState, account: string): VerifiedIdentity {
  const member = Object.hasOwn(state.members, account) ? state.members[account] : undefined;
  if (member === undefined) throw refusal('UNKNOWN_MEMBER');
  if (member.revokedAt !== null) throw refusal('REVOKED_MEMBER');
  return member.identity;
}

/**
 * Everything that an account was from when the log had `from` lines until it had `to` (at least what it was at `from`).
 * Throws UNKNOWN_MEMBER for who had not come yet, REVOKED_MEMBER for who had gone, or went meanwhile.
 */
export function rolesDuring(state: OrganisationState, account: string, from: number, to: number): readonly Role[] {
  const { roles = [] } = (Object.hasOwn(state.members, account) ? state.members[account] : undefined) ?? {};
  const first = roles.findLast(({ since }) => since < from);
  if (first === undefined) throw refusal('UNKNOWN_MEMBER', { account });
  return [first, ...roles.filter(({ since }) => since >= from && since < to)].map(({ role }) => {
    if (role === null) throw refusal('REVOKED_MEMBER', { account });
    return role;
  });
}

/** The chain of a member's certificate up to the root, for whoever does not have the log. Throws UNKNOWN_MEMBER. */
export function chainOf(state: OrganisationState, account: string): CertificateChain {
  const member = Object.hasOwn(state.members, account) ? state.members[account] : undefined;
  if (member === undefined) throw refusal('UNKNOWN_MEMBER');
  const { certificate, invitation } = member;
  return { certificate, invitation, inviter: invitation === null ? null : chainOf(state, invitation.statement.inviter) };
}
