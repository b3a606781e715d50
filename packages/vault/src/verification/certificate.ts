import { refusal } from '../errors.ts';
import { fingerprintOf } from '../organisation/fingerprint.ts';
import { parseCertificate } from '../statements/parse.ts';
import {
  domains, type CertificateStatement, type InvitationStatement, type Role, type Signed, type VouchStatement,
} from '../statements/statements.ts';
import type { VerifiedIdentity } from './identity.ts';
import { requireSignature } from './signatures.ts';

/** The part of a certificate that the link or the root signs. */
export function vouchOf(certificate: CertificateStatement): VouchStatement {
  const { v, kind, account, organisation, root, invitation, signingKey, boxKey } = certificate;
  return { v, kind, account, organisation, root, invitation, signingKey, boxKey };
}

/** Matrix id of an account: the account's id decides everything but the server's name, so nobody can certify another's id. */
export function mxidOf(kind: 'member' | 'candidate', account: string, serverName: string): string {
  return `@${kind === 'member' ? 'm' : 'c'}-${account.slice('acc_'.length)}:${serverName}`;
}

/** What the verifier knows already of an account, to hold a new certificate against. */
export interface KnownAccount {
  account: string;
  signingKey: string;
  boxKey: string;
  /** Highest sequence seen; 0 when there was none. */
  sequence: number;
}

/**
 * Checks a certificate against the root's fingerprint and the (verified) invitation that it names; null for the first
 * partner. With `known`, it must be that account with those keys and a higher sequence.
 * Throws MALFORMED_STATEMENT, WRONG_ROOT, WRONG_ORGANISATION, WRONG_INVITATION, ROLE_MISMATCH, WRONG_LINK, WRONG_MXID,
 * BAD_SIGNATURE, WRONG_ACCOUNT, REPLACED_IDENTITY, SEQUENCE_TOO_LOW.
 */
export function verifyCertificate(
  value: unknown,
  expected: { root: string; invitation: Signed<InvitationStatement> | null; known?: KnownAccount },
): VerifiedIdentity {
  const signed = parseCertificate(value);
  const { statement } = signed;
  if (statement.root !== expected.root) throw refusal('WRONG_ROOT');
  if (statement.mxid !== mxidOf(statement.kind, statement.account, statement.mxid.slice(statement.mxid.indexOf(':') + 1))) {
    throw refusal('WRONG_MXID');
  }
  const role = expected.invitation === null ? requireRootVouch(signed) : requireLinkVouch(signed, expected.invitation.statement);
  requireSignature(signed, { by: 'account', key: statement.signingKey, domain: domains.certificate, content: statement });
  if (expected.known !== undefined) requireContinuity(statement, expected.known);
  const { account, kind, organisation, root, invitation, mxid, signingKey, boxKey, matrixMasterKey, sequence } = statement;
  return { account, kind, role, organisation, root, invitation, mxid, signingKey, boxKey, matrixMasterKey, sequence };
}

function requireRootVouch(signed: Signed<CertificateStatement>): Role {
  const { statement } = signed;
  if (statement.invitation !== null) throw refusal('WRONG_INVITATION');
  if (statement.kind !== 'member') throw refusal('ROLE_MISMATCH');
  const rootKey = signed.signatures.find((signature) => signature.by === 'root')?.key;
  if (rootKey === undefined) throw refusal('BAD_SIGNATURE', { by: 'root' });
  if (fingerprintOf(rootKey) !== statement.root) throw refusal('WRONG_ROOT');
  requireSignature(signed, { by: 'root', key: rootKey, domain: domains.vouch, content: vouchOf(statement) });
  return 'partner';
}

function requireLinkVouch(signed: Signed<CertificateStatement>, invitation: InvitationStatement): Role | null {
  const { statement } = signed;
  if (statement.invitation !== invitation.invitation) throw refusal('WRONG_INVITATION');
  if (statement.organisation !== invitation.organisation) throw refusal('WRONG_ORGANISATION');
  if (statement.root !== invitation.root) throw refusal('WRONG_ROOT');
  if ((statement.kind === 'member') !== (invitation.for.kind === 'colleague')) throw refusal('ROLE_MISMATCH');
  requireSignature(signed, {
    by: 'link', key: invitation.linkKey, domain: domains.vouch, content: vouchOf(statement), otherKey: 'WRONG_LINK',
  });
  return invitation.for.kind === 'colleague' ? invitation.for.role : null;
}

function requireContinuity(statement: CertificateStatement, known: KnownAccount): void {
  if (statement.account !== known.account) throw refusal('WRONG_ACCOUNT');
  if (statement.signingKey !== known.signingKey || statement.boxKey !== known.boxKey) throw refusal('REPLACED_IDENTITY');
  if (statement.sequence <= known.sequence) throw refusal('SEQUENCE_TOO_LOW');
}
