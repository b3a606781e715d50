import { BatonError } from '@baton/base';

/** Every refusal of the vault that a person may meet. A catalogue of translated sentences is checked against this list. */
export const vaultErrorCodes = [
  // Statements
  'MALFORMED_STATEMENT',
  'BAD_SIGNATURE',
  'WRONG_ROOT',
  'WRONG_ORGANISATION',
  'WRONG_ACCOUNT',
  'WRONG_INVITER',
  'WRONG_INVITATION',
  'WRONG_LINK',
  'WRONG_MXID',
  'EXPIRED_INVITATION',
  'NOT_ADMIN',
  'ROLE_MISMATCH',
  'REPLACED_IDENTITY',
  'SEQUENCE_TOO_LOW',
  // Organisation log
  'BROKEN_CHAIN',
  'UNKNOWN_MEMBER',
  'REVOKED_MEMBER',
  'ALREADY_MEMBER',
  'INVITATION_USED',
  'LAST_PARTNER',
  'LOG_ROLLBACK',
  'LOG_FORK',
  // Project log, epochs and deposits
  'WRONG_PROJECT',
  'NOT_IN_PROJECT',
  'NOT_LEAD',
  'LEAD_MISSING',
  'ROSTER_INVALID',
  'HANDOVER_TO_SELF',
  'PLAN_OUTDATED',
  'WRAP_MISSING',
  'RECOVERY_WRAP_MISSING',
  'EPOCH_INVALID',
  'ORGANISATION_LOG_AHEAD',
  'EPOCH_CLOSED',
  'EPOCH_WRAP_UNREADABLE',
  'EPOCH_WRAP_TRANSPLANTED',
  'COMMITMENT_MISMATCH',
  'BACK_LINK_DAMAGED',
  'DEPOSIT_UNREADABLE',
  'DEPOSIT_FORGED',
  'DEPOSIT_TRANSPLANTED',
  // Accounts
  'WEAK_PASSWORD',
  'WRONG_PASSWORD',
  'KDF_DOWNGRADE',
  'WRAP_DAMAGED',
  'RECOVERY_WORD_UNKNOWN',
  'RECOVERY_CODE_INCOMPLETE',
  'RECOVERY_CODE_WRONG',
  // The firm's recovery kit in parts
  'KIT_PART_WRONG',
  'KIT_PART_MISSING',
  'KIT_PART_TWICE',
  'KIT_PART_OTHER_SPLIT',
  'KIT_PART_OTHER_FIRM',
  'KIT_PARTS_WRONG',
  // Links and welcome bundles
  'LINK_BROKEN',
  'LINK_EXPOSED',
  'LINK_UNKNOWN',
  'LINK_FORGED',
  'WELCOME_UNREADABLE',
  'WELCOME_FORGED',
  'WELCOME_TRANSPLANTED',
  // This device
  'DEVICE_SEAL_BROKEN',
  'SIGNED_OUT',
] as const;

export type VaultErrorCode = (typeof vaultErrorCodes)[number];

/** Makes a refusal. `details` fill the placeholders of the translated sentence. */
export function refusal(
  code: VaultErrorCode,
  details: Readonly<Record<string, string | number>> = {},
  options?: ErrorOptions,
): BatonError<VaultErrorCode> {
  return new BatonError(code, details, options);
}
