import { newId } from '@baton/base';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { accountKeysOf, makeAccount, publicKeysOf, type AccountKeys, type AccountSecrets } from '../account/account.ts';
import { makeCertificate, makeVouch } from '../certificates/certificate.ts';
import { randomBytes, toBase64url } from '../crypto/bytes.ts';
import { signingPairOf } from '../crypto/signatures.ts';
import { ready } from '../crypto/sodium.ts';
import { makeClaim } from '../invitations/claim.ts';
import { makeInvitation, type MadeInvitation } from '../invitations/invitation.ts';
import { linkKeysIn, makeLinkKeys, parseLink } from '../invitations/link.ts';
import { makeOrganisation, makeRoot, type OrganisationRoot } from '../organisation/root.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type CertificateChain, type CertificateStatement, type Signature, type Signed } from '../statements/statements.ts';
import { mxidOf, verifyCertificate, vouchOf } from './certificate.ts';
import { verifyCertificateChain } from './chain.ts';
import { verifyClaim } from './claim.ts';
import type { VerifiedIdentity } from './identity.ts';
import { verifyInvitation } from './invitation.ts';
import { verifyOrganisation } from './organisation.ts';

const now = Date.parse('2026-05-04T08:00:00.000Z');
const day = 86_400_000;
const masterKey = 'A'.repeat(43);

interface Person {
  secrets: AccountSecrets;
  keys: AccountKeys;
}

beforeAll(ready);

let root: OrganisationRoot;
let organisation: string;
let partner: Person;
let partnerChain: CertificateChain;
let partnerIdentity: VerifiedIdentity;

beforeEach(() => {
  root = makeRoot();
  organisation = newId('organisation');
  partner = founder(root);
  partnerChain = { certificate: certificateOf(partner), invitation: null, inviter: null };
  partnerIdentity = verifyCertificateChain(partnerChain, { root: root.fingerprint });
});

function founder(of: OrganisationRoot): Person {
  const keys = makeAccount();
  const about = { kind: 'member', account: newId('account'), organisation, root: of.fingerprint, invitation: null } as const;
  return { secrets: { ...about, vouch: makeVouch('root', of.signing, about, keys), seed: keys.seed }, keys };
}

function certificateOf({ secrets, keys }: Person, change: Partial<{ mxid: string; matrixMasterKey: string; sequence: number }> = {}): Signed<CertificateStatement> {
  const mxid = mxidOf(secrets.kind, secrets.account, 'baton.test');
  return makeCertificate(secrets, keys, { mxid, matrixMasterKey: masterKey, sequence: 1, now, ...change });
}

function invite(by: Person, purpose: 'partner' | 'consultant' | 'researcher' | 'candidate', change: Partial<{ root: string; organisation: string }> = {}): MadeInvitation {
  const { account, organisation: firm, root: fingerprint } = by.secrets;
  const wanted = purpose === 'candidate' ? { kind: purpose, conversation: newId('conversation') } : { kind: 'colleague' as const, role: purpose };
  return makeInvitation({ account, organisation: firm, root: fingerprint, keys: by.keys, ...change }, { for: wanted, now });
}

/** Comes in through a link, with an account of one's own. */
function enter(made: MadeInvitation, account: string = newId('account')): Person {
  const keys = makeAccount();
  const { statement } = made.invitation;
  const { vouch } = makeClaim(linkKeysIn(parseLink(made.link)), statement, { account, keys, now });
  const kind = statement.for.kind === 'colleague' ? 'member' : 'candidate';
  const { organisation: firm, root: fingerprint, invitation } = statement;
  return { secrets: { account, kind, organisation: firm, root: fingerprint, invitation, vouch, seed: keys.seed }, keys };
}

/** The same statement with something else in it, signed again by everybody whose key the forger has. */
function forge<T extends object>(signed: Signed<T>, change: Partial<T>, ...signers: ((statement: T) => Signature)[]): Signed<T> {
  const statement = { ...signed.statement, ...change };
  const fresh = signers.map((sign) => sign(statement));
  return { statement, signatures: signed.signatures.map((old) => fresh.find(({ by }) => by === old.by) ?? old) };
}

