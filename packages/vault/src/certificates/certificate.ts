import { publicKeysOf, type AccountKeys, type AccountSecrets } from '../account/account.ts';
import type { SigningPair } from '../crypto/signatures.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type CertificateStatement, type Signature, type Signed, type VouchStatement } from '../statements/statements.ts';

/** Signature of the root or of a link under an account's public keys: made once, kept in the account's wraps. */
export function makeVouch(
  by: 'root' | 'link',
  pair: SigningPair,
  about: Pick<VouchStatement, 'kind' | 'account' | 'organisation' | 'root' | 'invitation'>,
  keys: AccountKeys,
): Signature {
  const vouch: VouchStatement = { v: 1, ...about, ...publicKeysOf(keys) };
  return makeSignature(by, pair, domains.vouch, vouch);
}

/**
 * Certificate of an account's Matrix identity. `matrixMasterKey` as Matrix writes it (unpadded base64), `sequence` higher than
 * any before, `now` in milliseconds.
 */
export function makeCertificate(
  secrets: AccountSecrets,
  keys: AccountKeys,
  identity: { mxid: string; matrixMasterKey: string; sequence: number; now: number },
): Signed<CertificateStatement> {
  const statement: CertificateStatement = {
    v: 1,
    kind: secrets.kind,
    account: secrets.account,
    organisation: secrets.organisation,
    root: secrets.root,
    invitation: secrets.invitation,
    mxid: identity.mxid,
    ...publicKeysOf(keys),
    matrixMasterKey: identity.matrixMasterKey,
    sequence: identity.sequence,
    issuedAt: new Date(identity.now).toISOString(),
  };
  return { statement, signatures: [makeSignature('account', keys.signing, domains.certificate, statement), secrets.vouch] };
}
