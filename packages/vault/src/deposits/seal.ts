import type { AccountKeys } from '../account/account.ts';
import { sealTo } from '../crypto/box.ts';
import { fromBase64url, toBase64url, toUtf8 } from '../crypto/bytes.ts';
import { canonicalJson } from '../crypto/canonical.ts';
import { refusal } from '../errors.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type DepositStatement } from '../statements/statements.ts';

/** The project and epoch that a session is deposited to, as the verified log has them. */
export interface DepositPlace {
  organisation: string;
  project: string;
  epoch: { number: number; depositKey: string };
}

/** A Megolm session, to be deposited. `exported` is the SDK's export of one session, JSON. */
export interface DepositedSession {
  room: string;
  session: string;
  /** The depositor made it. */
  own: boolean;
  exported: string;
}

/** Seals a session to an epoch's key, signed inside by the depositor, who needs no key of the vault's. base64url. Throws EPOCH_INVALID for a key of low order. */
export function sealDeposit(depositor: { account: string; keys: AccountKeys }, place: DepositPlace, session: DepositedSession): string {
  const { organisation, project, epoch: { number: epoch, depositKey } } = place;
  const statement: DepositStatement = { v: 1, organisation, project, epoch, depositKey, depositor: depositor.account, ...session };
  const signed = { statement, signatures: [makeSignature('account', depositor.keys.signing, domains.deposit, statement)] };
  const sealed = sealTo(fromBase64url(depositKey), toUtf8(canonicalJson(signed)));
  if (sealed === null) throw refusal('EPOCH_INVALID');
  return toBase64url(sealed);
}
