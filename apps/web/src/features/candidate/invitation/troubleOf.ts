/** Why a link leads nowhere. */
export type TroubleKind = 'used' | 'expired' | 'revoked' | 'broken' | 'exposed' | 'unknown' | 'forged' | 'offline' | 'other';

const kinds: Readonly<Record<string, TroubleKind>> = {
  LINK_BROKEN: 'broken', LINK_EXPOSED: 'exposed', LINK_UNKNOWN: 'unknown', LINK_FORGED: 'forged', OFFLINE: 'offline',
  ALREADY_CLAIMED: 'used', LINK_EXPIRED: 'expired', EXPIRED_INVITATION: 'expired', LINK_REVOKED: 'revoked',
};

/** Which page explains an error of reading or claiming a link. */
export function troubleOf(error: unknown): TroubleKind {
  return kinds[(error as { code?: string } | null)?.code ?? ''] ?? 'other';
}
