import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { decrypt, encrypt } from './aead.ts';
import { boxPairOf, openSealed, sealTo } from './box.ts';
import { fromBase64url, randomBytes, toBase64url } from './bytes.ts';
import { canonicalJson } from './canonical.ts';
import { hashObject } from './hash.ts';
import { isSignedBy, signingPairOf, signObject } from './signatures.ts';
import { ready } from './sodium.ts';

beforeAll(ready);

/** JSON as statements may hold it: whole numbers, well-formed texts. */
const json = fc.jsonValue({ noUnicodeString: false }).map((value) => JSON.parse(JSON.stringify(value)) as unknown);
const bytes = (max = 200) => fc.uint8Array({ maxLength: max });

function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).reverse().map(([key, inner]) => [key, reversed(inner)]));
}

describe('canonical JSON (RFC 8785)', () => {
  test('writes numbers, strings and the order of keys as the RFC does', () => {
    const value = { '\u20ac': 'Euro Sign', '\r': 'Carriage Return', '1': 'One', '\u0080': 'Control', numbers: [333333333.3333333, 1e30, 4.5, 2e-3] };
    expect(canonicalJson(value)).toBe(
      '{"\\r":"Carriage Return","1":"One","numbers":[333333333.3333333,1e+30,4.5,0.002],"\u0080":"Control","\u20ac":"Euro Sign"}',
    );
  });
  test('says the same value again, whatever it is', () => {
    fc.assert(fc.property(json, (value) => void expect(JSON.parse(canonicalJson(value))).toEqual(value)));
  });
  test('does not depend on the order in which keys were put', () => {
    fc.assert(fc.property(json, (value) => void expect(canonicalJson(reversed(value))).toBe(canonicalJson(value))));
  });
  test.each([undefined, Number.NaN, Number.POSITIVE_INFINITY, '\ud800', { deep: ['\udc00'] }])('refuses %j', (value) => {
    expect(() => canonicalJson(value)).toThrow(TypeError);
  });
});

describe('hashes and signatures', () => {
  test('two domains never hash alike, not even where one runs over into the statement', () => {
    expect(hashObject('baton/v1/a', 'x')).not.toEqual(hashObject('baton/v1/b', 'x'));
    expect(hashObject('a"b', 'c')).not.toEqual(hashObject('a', 'b"c'));
  });
  test('a signature holds for its object, domain and key, and for nothing else', () => {
    const pair = signingPairOf(randomBytes(32));
    const key = toBase64url(pair.publicKey);
    const signature = signObject('d', { a: 1 }, pair);
    expect(isSignedBy('d', { a: 1 }, signature, key)).toBe(true);
    expect(isSignedBy('d', { a: 2 }, signature, key)).toBe(false);
    expect(isSignedBy('e', { a: 1 }, signature, key)).toBe(false);
    expect(isSignedBy('d', { a: 1 }, signature, toBase64url(signingPairOf(randomBytes(32)).publicKey))).toBe(false);
    expect(isSignedBy('d', { a: 1 }, signature, toBase64url(new Uint8Array(32)))).toBe(false);
    expect(isSignedBy('d', { a: 1 }, 'short', 'keys')).toBe(false);
  });
});

describe('seals and ciphers', () => {
  test('what is sealed to a pair opens with that pair only', () => {
    const [mine, other] = [boxPairOf(randomBytes(32)), boxPairOf(randomBytes(32))];
    fc.assert(
      fc.property(bytes(), (plain) => {
        const sealed = sealTo(mine.publicKey, plain) as Uint8Array;
        expect(openSealed(sealed, mine)).toEqual(plain);
        expect(openSealed(sealed, other)).toBeNull();
      }),
      { numRuns: 30 },
    );
    expect(openSealed(new Uint8Array(3), mine)).toBeNull();
  });
  test('nothing is sealed to a key of low order', () => {
    for (const first of [0, 1]) expect(sealTo(Uint8Array.from({ length: 32 }, (_, at) => (at === 0 ? first : 0)), randomBytes(8))).toBeNull();
  });
  test('a ciphertext opens under its key and context, unchanged', () => {
    const key = randomBytes(32);
    fc.assert(
      fc.property(bytes(), fc.nat(), (plain, at) => {
        const encrypted = encrypt(key, plain, { for: 'a' });
        expect(decrypt(key, encrypted, { for: 'a' })).toEqual(plain);
        expect(decrypt(key, encrypted, { for: 'b' })).toBeNull();
        expect(decrypt(randomBytes(32), encrypted, { for: 'a' })).toBeNull();
        const changed = Uint8Array.from(encrypted.ciphertext);
        const index = at % changed.length;
        changed[index] = (changed[index] ?? 0) ^ 1;
        expect(decrypt(key, { ...encrypted, ciphertext: changed }, { for: 'a' })).toBeNull();
      }),
      { numRuns: 50 },
    );
  });
  test('base64url goes there and back, and takes nothing but its own', () => {
    fc.assert(fc.property(bytes(), (plain) => void expect(fromBase64url(toBase64url(plain))).toEqual(plain)));
    for (const text of ['QQ==', 'Q+', 'Q/', 'Q Q', 'QR']) expect(() => fromBase64url(text)).toThrow();
  });
});
