import { refusal } from '../errors.ts';
import { fingerprintOf } from '../organisation/fingerprint.ts';
import { parseOrganisation } from '../statements/parse.ts';
import { domains, type OrganisationStatement, type Signed } from '../statements/statements.ts';
import { requireSignature } from './signatures.ts';

/**
 * Checks an organisation's statement against its own root key and, where given, against the pinned fingerprint.
 * Throws MALFORMED_STATEMENT, WRONG_ROOT, BAD_SIGNATURE.
 */
export function verifyOrganisation(value: unknown, expected: { root?: string } = {}): Signed<OrganisationStatement> {
  const signed = parseOrganisation(value);
  const { statement } = signed;
  if (expected.root !== undefined && fingerprintOf(statement.rootKey) !== expected.root) throw refusal('WRONG_ROOT');
  requireSignature(signed, {
    by: 'root', key: statement.rootKey, domain: domains.organisation, content: statement, otherKey: 'WRONG_ROOT',
  });
  return signed;
}
