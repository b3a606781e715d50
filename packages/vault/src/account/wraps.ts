import { decrypt, encrypt } from '../crypto/aead.ts';
import { fromBase64url, toBase64url, wipe } from '../crypto/bytes.ts';
import { refusal } from '../errors.ts';
import { bytes24, exactly, matching, object, type Shape } from '../statements/shape.ts';
import type { PasswordParameters, SeedWrap } from '../statements/statements.ts';
import type { AccountSecrets } from './account.ts';
import { parsePasswordParameters } from './password.ts';
import { decodeSecrets, encodeSecrets } from './secrets.ts';

const wrapShape = object<Omit<SeedWrap, 'parameters'> & { parameters: unknown }>({
  v: exactly(1),
  kind: exactly('password', 'recovery'),
  parameters: ((value) => value) as Shape<unknown>,
  nonce: bytes24,
  ciphertext: matching(/^[A-Za-z0-9_-]{40,4000}$/),
});

/** Who a wrap belongs to and what it cost, authenticated with it: no wrap stands in for another. */
const context = (wrap: Pick<SeedWrap, 'kind' | 'parameters'>, account: string): object => ({
  domain: 'baton/v1/wrap', kind: wrap.kind, account, parameters: wrap.parameters,
});

/** Seals an account's secrets under a stretched password (with its parameters) or a recovery code (null). */
export function wrapSecrets(secrets: AccountSecrets, wrapKey: Uint8Array, parameters: PasswordParameters | null): SeedWrap {
  const kind = parameters === null ? 'recovery' : 'password';
  const plain = encodeSecrets(secrets);
  const { nonce, ciphertext } = encrypt(wrapKey, plain, context({ kind, parameters }, secrets.account));
  wipe(plain);
  return { v: 1, kind, parameters, nonce: toBase64url(nonce), ciphertext: toBase64url(ciphertext) };
}

/**
 * Opens a wrap that a server sent. `account` is who the server says signed in.
 * Throws MALFORMED_STATEMENT, KDF_DOWNGRADE, and WRAP_DAMAGED for another key, another account, other parameters or changed bytes.
 */
export function unwrapSecrets(value: unknown, expected: { kind: SeedWrap['kind']; account: string; wrapKey: Uint8Array }): AccountSecrets {
  const wrap = wrapShape(value, '.wrap');
  if (wrap.kind !== expected.kind || (wrap.kind === 'recovery') !== (wrap.parameters === null)) throw refusal('WRAP_DAMAGED');
  const parameters = wrap.parameters === null ? null : parsePasswordParameters(wrap.parameters);
  const plain = decrypt(
    expected.wrapKey,
    { nonce: fromBase64url(wrap.nonce), ciphertext: decodeOr(wrap.ciphertext) },
    context({ kind: wrap.kind, parameters }, expected.account),
  );
  if (plain === null) throw refusal('WRAP_DAMAGED');
  const secrets = decodeSecrets(plain);
  wipe(plain);
  return secrets;
}

function decodeOr(text: string): Uint8Array {
  try {
    return fromBase64url(text);
  } catch (error) {
    throw refusal('WRAP_DAMAGED', {}, { cause: error });
  }
}
