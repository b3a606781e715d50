import { parsePhoneNumberFromString } from 'libphonenumber-js';
import type { HandleKind } from '../../../generated/resolvers.ts';
import type { ErrorCode } from '../../../platform/errors/catalogue.ts';

/** A handle as it was typed and as it is compared. */
export interface NormalisedHandle {
  kind: HandleKind;
  raw: string;
  normalised: string;
}

/** Why a text is not a handle of its kind. */
export const invalidHandleCode = {
  EMAIL: 'INVALID_EMAIL',
  PHONE: 'INVALID_PHONE',
  WECHAT: 'INVALID_WECHAT',
  LINKEDIN: 'INVALID_LINKEDIN',
} as const satisfies Record<HandleKind, ErrorCode>;

const normalisers: Record<HandleKind, (raw: string) => string | null> = {
  EMAIL: normaliseEmail,
  PHONE: normalisePhone,
  WECHAT: normaliseWechat,
  LINKEDIN: normaliseLinkedin,
};

/**
 * Brings a handle to the form in which it is the same for everybody who types it.
 * @returns null when the text is no handle of this kind
 */
export function normaliseHandle(kind: HandleKind, raw: string): NormalisedHandle | null {
  const typed = raw.toWellFormed().normalize('NFKC').replace(/[\p{Cf}\p{Cc}]/gu, '').trim();
  if (typed === '' || typed.length > 320) return null;
  const normalised = normalisers[kind](typed);
  return normalised === null ? null : { kind, raw: typed, normalised };
}

/** Lower case as a whole: no provider that matters tells `A@b.cn` from `a@b.cn`. */
function normaliseEmail(typed: string): string | null {
  const address = typed.replace(/^mailto:/i, '').replace(/^.*<([^<>]+)>$/s, '$1').trim().toLowerCase();
  return address.length <= 254 && /^[^\s@<>"(),;:]{1,64}@[^\s@<>"(),;:.]+(\.[^\s@<>"(),;:.]+)+$/.test(address) ? address : null;
}

/** E.164. Without + or 00 it is a Chinese number. */
function normalisePhone(typed: string): string | null {
  const number = parsePhoneNumberFromString(typed.replace(/^tel:/i, '').replace(/^00(?=[1-9])/, '+'), 'CN');
  return number?.isPossible() ? number.number : null;
}

/** Tencent's ids begin with a letter and take 6 to 20 letters, digits, _ and -; a mobile number serves as one, and so does a QQ number. */
function normaliseWechat(typed: string): string | null {
  const id = typed.replace(/^(wechat|weixin|微信号?|wx)\s*[:：]\s*/i, '').replace(/^@/, '').toLowerCase();
  if (/^[a-z][a-z0-9_-]{5,19}$/.test(id) || /^[1-9]\d{4,10}$/.test(id)) return id;
  return /^\+?[\d\s()-]+$/.test(id) ? normalisePhone(id) : null;
}

/** The slug of a profile: from its address, or alone. */
function normaliseLinkedin(typed: string): string | null {
  const address = /^(?:https?:\/\/)?(?:[a-z]{2,3}\.|www\.|m\.)?linkedin\.(?:com|cn)\/(?:mwlite\/)?(?:in|pub|incareer\/in)\/([^/?#\s]+)/i.exec(typed);
  if (!address && /[/\s]|linkedin\./i.test(typed)) return null;
  const slug = decoded(address?.[1] ?? typed.replace(/^@/, '')).toLowerCase().normalize('NFC');
  return /^[\p{L}\p{N}\p{M}_-]{3,120}$/u.test(slug) ? slug : null;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
