import type { Role } from '../statements/statements.ts';

/** An account whose keys and Matrix identity were verified up to the organisation's root. */
export interface VerifiedIdentity {
  account: string;
  kind: 'member' | 'candidate';
  /** Null for candidates. */
  role: Role | null;
  organisation: string;
  /** Fingerprint of the root. */
  root: string;
  /** The invitation through which the account came; null for the first partner. */
  invitation: string | null;
  mxid: string;
  signingKey: string;
  boxKey: string;
  matrixMasterKey: string;
  sequence: number;
}
