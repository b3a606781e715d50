import { createHash, timingSafeEqual } from 'node:crypto';
import { refuse } from '../../../platform/errors/refusal.ts';

/**
 * What the server keeps of an authentication half: its SHA-256. The half is Argon2id's output, 32 bytes that nobody can
 * guess, so a fast hash is enough to make a copy of the table useless for signing in.
 */
export function hashAuthKey(authKey: string, field: string): Buffer {
  const bytes = Buffer.from(authKey, 'base64url');
  if (bytes.length !== 32) refuse('STATEMENT_INVALID', field);
  return createHash('sha256').update(bytes).digest();
}

const nothing = Buffer.alloc(32);

/** Whether an authentication half is the kept one; takes as long when nothing is kept. */
export function isAuthKey(authKey: string, kept: Buffer | null | undefined): boolean {
  const given = createHash('sha256').update(Buffer.from(authKey, 'base64url')).digest();
  const equal = timingSafeEqual(given, kept?.length === 32 ? kept : nothing);
  return equal && kept?.length === 32;
}
