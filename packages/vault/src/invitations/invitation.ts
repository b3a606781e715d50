import { newId } from '@baton/base';
import type { AccountKeys } from '../account/account.ts';
import { decrypt, encrypt } from '../crypto/aead.ts';
import { concat, fromBase64url, toBase64url } from '../crypto/bytes.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type InvitationStatement, type Signed } from '../statements/statements.ts';
import { buildLink, makeLinkKeys } from './link.ts';

const day = 86_400_000;

/** How long a link may be claimed. */
export const linkLifetime = { colleague: 7 * day, candidate: 30 * day } as const;

/** Whoever invites. */
export interface Inviter {
  account: string;
  organisation: string;
  /** Fingerprint of the organisation's root. */
  root: string;
  keys: AccountKeys;
}

/** An invitation, ready to be stored, and its link, to be shown. */
export interface MadeInvitation {
  id: string;
  invitation: Signed<InvitationStatement>;
  /** The link's secret, sealed to the inviter: lets them show the link again. base64url. */
  sealedSecret: string;
  /** `<id>#<secret>.<fingerprint>`. */
  link: string;
}

/** Makes a link and the signed statement that gives it its meaning. `now` in milliseconds. */
export function makeInvitation(inviter: Inviter, wanted: { for: InvitationStatement['for']; now: number }): MadeInvitation {
  const link = makeLinkKeys();
  const id = newId('invitation');
  const statement: InvitationStatement = {
    v: 1,
    invitation: id,
    organisation: inviter.organisation,
    root: inviter.root,
    inviter: inviter.account,
    linkKey: toBase64url(link.signing.publicKey),
    linkBoxKey: toBase64url(link.box.publicKey),
    for: wanted.for,
    createdAt: new Date(wanted.now).toISOString(),
    expiresAt: new Date(wanted.now + linkLifetime[wanted.for.kind]).toISOString(),
  };
  const { nonce, ciphertext } = encrypt(inviter.keys.linkSecretKey, link.secret, context(id));
  return {
    id,
    invitation: { statement, signatures: [makeSignature('account', inviter.keys.signing, domains.invitation, statement)] },
    sealedSecret: toBase64url(concat(nonce, ciphertext)),
    link: buildLink(id, link.secret, inviter.root),
  };
}

/** The link of an invitation that this account made; null when another account sealed it. */
export function linkOf(inviter: Inviter, invitation: string, sealedSecret: string): string | null {
  let bytes: Uint8Array;
  try {
    bytes = fromBase64url(sealedSecret);
  } catch {
    return null;
  }
  if (bytes.length < 24) return null;
  const sealed = { nonce: bytes.subarray(0, 24), ciphertext: bytes.subarray(24) };
  const secret = decrypt(inviter.keys.linkSecretKey, sealed, context(invitation));
  return secret === null ? null : buildLink(invitation, secret, inviter.root);
}

const context = (invitation: string): object => ({ domain: 'baton/v1/link-secret', invitation });
