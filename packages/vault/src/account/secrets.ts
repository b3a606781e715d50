import { fromBase64url, fromUtf8, toBase64url, toUtf8 } from '../crypto/bytes.ts';
import { canonicalJson } from '../crypto/canonical.ts';
import { signatureShape } from '../statements/parse.ts';
import { bytes32, exactly, id, nullable, object } from '../statements/shape.ts';
import type { AccountSecrets } from './account.ts';

const shape = object<Omit<AccountSecrets, 'seed'> & { v: 1; seed: string }>({
  v: exactly(1),
  account: id('account'),
  kind: exactly('member', 'candidate'),
  organisation: id('organisation'),
  root: bytes32,
  invitation: nullable(id('invitation')),
  vouch: signatureShape,
  seed: bytes32,
});

/** Canonical JSON of an account's secrets: what is sealed, in a wrap and on a device. */
export function encodeSecrets(secrets: AccountSecrets): Uint8Array {
  return toUtf8(canonicalJson({ ...secrets, v: 1, seed: toBase64url(secrets.seed) }));
}

/** The secrets again. Throws MALFORMED_STATEMENT, or a SyntaxError or TypeError for what is no JSON. */
export function decodeSecrets(bytes: Uint8Array): AccountSecrets {
  const { v: _version, seed, ...rest } = shape(JSON.parse(fromUtf8(bytes)), '.secrets');
  return { ...rest, seed: fromBase64url(seed) };
}
