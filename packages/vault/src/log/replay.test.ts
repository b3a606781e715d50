import { newId } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { makeAccount, type AccountSecrets } from '../account/account.ts';
import { makeCertificate } from '../certificates/certificate.ts';
import { ready } from '../crypto/sodium.ts';
import { makeClaim } from '../invitations/claim.ts';
import { makeInvitation } from '../invitations/invitation.ts';
import { linkKeysIn, parseLink } from '../invitations/link.ts';
import { openFirmKit } from '../organisation/kit.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type OrganisationLogStatement, type Signed } from '../statements/statements.ts';
import { makeTestFirm, testMasterKey, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { mxidOf } from '../verification/certificate.ts';
import { makeLogEntry } from './entry.ts';
import { hashOfEntry, replayOrganisationLog, verifyNextEntry } from './replay.ts';
import { chainOf, memberOf, type OrganisationState } from './state.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let second: TestPerson;
let consultant: TestPerson;
let lines: Signed<OrganisationLogStatement>[];
let state: OrganisationState;
let otherFirm: TestFirm;

// Nothing below changes the server: each test only holds lines against what the log adds up to.
beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  second = await firm.join('Bo', 'partner');
  consultant = await firm.join('Cy', 'consultant');
  lines = (await firm.server.organisationLog(-1)) as Signed<OrganisationLogStatement>[];
  state = replayOrganisationLog(lines, { root: firm.partner.account.secrets.root });
  otherFirm = await makeTestFirm();
});

const idOf = (person: TestPerson): string => person.account.secrets.account;
const says = (person: TestPerson, entry: OrganisationLogStatement['entry'], after: OrganisationState = state): Signed<OrganisationLogStatement> =>
  makeLogEntry(after, { account: idOf(person), organisation: person.account.secrets.organisation, keys: person.account.keys }, entry, firm.clock.now());
const revoke = (account: string) => ({ type: 'revoke', account, reason: 'left the firm' }) as const;

describe('the organisation log', () => {
  test('adds up to the members, their roles and keys', () => {
    expect(state.length).toBe(3);
    expect(state.head).toBe(hashOfEntry((lines[2] as Signed<OrganisationLogStatement>).statement));
    expect(Object.values(state.members).map(({ identity }) => identity.role)).toEqual(['partner', 'partner', 'consultant']);
    expect(memberOf(state, idOf(consultant)).matrixMasterKey).toBe(consultant.masterKey);
    expect(chainOf(state, idOf(consultant)).inviter?.certificate.statement.account).toBe(idOf(firm.partner));
    expect(() => memberOf(state, newId('account'))).toThrow('UNKNOWN_MEMBER');
    expect(() => memberOf(state, 'constructor')).toThrow('UNKNOWN_MEMBER');
  });

  test('survives being kept as JSON', () => {
    const kept = JSON.parse(JSON.stringify(state)) as OrganisationState;
    expect(verifyNextEntry(kept, says(firm.partner, revoke(idOf(consultant)))).members[idOf(consultant)]?.revokedAt).not.toBeNull();
  });

  test('without a genesis, or with two, is no log', () => {
    expect(() => replayOrganisationLog([])).toThrow('BROKEN_CHAIN');
    expect(() => replayOrganisationLog(lines.slice(1))).toThrow('BROKEN_CHAIN');
    const { entry } = (lines[0] as Signed<OrganisationLogStatement>).statement;
    expect(() => verifyNextEntry(state, says(firm.partner, entry))).toThrow('BROKEN_CHAIN');
  });

  test('of another root is refused', () => {
    expect(() => replayOrganisationLog(lines, { root: otherFirm.partner.account.secrets.root })).toThrow('WRONG_ROOT');
  });

  test('with a line left out, swapped or changed is refused', () => {
    const [first, secondLine, third] = lines as [Signed<OrganisationLogStatement>, Signed<OrganisationLogStatement>, Signed<OrganisationLogStatement>];
    expect(() => replayOrganisationLog([first, third])).toThrow('BROKEN_CHAIN');
    expect(() => replayOrganisationLog([first, third, secondLine])).toThrow('BROKEN_CHAIN');
    const later = { ...third, statement: { ...third.statement, at: '2030-01-01T00:00:00.000Z' } };
    expect(() => replayOrganisationLog([first, secondLine, later])).toThrow('BAD_SIGNATURE');
  });

  test.each([null, {}, 'junk', { statement: { v: 1 }, signatures: [] }])('refuses a junk line before it is appended: %j', (junk) => {
    expect(() => verifyNextEntry(state, junk)).toThrow('MALFORMED_STATEMENT');
  });
});