describe('an organisation', () => {
  test('is what its root signed', () => {
    const signed = makeOrganisation(root, organisation, now);
    expect(verifyOrganisation(signed, { root: root.fingerprint })).toEqual(signed);
  });
  test('of another root is refused, however well it is signed', () => {
    expect(() => verifyOrganisation(makeOrganisation(makeRoot(), organisation, now), { root: root.fingerprint })).toThrow('WRONG_ROOT');
  });
  test('with a substituted recovery key is refused', () => {
    const signed = makeOrganisation(root, organisation, now);
    expect(() => verifyOrganisation(forge(signed, { recoveryKey: toBase64url(randomBytes(32)) }))).toThrow('BAD_SIGNATURE');
  });
});

describe('an invitation', () => {
  test('of a partner holds until it expires', () => {
    const { invitation } = invite(partner, 'consultant');
    expect(verifyInvitation(invitation, { inviter: partnerIdentity, at: now })).toEqual(invitation);
    expect(() => verifyInvitation(invitation, { inviter: partnerIdentity, at: now + 7 * day })).toThrow('EXPIRED_INVITATION');
  });
  test.each(['consultant', 'researcher'] as const)('of a colleague by a %s is refused: only partners invite colleagues', (role) => {
    const member = enter(invite(partner, role));
    const inviter: VerifiedIdentity = { ...partnerIdentity, account: member.secrets.account, role, ...publicKeysOf(member.keys) };
    expect(() => verifyInvitation(invite(member, 'researcher').invitation, { inviter })).toThrow('NOT_ADMIN');
    expect(() => verifyInvitation(invite(member, 'candidate').invitation, { inviter })).not.toThrow();
  });
  test('by a candidate is refused', () => {
    const inviter: VerifiedIdentity = { ...partnerIdentity, kind: 'candidate', role: null };
    expect(() => verifyInvitation(invite(partner, 'candidate').invitation, { inviter })).toThrow('NOT_ADMIN');
  });
  test('is refused with another role, a later end or another link key than was signed', () => {
    const { invitation } = invite(partner, 'researcher');
    const refuse = (change: Partial<typeof invitation.statement>) =>
      expect(() => verifyInvitation(forge(invitation, change), { inviter: partnerIdentity })).toThrow('BAD_SIGNATURE');
    refuse({ for: { kind: 'colleague', role: 'partner' } });
    refuse({ expiresAt: '2036-01-01T00:00:00.000Z' });
    refuse({ linkKey: toBase64url(randomBytes(32)) });
    refuse({ linkBoxKey: toBase64url(randomBytes(32)) });
  });
  test('signed by a stranger in the name of a partner is refused', () => {
    const stranger = makeAccount();
    const { invitation } = invite({ ...partner, keys: stranger }, 'partner');
    expect(() => verifyInvitation(invitation, { inviter: partnerIdentity })).toThrow('BAD_SIGNATURE');
  });
  test('for another firm, root or inviter is refused', () => {
    const verify = (value: unknown) => () => verifyInvitation(value, { inviter: partnerIdentity });
    expect(verify(invite(partner, 'candidate', { organisation: newId('organisation') }).invitation)).toThrow('WRONG_ORGANISATION');
    expect(verify(invite(partner, 'candidate', { root: makeRoot().fingerprint }).invitation)).toThrow('WRONG_ROOT');
    expect(verify(invite(founder(root), 'candidate').invitation)).toThrow('WRONG_INVITER');
  });
  test('whose signature belongs to a statement of another kind is refused', () => {
    const { invitation } = invite(partner, 'candidate');
    const wrongDomain = makeSignature('account', partner.keys.signing, domains.certificate, invitation.statement);
    expect(() => verifyInvitation({ ...invitation, signatures: [wrongDomain] }, { inviter: partnerIdentity })).toThrow('BAD_SIGNATURE');
  });
});

