import { isBatonError } from '@baton/base';
import { ready, vaultErrorCodes, type VaultErrorCode } from '@baton/vault/verify';
import type { ErrorCode } from './catalogue.ts';
import { refuse } from './refusal.ts';

const known: ReadonlySet<string> = new Set(vaultErrorCodes);

/** What a person can do something about keeps its name; all else is a client that signs wrongly, or somebody who tries. */
const told: Partial<Record<VaultErrorCode, ErrorCode>> = {
  EXPIRED_INVITATION: 'LINK_EXPIRED',
  SEQUENCE_TOO_LOW: 'CERTIFICATE_OUTDATED',
  BROKEN_CHAIN: 'CONFLICT',
  INVITATION_USED: 'ALREADY_CLAIMED',
  LAST_PARTNER: 'LAST_PARTNER',
  NOT_LEAD: 'NOT_LEAD',
  LEAD_MISSING: 'LEAD_MISSING',
  ROSTER_INVALID: 'ROSTER_INVALID',
  UNKNOWN_MEMBER: 'UNKNOWN_MEMBER',
  REVOKED_MEMBER: 'REVOKED_MEMBER',
  PLAN_OUTDATED: 'PLAN_OUTDATED',
  HANDOVER_TO_SELF: 'HANDOVER_TO_SELF',
};

/**
 * Runs a verification of the vault; what it refuses becomes a refusal of this field.
 * @param log hears which check failed: the answer does not say
 */
export async function verified<T>(field: string, log: { warn(details: object, message: string): void }, verify: () => T): Promise<T> {
  await ready();
  try {
    return verify();
  } catch (error) {
    if (!isBatonError(error) || !known.has(error.code)) throw error;
    log.warn({ check: error.code, field }, 'a statement was refused');
    return refuse(told[error.code as VaultErrorCode] ?? 'STATEMENT_INVALID', field);
  }
}
