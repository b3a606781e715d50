import { createHash } from 'node:crypto';
import type { PasswordWrapInput, RecoveryWrapInput } from '../generated/resolvers.ts';

/** An authentication half that stands for a password: 32 bytes, without the minute that Argon2id would take over a test file. */
export const authKeyOf = (password: string): string => createHash('sha256').update(`auth ${password}`).digest('base64url');

/** A password's wrap as a client sends it; the ciphertext is none, the server could not tell. */
export const passwordInput = (password: string): PasswordWrapInput => {
  const parameters = { algorithm: 'argon2id', passes: 3, memoryKiB: 65_536, parallelism: 1, salt: Buffer.alloc(16, 7).toString('base64url') };
  return { parameters, authKey: authKeyOf(password), wrap: { v: 1, kind: 'password', parameters, nonce: 'bm9uY2U', ciphertext: 'c2VhbGVk' } };
};

export const recoveryInput = (words: string): RecoveryWrapInput => ({
  authKey: authKeyOf(words),
  wrap: { v: 1, kind: 'recovery', parameters: null, nonce: 'bm9uY2U', ciphertext: 'c2VhbGVk' },
});
