import { isBatonError } from '@baton/base';
import { errorText } from '../../platform/errors/errorText.ts';
import { t } from './handover.messages.ts';

const own = ['VAULT_MISSING', 'EPOCH_CLOSED', 'LEAD_ROLE', 'UNKNOWN_MEMBER', 'REVOKED_MEMBER', 'NOT_LEAD', 'FORBIDDEN', 'NOT_FOUND', 'INTERNAL'] as const;

/** Why a project was not handed over, and what to do, in a sentence. Reactive. `nameOf` says who an account is. */
export function failureText(failure: unknown, nameOf: (accountId: string) => string): string {
  if (isBatonError(failure, 'ALREADY_HANDED_OVER')) {
    const { by = '', to = '' } = failure.details;
    return by === '' ? t('failure.fasterWithKit', nameOf(String(to))) : t('failure.faster', nameOf(String(by)), nameOf(String(to)));
  }
  const code = own.find((known) => isBatonError(failure, known));
  return code ? t(`failure.${code}`) : errorText(failure);
}
