import { toBase64url } from '../crypto/bytes.ts';
import { signObject, type SigningPair } from '../crypto/signatures.ts';
import type { Signature } from './statements.ts';

/** A signature over `content` under its domain, by the holder of `pair`. */
export function makeSignature(by: Signature['by'], pair: SigningPair, domain: string, content: unknown): Signature {
  return { by, key: toBase64url(pair.publicKey), signature: signObject(domain, content, pair) };
}
