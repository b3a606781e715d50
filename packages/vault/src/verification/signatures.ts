import { isSignedBy } from '../crypto/signatures.ts';
import { refusal, type VaultErrorCode } from '../errors.ts';
import type { Signature, Signed } from '../statements/statements.ts';

/**
 * Requires a signature of one kind by one key over `content` (the statement, or the part of it that this signer vouches for).
 * Throws BAD_SIGNATURE {by}; where another key of that kind signed, `otherKey` instead.
 */
export function requireSignature(
  signed: Signed<unknown>,
  expected: { by: Signature['by']; key: string; domain: string; content: unknown; otherKey?: VaultErrorCode },
): void {
  const found = signed.signatures.filter((signature) => signature.by === expected.by);
  const [signature] = found;
  if (found.length !== 1 || signature === undefined) throw refusal('BAD_SIGNATURE', { by: expected.by });
  if (signature.key !== expected.key) throw refusal(expected.otherKey ?? 'BAD_SIGNATURE', { by: expected.by });
  if (!isSignedBy(expected.domain, expected.content, signature.signature, signature.key)) {
    throw refusal('BAD_SIGNATURE', { by: expected.by });
  }
}
