import type { AccountKeys } from '../account/account.ts';
import { sealTo } from '../crypto/box.ts';
import { fromBase64url, toBase64url, toUtf8 } from '../crypto/bytes.ts';
import { canonicalJson } from '../crypto/canonical.ts';
import { refusal } from '../errors.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type InvitationStatement, type WelcomeStatement } from '../statements/statements.ts';

/** A Megolm session, to be sealed. `exported` is the SDK's export of one session, JSON. */
export interface WelcomeSession {
  conversation: string;
  room: string;
  session: string;
  exported: string;
}

/** Seals a session to a (verified) invitation's link key, signed inside by the sender. base64url. Throws WRONG_LINK for a key of low order. */
export function sealWelcome(
  sender: { account: string; keys: AccountKeys },
  invitation: InvitationStatement,
  session: WelcomeSession,
): string {
  const statement: WelcomeStatement = {
    v: 1,
    organisation: invitation.organisation,
    invitation: invitation.invitation,
    linkBoxKey: invitation.linkBoxKey,
    sender: sender.account,
    ...session,
  };
  const signed = { statement, signatures: [makeSignature('account', sender.keys.signing, domains.welcome, statement)] };
  const sealed = sealTo(fromBase64url(invitation.linkBoxKey), toUtf8(canonicalJson(signed)));
  if (sealed === null) throw refusal('WRONG_LINK');
  return toBase64url(sealed);
}
