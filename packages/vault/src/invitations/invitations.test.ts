import { newId } from '@baton/base';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeAccount } from '../account/account.ts';
import { randomBytes, toBase64url } from '../crypto/bytes.ts';
import { ready } from '../crypto/sodium.ts';
import { makeRoot } from '../organisation/root.ts';
import { linkOf, makeInvitation, type Inviter } from './invitation.ts';
import { buildLink, linkKeysIn, parseLink } from './link.ts';

beforeAll(ready);

const bytes32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('a link', () => {
  test('is read back however it was passed on', () => {
    const surroundings = fc.constantFrom<(link: string) => string>(
      (link) => link,
      (link) => `https://hire.example/c/${link}`,
      (link) => `  <https://hire.example/c/${link}>. See you!`,
      (link) => `Hi Lin, this is my link: https://hire.example/c/${link}\n\nAda`,
      (link) => `您好，请点击“http://127.0.0.1:8080/join/${link}”。`,
      (link) => `https://hire.example/c/${link.slice(0, 60)}\r\n${link.slice(60)}`,
      (link) => `https://hire.example/c/${link.slice(0, 76)}\n  ${link.slice(76)}`,
      (link) => link.slice(0, 50) + '\u200b' + link.slice(50),
      (link) => link.replace('#', '＃'),
    );
    fc.assert(
      fc.property(bytes32, bytes32, surroundings, (secret, root, passedOn) => {
        const invitation = newId('invitation');
        const text = buildLink(invitation, secret, toBase64url(root));
        expect(parseLink(passedOn(text))).toEqual({ invitation, secret: toBase64url(secret), root: toBase64url(root) });
      }),
    );
  });

  test('that is cut short anywhere is broken, and never half read', () => {
    const text = buildLink(newId('invitation'), randomBytes(32), toBase64url(randomBytes(32)));
    for (let length = 0; length < text.length; length++) expect(() => parseLink(text.slice(0, length)), `${length}`).toThrow('LINK_BROKEN');
  });

  test.each(['%23', '%2523'])('whose # became %s has told the server its secret, and is not read', (encoded) => {
    const text = buildLink(newId('invitation'), randomBytes(32), toBase64url(randomBytes(32)));
    for (const end of [text.length, text.length - 20]) {
      expect(() => parseLink(`https://hire.example/c/${text.slice(0, end).replace('#', encoded)}`)).toThrow(expect.objectContaining({ code: 'LINK_EXPOSED' }));
    }
  });

  test.each(['', 'https://hire.example/', 'inv_123#abc.def', `con_${'0'.repeat(32)}#${'A'.repeat(43)}.${'A'.repeat(43)}`])('is not this: %s', (text) => {
    expect(() => parseLink(text)).toThrow(expect.objectContaining({ code: 'LINK_BROKEN' }));
  });
});

describe('an invitation', () => {
  const inviter = (): Inviter => ({ account: newId('account'), organisation: newId('organisation'), root: makeRoot().fingerprint, keys: makeAccount() });
  const wanted = { for: { kind: 'colleague', role: 'researcher' }, now: Date.parse('2026-05-04T08:00:00.000Z') } as const;

  test('names the public halves of the secret in its link, and never the secret', () => {
    const made = makeInvitation(inviter(), wanted);
    const link = parseLink(made.link);
    const keys = linkKeysIn(link);
    expect(made.invitation.statement).toMatchObject({ linkKey: toBase64url(keys.signing.publicKey), linkBoxKey: toBase64url(keys.box.publicKey) });
    expect(JSON.stringify([made.invitation, made.sealedSecret])).not.toContain(link.secret);
    expect(made.invitation.statement.expiresAt).toBe('2026-05-11T08:00:00.000Z');
  });

  test('shows its link again to whoever made it, and to nobody else', () => {
    const mine = inviter();
    const made = makeInvitation(mine, wanted);
    expect(linkOf(mine, made.id, made.sealedSecret)).toBe(made.link);
    expect(linkOf(inviter(), made.id, made.sealedSecret)).toBeNull();
    expect(linkOf(mine, newId('invitation'), made.sealedSecret)).toBeNull();
    expect(linkOf(mine, made.id, 'not sealed by anybody')).toBeNull();
    expect(linkOf(mine, made.id, '')).toBeNull();
  });
});
