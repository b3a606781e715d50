import type { PasswordParameters, SeedWrap } from '@baton/vault/verify';
import { refuse } from '../../../platform/errors/refusal.ts';
import type { PasswordWrapInput, RecoveryWrapInput } from '../../../generated/resolvers.ts';
import type { AccountSecretsRow } from '../accounts.table.ts';
import { hashAuthKey } from './authKey.ts';

/** What our own clients use, and the least that is taken. */
export const defaultCost = { algorithm: 'argon2id', passes: 3, memoryKiB: 65_536, parallelism: 1 } as const;

/** The columns of a password as a client gives it. Refused: WEAK_PARAMETERS, STATEMENT_INVALID. */
export function passwordColumns(
  input: PasswordWrapInput,
  field: string,
): Pick<AccountSecretsRow, 'passwordParameters' | 'passwordAuthHash' | 'passwordWrap'> {
  const { algorithm, passes, memoryKiB, parallelism, salt } = input.parameters;
  const strong = algorithm === 'argon2id' && parallelism === 1 && passes >= defaultCost.passes && memoryKiB >= defaultCost.memoryKiB;
  if (!strong || !isSalt(salt)) refuse('WEAK_PARAMETERS', `${field}.parameters`);
  const passwordParameters: PasswordParameters = { algorithm, passes, memoryKiB, parallelism, salt };
  return {
    passwordParameters,
    passwordAuthHash: hashAuthKey(input.authKey, `${field}.authKey`),
    passwordWrap: seedWrap(input.wrap, 'password', `${field}.wrap`),
  };
}

/** 16 bytes, and nothing beside them. */
const isSalt = (text: string): boolean => {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.length === 16 && bytes.toString('base64url') === text;
};

/** The columns of a recovery code as a client gives it. Refused: STATEMENT_INVALID. */
export function recoveryColumns(input: RecoveryWrapInput, field: string): Pick<AccountSecretsRow, 'recoveryAuthHash' | 'recoveryWrap'> {
  return {
    recoveryAuthHash: hashAuthKey(input.authKey, `${field}.authKey`),
    recoveryWrap: seedWrap(input.wrap, 'recovery', `${field}.wrap`),
  };
}

/** A wrap's shape. What is in it, only the account's own client can tell. */
function seedWrap(value: unknown, kind: SeedWrap['kind'], field: string): SeedWrap {
  const wrap = value as Partial<SeedWrap>;
  const wellFormed =
    wrap.v === 1 && wrap.kind === kind && typeof wrap.nonce === 'string' && typeof wrap.ciphertext === 'string' &&
    JSON.stringify(wrap).length < 4096;
  return wellFormed ? (wrap as SeedWrap) : refuse('STATEMENT_INVALID', field);
}
