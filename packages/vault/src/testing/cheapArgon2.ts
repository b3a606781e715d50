import type { stretch as stretchForReal } from '../crypto/argon2.ts';

/**
 * Stands for `crypto/argon2.ts` in tests that passwords are no part of and that need many accounts:
 * `vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'))`. Another input or salt gives another output, as there.
 */
export const stretch: typeof stretchForReal = async (input, { salt, length }) =>
  Uint8Array.from({ length }, (_, at) => (input[at % input.length] ?? 0) ^ (salt[at % salt.length] ?? 0) ^ at);
