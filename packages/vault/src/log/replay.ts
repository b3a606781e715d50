import { toBase64url } from '../crypto/bytes.ts';
import { hashObject } from '../crypto/hash.ts';
import { refusal } from '../errors.ts';
import { fingerprintOf } from '../organisation/fingerprint.ts';
import { parseLogEntry } from '../statements/parse.ts';
import { domains, type OrganisationLogStatement, type Signed } from '../statements/statements.ts';
import { verifyCertificate } from '../verification/certificate.ts';
import { verifyInvitation } from '../verification/invitation.ts';
import { verifyOrganisation } from '../verification/organisation.ts';
import { requireSignature } from '../verification/signatures.ts';
import { memberOf, type OrganisationMember, type OrganisationState } from './state.ts';

type SignedEntry = Signed<OrganisationLogStatement>;
type EntryOf<Type extends OrganisationLogStatement['entry']['type']> = Extract<OrganisationLogStatement['entry'], { type: Type }>;

/** Hash of one line (base64url): `prev` of the line after it. */
export function hashOfEntry(statement: OrganisationLogStatement): string {
  return toBase64url(hashObject(domains.organisationLog, statement));
}

/**
 * Replays a log from its first line. With `root`, the genesis must be that root's. The log of a firm has at least its genesis:
 * an empty one is refused with BROKEN_CHAIN. Throws what `verifyNextEntry` throws.
 */
export function replayOrganisationLog(entries: readonly unknown[], expected: { root?: string } = {}): OrganisationState {
  let state: OrganisationState | null = null;
  for (const entry of entries) state = verifyNextEntry(state, entry, expected);
  if (state === null) throw refusal('BROKEN_CHAIN', { seq: 0 });
  return state;
}

/**
 * Checks the next line against what the log adds up to so far (null: the genesis), and returns what it adds up to then.
 * Throws MALFORMED_STATEMENT, BROKEN_CHAIN {seq}, BAD_SIGNATURE, WRONG_ROOT, WRONG_ORGANISATION, WRONG_ACCOUNT, NOT_ADMIN,
 * UNKNOWN_MEMBER, REVOKED_MEMBER, ALREADY_MEMBER, INVITATION_USED, LAST_PARTNER, ROLE_MISMATCH, WRONG_LINK, WRONG_INVITATION,
 * WRONG_INVITER, WRONG_MXID, REPLACED_IDENTITY, SEQUENCE_TOO_LOW.
 */
export function verifyNextEntry(state: OrganisationState | null, value: unknown, expected: { root?: string } = {}): OrganisationState {
  const signed = parseLogEntry(value);
  const { statement } = signed;
  if (statement.seq !== (state?.length ?? 0) || statement.prev !== (state?.head ?? null)) {
    throw refusal('BROKEN_CHAIN', { seq: statement.seq });
  }
  if (state === null) {
    if (statement.entry.type !== 'genesis') throw refusal('BROKEN_CHAIN', { seq: 0 });
    return genesis(signed, statement.entry, expected.root);
  }
  if (statement.organisation !== state.organisation.statement.organisation) throw refusal('WRONG_ORGANISATION');
  const head = hashOfEntry(statement);
  return { ...state, members: apply(state, signed), length: state.length + 1, head, heads: [...state.heads, head] };
}

function genesis(signed: SignedEntry, entry: EntryOf<'genesis'>, expectedRoot: string | undefined): OrganisationState {
  const organisation = verifyOrganisation(entry.organisation, expectedRoot === undefined ? {} : { root: expectedRoot });
  const root = fingerprintOf(organisation.statement.rootKey);
  const identity = verifyCertificate(entry.admin, { root, invitation: null });
  for (const named of [signed.statement.organisation, identity.organisation]) {
    if (named !== organisation.statement.organisation) throw refusal('WRONG_ORGANISATION');
  }
  requireActor(signed, identity.account, identity.signingKey);
  const admin: OrganisationMember = { identity, revokedAt: null, roles: [{ since: 0, role: identity.role }], certificate: entry.admin, invitation: null };
  const head = hashOfEntry(signed.statement);
  return { organisation, root, length: 1, head, heads: [head], members: { [identity.account]: admin } };
}

