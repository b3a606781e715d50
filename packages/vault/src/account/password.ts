import { stretch } from '../crypto/argon2.ts';
import { fromBase64url, randomBytes, toBase64url, toUtf8, wipe } from '../crypto/bytes.ts';
import { refusal } from '../errors.ts';
import { bytes16, exactly, integer, object } from '../statements/shape.ts';
import type { PasswordParameters } from '../statements/statements.ts';

/** What every password is stretched with: RFC 9106's second recommended option, about 0.4 s on a laptop. */
export const passwordCost = { passes: 3, memoryKiB: 64 * 1024 } as const;

/** More than this is no cost but an attack on the browser. */
const mostPasses = 16;
const mostMemoryKiB = 1024 * 1024;

const parametersShape = object<PasswordParameters>({
  algorithm: exactly('argon2id'),
  passes: integer(1, mostPasses),
  memoryKiB: integer(8, mostMemoryKiB),
  parallelism: exactly(1),
  salt: bytes16,
});

/** The two halves of a stretched password or recovery code: one is shown to the server, the other opens the seed. */
export interface StretchedSecret {
  /** base64url, 32 bytes. */
  authKey: string;
  /** 32 bytes. Never leaves the browser. */
  wrapKey: Uint8Array;
}

/** Fresh parameters for a new password: today's cost, a random salt. */
export function makePasswordParameters(): PasswordParameters {
  return { algorithm: 'argon2id', ...passwordCost, parallelism: 1, salt: toBase64url(randomBytes(16)) };
}

/**
 * Parameters as a server sent them. Throws MALFORMED_STATEMENT for nonsense, and KDF_DOWNGRADE for a cost under ours, by
 * which a server could make passwords cheap to guess.
 */
export function parsePasswordParameters(value: unknown): PasswordParameters {
  const parameters = parametersShape(value, '.parameters');
  if (parameters.passes < passwordCost.passes || parameters.memoryKiB < passwordCost.memoryKiB) throw refusal('KDF_DOWNGRADE');
  return parameters;
}

/**
 * Stretches a password (Unicode NFKC, so that full-width letters of an input method are the same) to 64 bytes.
 * Throws what `parsePasswordParameters` throws.
 */
export async function stretchPassword(password: string, untrusted: unknown): Promise<StretchedSecret> {
  const { salt, passes, memoryKiB, parallelism } = parsePasswordParameters(untrusted);
  const input = toUtf8(password.normalize('NFKC'));
  const output = await stretch(input, { salt: fromBase64url(salt), passes, memoryKiB, parallelism, length: 64 });
  const stretched = { authKey: toBase64url(output.subarray(0, 32)), wrapKey: output.slice(32) };
  wipe(input, output);
  return stretched;
}
