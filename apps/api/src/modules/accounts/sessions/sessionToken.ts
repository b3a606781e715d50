import { createHash, randomBytes } from 'node:crypto';

/** A fresh cookie value: 32 random bytes as base64url. The table keeps only its hash. */
export const newSessionToken = (): string => randomBytes(32).toString('base64url');

/** What the table keeps of a token. */
export const hashSessionToken = (token: string): Buffer => createHash('sha256').update(token).digest();
