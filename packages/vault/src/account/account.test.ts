import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { fromUtf8, toUtf8 } from '../crypto/bytes.ts';
import { ready } from '../crypto/sodium.ts';
import { accountKeysOf, forgetAccount, makeAccount, publicKeysOf } from './account.ts';
import { makePasswordParameters, parsePasswordParameters, stretchPassword } from './password.ts';
import { requireStrongPassword } from './passwordStrength.ts';
import { makeAccountDataSealer } from './seals.ts';

beforeAll(ready);

describe('an account', () => {
  test('has the same keys from the same seed, and no two alike', () => {
    const keys = makeAccount();
    const again = accountKeysOf(keys.seed);
    expect(again).toEqual(keys);
    const secrets = [keys.seed, keys.signing.privateKey.slice(0, 32), keys.box.privateKey, keys.matrixStorageKey, keys.accountDataKey, keys.linkSecretKey];
    expect(new Set(secrets.map((secret) => Buffer.from(secret).toString('hex'))).size).toBe(6);
    expect(publicKeysOf(makeAccount())).not.toEqual(publicKeysOf(keys));
  });

  test('is gone from memory when it is forgotten', () => {
    const keys = makeAccount();
    forgetAccount(keys);
    expect(keys.seed.every((byte) => byte === 0)).toBe(true);
    expect(keys.signing.privateKey.every((byte) => byte === 0)).toBe(true);
  });

  test('seals data that only itself opens', async () => {
    const sealer = makeAccountDataSealer(makeAccount());
    const sealed = await sealer.seal(toUtf8('a draft'));
    expect(fromUtf8(await sealer.open(sealed))).toBe('a draft');
    await expect(makeAccountDataSealer(makeAccount()).open(sealed)).rejects.toMatchObject({ code: 'DEVICE_SEAL_BROKEN' });
    await expect(sealer.open(new Uint8Array(5))).rejects.toMatchObject({ code: 'DEVICE_SEAL_BROKEN' });
  });
});

describe('stretching a password', () => {
  test('gives two halves that say nothing of each other, the same ones for the same password and salt', async () => {
    const parameters = makePasswordParameters();
    const one = await stretchPassword('correct horse battery', parameters);
    expect(Buffer.from(one.wrapKey).toString('base64url')).not.toBe(one.authKey);
    expect(await stretchPassword('correct horse battery', parameters)).toEqual(one);
    expect((await stretchPassword('correct horse battery', makePasswordParameters())).authKey).not.toBe(one.authKey);
  });

  test('takes full-width letters of an input method for what they are', async () => {
    const parameters = makePasswordParameters();
    const typed = await stretchPassword('ｃｏｒｒｅｃｔ　ｈｏｒｓｅ', parameters);
    expect(typed.authKey).toBe((await stretchPassword('correct horse', parameters)).authKey);
  });

  test.each([
    ['fewer passes', { passes: 2 }],
    ['less memory', { memoryKiB: 65_535 }],
    ['next to nothing', { passes: 1, memoryKiB: 8 }],
  ])('refuses a server that asks for %s', async (_, weaker) => {
    await expect(stretchPassword('correct horse', { ...makePasswordParameters(), ...weaker })).rejects.toMatchObject({ code: 'KDF_DOWNGRADE' });
  });

  test.each([
    { passes: 17 },
    { memoryKiB: 1024 * 1024 + 1 },
    { parallelism: 4 },
    { algorithm: 'pbkdf2' },
    { salt: 'short' },
    { passes: '3' },
    { extra: 1 },
  ])('refuses parameters that make no sense: %j', (wrong) => {
    expect(() => parsePasswordParameters({ ...makePasswordParameters(), ...wrong })).toThrow('MALFORMED_STATEMENT');
  });
});

describe('a new password', () => {
  test.each([
    ['short', 'abcdefgh1', []],
    ['short', '秘密秘密', []],
    ['common', 'password1234', []],
    ['common', 'Qwertyuiop', []],
    ['common', '1234567890', []],
    ['common', '13800138000', []],
    ['common', 'aaaaaaaaaaaa', []],
    ['common', 'abababababab', []],
    ['personal', 'ada.morgan@firm.test', ['ada.morgan@firm.test']],
    ['personal', 'AdaMorgan1990!', ['Ada Morgan']],
    ['personal', 'morgan-2026', ['Ada Morgan']],
    ['personal', 'priyashah1', ['Priya Shah', 'priya@example.test']],
  ])('is refused as %s: %s', (reason, password, about) => {
    expect(() => requireStrongPassword(password, about)).toThrow(expect.objectContaining({ code: 'WEAK_PASSWORD', details: { reason, least: 10 } }));
  });

  test.each(['correct horse battery', '今天天气真好我们去散步吧', 'Xk2#pq9!LmZ', 'morgan likes long sentences', 'tr0ub4dor&3 stays', '王小明今天天气真好我们'])('passes: %s', (password) => {
    expect(() => requireStrongPassword(password, ['Ada Morgan', 'ada@morgan.test', '王小明'])).not.toThrow();
  });

  test('is never a matter of signs and capitals: four words of random letters always pass', () => {
    const word = fc.string({ unit: fc.constantFrom(...'bdfgklmnprstvz'), minLength: 4, maxLength: 8 });
    const many = fc.tuple(word, word, word, word).map((words) => words.join(' ')).filter((text) => new Set(text).size >= 6);
    fc.assert(fc.property(many, (password) => void expect(() => requireStrongPassword(password)).not.toThrow()));
  });
});
