import { openSealed } from '../crypto/box.ts';
import { fromBase64url, fromUtf8, toBase64url } from '../crypto/bytes.ts';
import { refusal } from '../errors.ts';
import type { EpochKeys } from '../project/epoch.ts';
import { firstIndexOf } from '../sessions/exportedSession.ts';
import { parseDeposit } from '../statements/parse.ts';
import { domains, type DepositStatement, type Signed } from '../statements/statements.ts';
import type { VerifiedIdentity } from '../verification/identity.ts';
import { requireSignature } from '../verification/signatures.ts';

/** A deposit whose seal is open and whose depositor is not proven yet. Only `verifyDeposit` gives its session out. */
export interface OpenedDeposit {
  /** The account that claims to have made it. */
  readonly depositor: string;
  readonly signed: Signed<DepositStatement>;
}

/** What a deposit proves. */
export interface VerifiedDeposit {
  /** Session export, JSON. */
  exported: string;
  /** Matrix id of who says that the session is theirs: the depositor; null where they only received it. */
  writer: string | null;
  /** The first message that it opens: 0 for a whole session. */
  firstIndex: number;
}

/** Opens the seal. Throws DEPOSIT_UNREADABLE for garbage and for what was sealed to another key. */
export function openDeposit(sealed: string, epoch: EpochKeys): OpenedDeposit {
  try {
    const plain = openSealed(fromBase64url(sealed), epoch.deposits);
    if (plain === null) throw refusal('DEPOSIT_UNREADABLE');
    const signed = parseDeposit(JSON.parse(fromUtf8(plain)));
    return { depositor: signed.statement.depositor, signed };
  } catch (error) {
    throw refusal('DEPOSIT_UNREADABLE', {}, { cause: error });
  }
}

/**
 * The session's export, once everything that says what it is for was checked. `depositor` is the certified identity whom the
 * deposit names; `room` and `session` are what the server filed it under.
 * Throws DEPOSIT_FORGED where that person did not sign it, the export holds another session than it says, or a candidate passes
 * on what somebody else wrote; DEPOSIT_TRANSPLANTED for one that was made for another project, epoch, room or session.
 */
export function verifyDeposit(
  opened: OpenedDeposit,
  expected: { depositor: VerifiedIdentity; organisation: string; epoch: EpochKeys; room: string; session: string },
): VerifiedDeposit {
  const { statement } = opened.signed;
  const { depositor, organisation, epoch, room, session } = expected;
  if (statement.depositor !== depositor.account || depositor.organisation !== organisation) throw refusal('DEPOSIT_FORGED');
  try {
    requireSignature(opened.signed, { by: 'account', key: depositor.signingKey, domain: domains.deposit, content: statement });
  } catch (error) {
    throw refusal('DEPOSIT_FORGED', {}, { cause: error });
  }
  const madeForThis =
    statement.organisation === organisation && statement.project === epoch.project && statement.epoch === epoch.number &&
    statement.depositKey === toBase64url(epoch.deposits.publicKey) && statement.room === room && statement.session === session;
  if (!madeForThis) throw refusal('DEPOSIT_TRANSPLANTED');
  const firstIndex = firstIndexOf(statement);
  if (firstIndex === null || (depositor.kind === 'candidate' && !statement.own)) throw refusal('DEPOSIT_FORGED');
  return { exported: statement.exported, writer: statement.own ? depositor.mxid : null, firstIndex };
}
