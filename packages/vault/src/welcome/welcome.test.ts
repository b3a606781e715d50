import { newId } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { sealTo } from '../crypto/box.ts';
import { fromBase64url, toBase64url, toUtf8 } from '../crypto/bytes.ts';
import { canonicalJson } from '../crypto/canonical.ts';
import { ready } from '../crypto/sodium.ts';
import { linkKeysIn, makeLinkKeys, parseLink } from '../invitations/link.ts';
import type { InvitationStatement } from '../statements/statements.ts';
import { makeTestSession, type TestSession } from '../testing/testSession.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { openWelcome, verifyWelcome } from './open.ts';
import { sealWelcome, type WelcomeSession } from './seal.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let recruiter: TestPerson;
let candidate: TestPerson;
beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  recruiter = await firm.join('Cy', 'consultant');
  candidate = await firm.come(firm.link(recruiter).link);
});

const room = '!room:baton.test';
let one: TestSession;
let two: TestSession;
beforeAll(() => ([one, two] = [makeTestSession(room, 'one'), makeTestSession(room, 'two')]));
const seal = (key: Uint8Array, value: unknown): string => toBase64url(sealTo(key, toUtf8(canonicalJson(value))) as Uint8Array);

async function deposit(by: TestPerson = recruiter, change: Partial<WelcomeSession> = {}) {
  const { link, conversation, invitation } = firm.link(recruiter);
  const session: WelcomeSession = { conversation, room, session: one.session, exported: one.exported, ...change };
  const sealed = sealWelcome({ account: by.account.secrets.account, keys: by.account.keys }, invitation.statement, session);
  const { mxid } = recruiter.account.viewer;
  const sender = (await firm.partner.trust.identities([mxid])).get(mxid) as VerifiedIdentity;
  const expected = { sender, invitation: invitation.statement, conversation, room, session: one.session };
  return { sealed, keys: linkKeysIn(parseLink(link)), expected, statement: invitation.statement, conversation };
}

describe('a welcome deposit', () => {
  test("opens with the link's secret and gives the session that the recruiter signed", async () => {
    const { sealed, keys, expected } = await deposit();
    expect(verifyWelcome(openWelcome(sealed, keys), expected)).toBe(one.exported);
  });

  test.each(['', '!!', 'AAAA', 'A'.repeat(400)])('of garbage is unreadable: %s', (garbage) => {
    expect(() => openWelcome(garbage, makeLinkKeys())).toThrow(expect.objectContaining({ code: 'WELCOME_UNREADABLE' }));
  });

  test('sealed to another link is unreadable', async () => {
    const { sealed } = await deposit();
    expect(() => openWelcome(sealed, makeLinkKeys())).toThrow('WELCOME_UNREADABLE');
  });

  test('that anybody sealed without a signature is unreadable: the seal alone is anonymous', async () => {
    const { keys, statement } = await deposit();
    expect(() => openWelcome(seal(fromBase64url(statement.linkBoxKey), { exported: one.exported }), keys)).toThrow('WELCOME_UNREADABLE');
  });

  test('signed by somebody else in the name of the recruiter is forged', async () => {
    const posing: TestPerson = { ...recruiter, account: { ...recruiter.account, keys: candidate.account.keys } };
    const { sealed, keys, expected } = await deposit(posing);
    expect(() => verifyWelcome(openWelcome(sealed, keys), expected)).toThrow('WELCOME_FORGED');
  });

  test('of a candidate is forged: only the firm deposits', async () => {
    const { sealed, keys, expected } = await deposit(candidate);
    const { mxid } = candidate.account.viewer;
    const sender = (await firm.partner.trust.identities([mxid])).get(mxid) as VerifiedIdentity;
    expect(() => verifyWelcome(openWelcome(sealed, keys), { ...expected, sender })).toThrow('WELCOME_FORGED');
    expect(() => verifyWelcome(openWelcome(sealed, keys), expected)).toThrow('WELCOME_FORGED');
  });

  test('signed for another invitation, link key or firm, and sealed to this one, is transplanted', async () => {
    const { keys, expected, statement, conversation } = await deposit();
    const session = { conversation, room, session: one.session, exported: one.exported };
    const sender = { account: recruiter.account.secrets.account, keys: recruiter.account.keys };
    const other = makeLinkKeys();
    for (const [signedFor, sealedTo] of [
      [{ ...statement, invitation: newId('invitation') }, keys],
      [{ ...statement, organisation: newId('organisation') }, keys],
      [{ ...statement, linkBoxKey: toBase64url(other.box.publicKey) }, other],
    ] as const) {
      const { signed } = openWelcome(sealWelcome(sender, signedFor, session), sealedTo);
      const here = seal(keys.box.publicKey, signed);
      expect(() => verifyWelcome(openWelcome(here, keys), expected)).toThrow('WELCOME_TRANSPLANTED');
    }
  });

  test.each<[string, Partial<{ conversation: string; room: string; session: string }>]>([
    ['conversation', { conversation: newId('conversation') }],
    ['room', { room: '!other:baton.test' }],
    ['session', { session: 'AAAA' }],
  ])('made for another %s is transplanted', async (_, change) => {
    const { sealed, keys, expected } = await deposit();
    expect(() => verifyWelcome(openWelcome(sealed, keys), { ...expected, ...change })).toThrow('WELCOME_TRANSPLANTED');
  });

  test('re-sealed to another link by whoever could open it is transplanted', async () => {
    const { sealed, keys, expected } = await deposit();
    const other = firm.link(recruiter);
    const { signed } = openWelcome(sealed, keys);
    const resealed = seal(fromBase64url(other.invitation.statement.linkBoxKey), signed);
    const invitation: InvitationStatement = other.invitation.statement;
    const opened = openWelcome(resealed, linkKeysIn(parseLink(other.link)));
    expect(() => verifyWelcome(opened, { ...expected, invitation })).toThrow('WELCOME_TRANSPLANTED');
  });

  test('that holds another session than it says is forged', async () => {
    const mislabelled = JSON.stringify({ ...JSON.parse(two.exported), session_id: one.session });
    for (const exported of [two.exported, mislabelled, makeTestSession('!other:baton.test', 'one').exported, 'junk', 'null']) {
      const { sealed, keys, expected } = await deposit(recruiter, { exported });
      expect(() => verifyWelcome(openWelcome(sealed, keys), expected)).toThrow('WELCOME_FORGED');
    }
  });

  test('shows nothing of the session outside', async () => {
    const { sealed } = await deposit();
    expect(Buffer.from(sealed, 'base64url').toString('latin1')).not.toContain('session');
  });
});