describe('a change', () => {
  test('of role, or a revocation, counts when a partner signs it', () => {
    const promoted = verifyNextEntry(state, says(firm.partner, { type: 'role', account: idOf(consultant), role: 'partner' }));
    expect(memberOf(promoted, idOf(consultant)).role).toBe('partner');
    const revoked = verifyNextEntry(promoted, says(consultant, revoke(idOf(second)), promoted));
    expect(() => memberOf(revoked, idOf(second))).toThrow('REVOKED_MEMBER');
  });

  test('by a consultant is refused', () => {
    expect(() => verifyNextEntry(state, says(consultant, revoke(idOf(second))))).toThrow('NOT_ADMIN');
    expect(() => verifyNextEntry(state, says(consultant, { type: 'role', account: idOf(consultant), role: 'partner' }))).toThrow('NOT_ADMIN');
  });

  test('by a revoked partner is refused', () => {
    const after = verifyNextEntry(state, says(firm.partner, revoke(idOf(second))));
    expect(() => verifyNextEntry(after, says(second, revoke(idOf(firm.partner)), after))).toThrow('REVOKED_MEMBER');
  });

  test('by a stranger, or in the name of another, is refused', () => {
    const stranger = otherFirm.partner;
    const { organisation } = state.organisation.statement;
    const actor = { account: idOf(stranger), organisation, keys: stranger.account.keys };
    expect(() => verifyNextEntry(state, makeLogEntry(state, actor, revoke(idOf(second)), firm.clock.now()))).toThrow('UNKNOWN_MEMBER');
    expect(() => verifyNextEntry(state, says(stranger, revoke(idOf(second))))).toThrow('WRONG_ORGANISATION');
    const posing = says(firm.partner, revoke(idOf(second)));
    const { statement } = posing;
    const signature = makeSignature('account', consultant.account.keys.signing, domains.organisationLog, statement);
    expect(() => verifyNextEntry(state, { statement, signatures: [signature] })).toThrow('BAD_SIGNATURE');
  });

  test('that leaves no partner is refused', () => {
    const alone = verifyNextEntry(state, says(firm.partner, revoke(idOf(second))));
    expect(() => verifyNextEntry(alone, says(firm.partner, revoke(idOf(firm.partner)), alone))).toThrow('LAST_PARTNER');
    const demotion = { type: 'role', account: idOf(firm.partner), role: 'researcher' } as const;
    expect(() => verifyNextEntry(alone, says(firm.partner, demotion, alone))).toThrow('LAST_PARTNER');
  });

  test('may be made by the recovery kit alone, and not by the kit of another firm', async () => {
    const withKit = async (words: readonly string[], fingerprint: string): Promise<Signed<OrganisationLogStatement>> => {
      const root = await openFirmKit(words.join(' '), fingerprint);
      const { organisation } = state.organisation.statement;
      const statement: OrganisationLogStatement = {
        v: 1, organisation, seq: state.length, prev: state.head, actor: organisation, at: new Date(firm.clock.now()).toISOString(),
        entry: { type: 'role', account: idOf(consultant), role: 'partner' },
      };
      return { statement, signatures: [makeSignature('root', root.signing, domains.organisationLog, statement)] };
    };
    const words = firm.kit.firmWords ?? [];
    expect(memberOf(verifyNextEntry(state, await withKit(words, state.root)), idOf(consultant)).role).toBe('partner');
    await expect(openFirmKit((otherFirm.kit.firmWords ?? []).join(' '), state.root)).rejects.toThrow('WRONG_ROOT');
    const byOther = await withKit(otherFirm.kit.firmWords ?? [], otherFirm.partner.account.secrets.root);
    expect(() => verifyNextEntry(state, byOther)).toThrow('WRONG_ROOT');
  });
});

describe('joining', () => {
  const joinOf = (line: number): Extract<OrganisationLogStatement['entry'], { type: 'join' }> => {
    const { entry } = (lines[line] as Signed<OrganisationLogStatement>).statement;
    if (entry.type !== 'join') throw new Error('not a join');
    return entry;
  };

  test('twice is refused', () => {
    expect(() => verifyNextEntry(state, says(consultant, joinOf(2)))).toThrow('ALREADY_MEMBER');
  });

  test('of two people through one link is refused to the second', () => {
    const { secrets, keys } = firm.partner.account;
    const { account: inviter, organisation, root } = secrets;
    const made = makeInvitation({ account: inviter, organisation, root, keys }, { for: { kind: 'colleague', role: 'researcher' }, now: firm.clock.now() });
    const enter = (after: OrganisationState): OrganisationState => {
      const own = makeAccount();
      const account = newId('account');
      const { vouch } = makeClaim(linkKeysIn(parseLink(made.link)), made.invitation.statement, { account, keys: own, now: firm.clock.now() });
      const mine: AccountSecrets = { account, kind: 'member', organisation, root, invitation: made.id, vouch, seed: own.seed };
      const mxid = mxidOf('member', account, 'baton.test');
      const certificate = makeCertificate(mine, own, { mxid, matrixMasterKey: testMasterKey('R'), sequence: 1, now: firm.clock.now() });
      const entry = { type: 'join', role: 'researcher', invitation: made.invitation, certificate } as const;
      return verifyNextEntry(after, makeLogEntry(after, { account, organisation, keys: own }, entry, firm.clock.now()));
    };
    const joined = enter(state);
    expect(joined.length).toBe(state.length + 1);
    expect(() => enter(joined)).toThrow('INVITATION_USED');
  });

  test('with another role than the invitation gives is refused', () => {
    const before = replayOrganisationLog(lines.slice(0, 2));
    expect(() => verifyNextEntry(before, says(consultant, { ...joinOf(2), role: 'partner' }, before))).toThrow('ROLE_MISMATCH');
  });

  test('through the invitation of a partner who was revoked meanwhile is refused', () => {
    const before = replayOrganisationLog(lines.slice(0, 2));
    const revoked = verifyNextEntry(before, says(second, revoke(idOf(firm.partner)), before));
    expect(() => verifyNextEntry(revoked, says(consultant, joinOf(2), revoked))).toThrow('REVOKED_MEMBER');
  });

  test('through the invitation of somebody who is no partner is refused', () => {
    const { secrets, keys } = consultant.account;
    const made = makeInvitation({ account: secrets.account, organisation: secrets.organisation, root: secrets.root, keys }, { for: { kind: 'colleague', role: 'partner' }, now: firm.clock.now() });
    const entry = { ...joinOf(1), invitation: made.invitation };
    expect(() => verifyNextEntry(state, says(consultant, entry))).toThrow('NOT_ADMIN');
  });

  test('in the name of another is refused', () => {
    const before = replayOrganisationLog(lines.slice(0, 2));
    expect(() => verifyNextEntry(before, says(second, joinOf(2), before))).toThrow('WRONG_ACCOUNT');
  });
});