describe('a claim', () => {
  const claimOf = (made: MadeInvitation, link = linkKeysIn(parseLink(made.link))) =>
    makeClaim(link, made.invitation.statement, { account: newId('account'), keys: makeAccount(), now }).claim;

  test('by whoever holds the link is good, in time', () => {
    const made = invite(partner, 'candidate');
    const claim = claimOf(made);
    expect(verifyClaim(claim, { invitation: made.invitation, at: now })).toEqual(claim);
    expect(() => verifyClaim(claim, { invitation: made.invitation, at: now + 31 * day })).toThrow('EXPIRED_INVITATION');
  });
  test('by whoever has only the address is refused', () => {
    const made = invite(partner, 'candidate');
    expect(() => verifyClaim(claimOf(made, makeLinkKeys()), { invitation: made.invitation, at: now })).toThrow('WRONG_LINK');
  });
  test('of another invitation is refused', () => {
    const [one, other] = [invite(partner, 'candidate'), invite(partner, 'candidate')];
    expect(() => verifyClaim(claimOf(one), { invitation: other.invitation, at: now })).toThrow('WRONG_INVITATION');
  });
  test('turned to another account or another key is refused: it is bound to both', () => {
    const made = invite(partner, 'candidate');
    const claim = claimOf(made);
    const thief = makeAccount();
    const verify = (value: unknown) => () => verifyClaim(value, { invitation: made.invitation, at: now });
    expect(verify(forge(claim, { account: newId('account') }))).toThrow('BAD_SIGNATURE');
    const byThief = (statement: object) => makeSignature('account', thief.signing, domains.claim, statement);
    expect(verify(forge(claim, publicKeysOf(thief), byThief))).toThrow('BAD_SIGNATURE');
  });
});

describe('a certificate', () => {
  test('of the first partner stands on the root, of a member on the link', () => {
    expect(partnerIdentity).toMatchObject({ account: partner.secrets.account, role: 'partner', kind: 'member', matrixMasterKey: masterKey, sequence: 1 });
    const made = invite(partner, 'researcher');
    const member = enter(made);
    const identity = verifyCertificate(certificateOf(member), { root: root.fingerprint, invitation: made.invitation });
    expect(identity).toMatchObject({ role: 'researcher', invitation: made.id, ...publicKeysOf(member.keys) });
  });
  test('of a new Matrix identity needs neither link nor kit, only a higher number', () => {
    const made = invite(partner, 'candidate');
    const candidate = enter(made);
    const known = { account: candidate.secrets.account, ...publicKeysOf(candidate.keys), sequence: 1 };
    const verify = (certificate: unknown) => () => verifyCertificate(certificate, { root: root.fingerprint, invitation: made.invitation, known });
    expect(verify(certificateOf(candidate, { matrixMasterKey: 'B'.repeat(43), sequence: 2 }))).not.toThrow();
    expect(verify(certificateOf(candidate, { matrixMasterKey: 'B'.repeat(43), sequence: 1 }))).toThrow('SEQUENCE_TOO_LOW');
  });
  test('with a substituted Matrix master key is refused', () => {
    expect(() => verifyCertificate(forge(certificateOf(partner), { matrixMasterKey: 'B'.repeat(43) }), { root: root.fingerprint, invitation: null })).toThrow('BAD_SIGNATURE');
  });
  test('with substituted account keys is refused: root or link vouched for others', () => {
    const thief = makeAccount();
    const forged = forge(certificateOf(partner), publicKeysOf(thief), (statement) => makeSignature('account', thief.signing, domains.certificate, statement));
    expect(() => verifyCertificate(forged, { root: root.fingerprint, invitation: null })).toThrow('BAD_SIGNATURE');
  });
  test('of an identity made anew through a stolen link is refused by whoever knew the first', () => {
    const made = invite(partner, 'candidate');
    const candidate = enter(made);
    const thief = enter(made, candidate.secrets.account);
    const known = { account: candidate.secrets.account, ...publicKeysOf(candidate.keys), sequence: 1 };
    const verify = () => verifyCertificate(certificateOf(thief, { sequence: 2 }), { root: root.fingerprint, invitation: made.invitation, known });
    expect(verify).toThrow('REPLACED_IDENTITY');
  });
  test('vouched for by another link, or by another root, is refused', () => {
    const [one, other] = [invite(partner, 'candidate'), invite(partner, 'candidate')];
    const candidate = enter(one);
    const certificate = certificateOf(candidate);
    expect(() => verifyCertificate(certificate, { root: root.fingerprint, invitation: other.invitation })).toThrow('WRONG_INVITATION');
    const swapped = { ...certificate, signatures: [certificate.signatures[0], makeSignature('link', makeLinkKeys().signing, domains.vouch, vouchOf(certificate.statement))] };
    expect(() => verifyCertificate(swapped, { root: root.fingerprint, invitation: one.invitation })).toThrow('WRONG_LINK');
    const foreignRoot = makeRoot();
    const ghost = certificateOf(founder(foreignRoot));
    expect(() => verifyCertificate(ghost, { root: root.fingerprint, invitation: null })).toThrow('WRONG_ROOT');
    const relabelled = forge(ghost, { root: root.fingerprint });
    expect(() => verifyCertificate(relabelled, { root: root.fingerprint, invitation: null })).toThrow('WRONG_ROOT');
  });
  test('vouched for by its link for another firm than invited is refused', () => {
    const made = invite(partner, 'candidate');
    const { keys, secrets } = enter(made);
    const link = linkKeysIn(parseLink(made.link));
    const { kind, account, root: fingerprint, invitation } = secrets;
    const about = { kind, account, organisation: newId('organisation'), root: fingerprint, invitation };
    const certificate = certificateOf({ keys, secrets: { ...about, vouch: makeVouch('link', link.signing, about, keys), seed: keys.seed } });
    expect(() => verifyCertificate(certificate, { root: root.fingerprint, invitation: made.invitation })).toThrow('WRONG_ORGANISATION');
  });
  test("of one account never names another's Matrix id", () => {
    const made = invite(partner, 'researcher');
    const member = enter(made);
    const verify = (mxid: string) => () => verifyCertificate(certificateOf(member, { mxid }), { root: root.fingerprint, invitation: made.invitation });
    expect(verify(partnerIdentity.mxid)).toThrow('WRONG_MXID');
    expect(verify(mxidOf('candidate', member.secrets.account, 'baton.test'))).toThrow('WRONG_MXID');
    expect(verify('@svc:baton.test')).toThrow('WRONG_MXID');
  });
  test("of a candidate doesn't pass for a member's", () => {
    const made = invite(partner, 'candidate');
    const candidate = enter(made);
    const posing: Person = { ...candidate, secrets: { ...candidate.secrets, kind: 'member' } };
    expect(() => verifyCertificate(certificateOf(posing), { root: root.fingerprint, invitation: made.invitation })).toThrow('ROLE_MISMATCH');
    const unvouched: Person = { ...posing, secrets: { ...posing.secrets, invitation: null } };
    expect(() => verifyCertificate(certificateOf(unvouched), { root: root.fingerprint, invitation: null })).toThrow('BAD_SIGNATURE');
  });
});

