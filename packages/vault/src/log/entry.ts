import type { AccountKeys } from '../account/account.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type OrganisationLogStatement, type Signed } from '../statements/statements.ts';

/** The next line of a log, signed by a member. `after` is the log's length and head now; null for the genesis. `now` in milliseconds. */
export function makeLogEntry(
  after: { length: number; head: string } | null,
  actor: { account: string; organisation: string; keys: AccountKeys },
  entry: OrganisationLogStatement['entry'],
  now: number,
): Signed<OrganisationLogStatement> {
  const statement: OrganisationLogStatement = {
    v: 1,
    organisation: actor.organisation,
    seq: after?.length ?? 0,
    prev: after?.head ?? null,
    actor: actor.account,
    at: new Date(now).toISOString(),
    entry,
  };
  return { statement, signatures: [makeSignature('account', actor.keys.signing, domains.organisationLog, statement)] };
}
