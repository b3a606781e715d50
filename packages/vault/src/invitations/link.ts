import { isId } from '@baton/base';
import { boxPairOf, type BoxPair } from '../crypto/box.ts';
import { fromBase64url, randomBytes, toBase64url, wipe } from '../crypto/bytes.ts';
import { deriveKey } from '../crypto/derive.ts';
import { signingPairOf, type SigningPair } from '../crypto/signatures.ts';
import { refusal } from '../errors.ts';

/** The keys of a link's secret. */
export interface LinkKeys {
  secret: Uint8Array;
  signing: SigningPair;
  box: BoxPair;
}

/** What stands in a link: `<invitation id>#<secret>.<root fingerprint>`. */
export interface Link {
  invitation: string;
  /** base64url, 32 bytes. */
  secret: string;
  /** Fingerprint of the organisation's root, base64url. */
  root: string;
}

/** The keys of a link's 32-byte secret. Subkey 1 signs, 2 opens boxes. */
export function linkKeysOf(secret: Uint8Array): LinkKeys {
  const signingSeed = deriveKey(secret, 'link', 1);
  const boxSeed = deriveKey(secret, 'link', 2);
  const keys = { secret, signing: signingPairOf(signingSeed), box: boxPairOf(boxSeed) };
  wipe(signingSeed, boxSeed);
  return keys;
}

/** Makes a new link's keys. */
export function makeLinkKeys(): LinkKeys {
  return linkKeysOf(randomBytes(32));
}

/** The keys of a link that was parsed. */
export function linkKeysIn(link: Link): LinkKeys {
  return linkKeysOf(fromBase64url(link.secret));
}

/** The link's text, to stand behind `/c/` or `/join/`. */
export function buildLink(invitation: string, secret: Uint8Array, root: string): string {
  return `${invitation}#${toBase64url(secret)}.${root}`;
}

const linkPattern = /(inv_[0-9a-f]{32})#([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])\.([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])/;

/** What an app makes of a link whose `#` it takes for a part of the path: whoever follows it tells the server the secret. */
const exposedPattern = /inv_[0-9a-f]{32}%(?:25)*23[A-Za-z0-9_-]/i;

/**
 * Reads a link however it was pasted: a whole address or its end, broken into lines by a mail program, with quotes, brackets,
 * full stops or words around it. Throws LINK_BROKEN where a part is missing or cut short, LINK_EXPOSED where the `#` became
 * a `%23`. Needs no libsodium.
 */
export function parseLink(typed: string): Link {
  const visible = typed.normalize('NFKC').replace(/[\u00ad\u200b-\u200f\u2060\ufeff]/g, '');
  const found = linkPattern.exec(visible) ?? linkPattern.exec(visible.replace(/\s*[\r\n]\s*/g, ''));
  const [, invitation, secret, root] = found ?? [];
  if (invitation === undefined || secret === undefined || root === undefined || !isId('invitation', invitation)) {
    throw refusal(exposedPattern.test(visible) ? 'LINK_EXPOSED' : 'LINK_BROKEN');
  }
  return { invitation, secret, root };
}