describe('a chain of certificates', () => {
  const link = (person: Person, made: MadeInvitation, inviter: CertificateChain): CertificateChain => ({
    certificate: certificateOf(person), invitation: made.invitation, inviter,
  });

  test('leads from a candidate over two colleagues up to the root', () => {
    const first = invite(partner, 'partner');
    const second = enter(first);
    const secondChain = link(second, first, partnerChain);
    const made = invite(second, 'consultant');
    const consultant = enter(made);
    const consultantChain = link(consultant, made, secondChain);
    const toCandidate = invite(consultant, 'candidate');
    const candidate = enter(toCandidate);
    expect(verifyCertificateChain(JSON.parse(JSON.stringify(link(candidate, toCandidate, consultantChain))), { root: root.fingerprint })).toMatchObject({
      account: candidate.secrets.account, kind: 'candidate', role: null,
    });
  });
  test('breaks at a colleague whom no partner invited', () => {
    const made = invite(partner, 'consultant');
    const consultant = enter(made);
    const rogue = invite(consultant, 'partner');
    const ghost = enter(rogue);
    expect(() => verifyCertificateChain(link(ghost, rogue, link(consultant, made, partnerChain)), { root: root.fingerprint })).toThrow('NOT_ADMIN');
  });
  test('with a link missing, or one too many, is broken', () => {
    const made = invite(partner, 'consultant');
    const chain = link(enter(made), made, partnerChain);
    expect(() => verifyCertificateChain({ ...chain, inviter: null }, { root: root.fingerprint })).toThrow('BROKEN_CHAIN');
    expect(() => verifyCertificateChain({ ...partnerChain, inviter: partnerChain }, { root: root.fingerprint })).toThrow('BROKEN_CHAIN');
  });
  test('of another firm is refused', () => {
    expect(() => verifyCertificateChain(partnerChain, { root: makeRoot().fingerprint })).toThrow('WRONG_ROOT');
  });
});

test('a seed alone brings the certificate back', () => {
  const again = accountKeysOf(partner.secrets.seed);
  expect(certificateOf({ secrets: partner.secrets, keys: again })).toEqual(partnerChain.certificate);
  expect(signingPairOf(randomBytes(32)).publicKey).not.toEqual(again.signing.publicKey);
});