function apply(state: OrganisationState, signed: SignedEntry): OrganisationState['members'] {
  const { entry } = signed.statement;
  switch (entry.type) {
    case 'genesis':
      throw refusal('BROKEN_CHAIN', { seq: signed.statement.seq });
    case 'join':
      return join(state, signed, entry);
    case 'certify':
      return certify(state, signed, entry);
    case 'role':
      return changeRole(state, signed, entry);
    case 'revoke':
      return revoke(state, signed, entry);
  }
}

/** The invited person appends their own line: nobody else has to be awake. */
function join(state: OrganisationState, signed: SignedEntry, entry: EntryOf<'join'>): OrganisationState['members'] {
  // Without a time: when the link was claimed, the API saw; the times in statements prove nothing.
  const invitation = verifyInvitation(entry.invitation, { inviter: memberOf(state, entry.invitation.statement.inviter) });
  const identity = verifyCertificate(entry.certificate, { root: state.root, invitation });
  if (identity.role !== entry.role) throw refusal('ROLE_MISMATCH');
  if (Object.hasOwn(state.members, identity.account)) throw refusal('ALREADY_MEMBER');
  if (Object.values(state.members).some((member) => member.identity.invitation === identity.invitation)) throw refusal('INVITATION_USED');
  requireActor(signed, identity.account, identity.signingKey);
  const roles = [{ since: signed.statement.seq, role: identity.role }];
  const member: OrganisationMember = { identity, revokedAt: null, roles, certificate: entry.certificate, invitation };
  return { ...state.members, [identity.account]: member };
}

function certify(state: OrganisationState, signed: SignedEntry, entry: EntryOf<'certify'>): OrganisationState['members'] {
  const { account } = entry.certificate.statement;
  const known = memberOf(state, account);
  const member = state.members[account] as OrganisationMember;
  const identity = verifyCertificate(entry.certificate, { root: state.root, invitation: member.invitation, known });
  requireActor(signed, account, known.signingKey);
  return { ...state.members, [account]: { ...member, identity: { ...identity, role: known.role }, certificate: entry.certificate } };
}

function changeRole(state: OrganisationState, signed: SignedEntry, entry: EntryOf<'role'>): OrganisationState['members'] {
  requireAdmin(state, signed);
  const identity = memberOf(state, entry.account);
  if (entry.role !== 'partner') requireAnotherPartner(state, entry.account);
  const member = state.members[entry.account] as OrganisationMember;
  const roles = [...member.roles, { since: signed.statement.seq, role: entry.role }];
  return { ...state.members, [entry.account]: { ...member, identity: { ...identity, role: entry.role }, roles } };
}

function revoke(state: OrganisationState, signed: SignedEntry, entry: EntryOf<'revoke'>): OrganisationState['members'] {
  requireAdmin(state, signed);
  memberOf(state, entry.account);
  requireAnotherPartner(state, entry.account);
  const member = state.members[entry.account] as OrganisationMember;
  const roles = [...member.roles, { since: signed.statement.seq, role: null }];
  return { ...state.members, [entry.account]: { ...member, revokedAt: signed.statement.at, roles } };
}

function requireActor(signed: SignedEntry, account: string, signingKey: string): void {
  if (signed.statement.actor !== account) throw refusal('WRONG_ACCOUNT');
  requireSignature(signed, { by: 'account', key: signingKey, domain: domains.organisationLog, content: signed.statement });
}

function requireAdmin(state: OrganisationState, signed: SignedEntry): void {
  const { statement } = signed;
  if (statement.actor === statement.organisation) {
    const { rootKey } = state.organisation.statement;
    requireSignature(signed, { by: 'root', key: rootKey, domain: domains.organisationLog, content: statement, otherKey: 'WRONG_ROOT' });
    return;
  }
  const actor = memberOf(state, statement.actor);
  requireActor(signed, actor.account, actor.signingKey);
  if (actor.role !== 'partner') throw refusal('NOT_ADMIN');
}

/** A firm without a partner could never change again. */
function requireAnotherPartner(state: OrganisationState, account: string): void {
  const others = Object.values(state.members).filter(
    ({ identity, revokedAt }) => revokedAt === null && identity.role === 'partner' && identity.account !== account,
  );
  if (others.length === 0) throw refusal('LAST_PARTNER');
}
