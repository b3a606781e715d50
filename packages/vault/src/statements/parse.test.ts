import { newId } from '@baton/base';
import { beforeAll, describe, expect, test } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { makeTestFirm } from '../testing/testFirm.ts';
import { verifyCertificate } from '../verification/certificate.ts';
import type { CertificateStatement, Signed } from './statements.ts';

let root: string;
let certificate: Signed<CertificateStatement>;
beforeAll(async () => {
  await ready();
  const { partner } = await makeTestFirm();
  root = partner.account.secrets.root;
  certificate = partner.log?.current()?.members[partner.account.secrets.account]?.certificate as typeof certificate;
});

test('a certificate as it was signed is taken', () => {
  expect(verifyCertificate(JSON.parse(JSON.stringify(certificate)), { root, invitation: null }).role).toBe('partner');
});

describe('what is no statement', () => {
  test.each<[string, (certificate: Signed<CertificateStatement>) => unknown]>([
    ['nothing', () => null],
    ['a text', () => 'certificate'],
    ['a list', () => []],
    ['an unknown version', ({ statement, signatures }) => ({ statement: { ...statement, v: 2 }, signatures })],
    ['a field of the wrong type', ({ statement, signatures }) => ({ statement: { ...statement, sequence: '1' }, signatures })],
    ['a sequence that JSON rounds', ({ statement, signatures }) => ({ statement: { ...statement, sequence: 2 ** 60 }, signatures })],
    ['a field by another name', ({ statement: { boxKey, ...rest }, signatures }) => ({ statement: { ...rest, box: boxKey }, signatures })],
    ['an unknown field', ({ statement, signatures }) => ({ statement: { ...statement, admin: true }, signatures })],
    ['a short key', ({ statement, signatures }) => ({ statement: { ...statement, boxKey: 'AAAA' }, signatures })],
    ['an id of another kind', ({ statement, signatures }) => ({ statement: { ...statement, account: newId('person') }, signatures })],
    ['a time in another time zone', ({ statement, signatures }) => ({ statement: { ...statement, issuedAt: '2026-05-04T10:00:00.000+02:00' }, signatures })],
    ['a day that is none', ({ statement, signatures }) => ({ statement: { ...statement, issuedAt: '2026-02-30T10:00:00.000Z' }, signatures })],
    ['no signatures', ({ statement }) => ({ statement, signatures: [] })],
    ['too many signatures', ({ statement, signatures }) => ({ statement, signatures: [...signatures, ...signatures] })],
    ['a signature of nobody', ({ statement, signatures }) => ({ statement, signatures: signatures.map((one) => ({ ...one, by: 'server' })) })],
  ])('is refused: %s', (_, spoil) => {
    expect(() => verifyCertificate(spoil(certificate), { root, invitation: null })).toThrow(
      expect.objectContaining({ code: 'MALFORMED_STATEMENT', details: { path: expect.any(String) } }),
    );
  });
  test('with the same signature twice is refused', () => {
    const { statement, signatures } = certificate;
    const twice = { statement, signatures: [signatures[1], signatures[1]] };
    expect(() => verifyCertificate(twice, { root, invitation: null })).toThrow('BAD_SIGNATURE');
  });
});
