import { newId } from '@baton/base';
import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeVouch } from '../certificates/certificate.ts';
import { randomBytes } from '../crypto/bytes.ts';
import { ready } from '../crypto/sodium.ts';
import { makeRoot } from '../organisation/root.ts';
import { accountKeysOf, type AccountSecrets } from './account.ts';
import { makePasswordParameters } from './password.ts';
import { unwrapSecrets, wrapSecrets } from './wraps.ts';

beforeAll(ready);

const seed32 = fc.uint8Array({ minLength: 32, maxLength: 32 });

function secretsOf(seed: Uint8Array): AccountSecrets {
  const root = makeRoot();
  const about = { kind: 'member', account: newId('account'), organisation: newId('organisation'), root: root.fingerprint, invitation: null } as const;
  return { ...about, vouch: makeVouch('root', root.signing, about, accountKeysOf(seed)), seed };
}

describe('a wrap', () => {
  test('gives the secrets back under its key, through JSON, and no other key', () => {
    fc.assert(
      fc.property(seed32, seed32, fc.boolean(), (seed, wrapKey, underPassword) => {
        const secrets = secretsOf(seed);
        const parameters = underPassword ? makePasswordParameters() : null;
        const wrap: unknown = JSON.parse(JSON.stringify(wrapSecrets(secrets, wrapKey, parameters)));
        const expected = { kind: underPassword ? 'password' : 'recovery', account: secrets.account, wrapKey } as const;
        expect(unwrapSecrets(wrap, expected)).toEqual(secrets);
        expect(() => unwrapSecrets(wrap, { ...expected, wrapKey: randomBytes(32) })).toThrow('WRAP_DAMAGED');
      }),
      { numRuns: 30 },
    );
  });

  test('is good for its own account only', () => {
    const secrets = secretsOf(randomBytes(32));
    const wrapKey = randomBytes(32);
    const wrap = wrapSecrets(secrets, wrapKey, null);
    expect(() => unwrapSecrets(wrap, { kind: 'recovery', account: newId('account'), wrapKey })).toThrow('WRAP_DAMAGED');
  });

  test('does not open with other parameters than it was made with, nor with cheap ones', () => {
    const secrets = secretsOf(randomBytes(32));
    const wrapKey = randomBytes(32);
    const wrap = wrapSecrets(secrets, wrapKey, makePasswordParameters());
    const opened = (changed: object) => () =>
      unwrapSecrets({ ...wrap, parameters: { ...wrap.parameters, ...changed } }, { kind: 'password', account: secrets.account, wrapKey });
    expect(opened({})).not.toThrow();
    expect(opened({ passes: 4 })).toThrow('WRAP_DAMAGED');
    expect(opened({ salt: makePasswordParameters().salt })).toThrow('WRAP_DAMAGED');
    expect(opened({ passes: 1 })).toThrow('KDF_DOWNGRADE');
  });

  test('of one kind does not stand in for the other', () => {
    const secrets = secretsOf(randomBytes(32));
    const wrapKey = randomBytes(32);
    const wrap = wrapSecrets(secrets, wrapKey, null);
    expect(() => unwrapSecrets(wrap, { kind: 'password', account: secrets.account, wrapKey })).toThrow('WRAP_DAMAGED');
    expect(() => unwrapSecrets({ ...wrap, kind: 'password' }, { kind: 'password', account: secrets.account, wrapKey })).toThrow('WRAP_DAMAGED');
  });

  test.each([null, 'text', {}, { v: 2 }, []])('refuses what is no wrap: %j', (value) => {
    expect(() => unwrapSecrets(value, { kind: 'recovery', account: newId('account'), wrapKey: randomBytes(32) })).toThrow('MALFORMED_STATEMENT');
  });

  test('holds nothing of the seed in clear', () => {
    const seed = randomBytes(32);
    const text = JSON.stringify(wrapSecrets(secretsOf(seed), randomBytes(32), null));
    expect(text).not.toContain(Buffer.from(seed).toString('base64url'));
    expect(text).not.toContain(Buffer.from(seed).toString('hex'));
  });
});
