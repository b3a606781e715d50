import type { CertificateStatement, ClaimStatement, InvitationStatement, OrganisationLogStatement, OrganisationStatement, PasswordParameters, Role, SeedWrap, Signed } from '../statements/statements.ts';

/**
 * The API, as the account flows see it; each method is one operation of the schema. An adapter turns refusals (`userErrors`)
 * into BatonErrors with the same code. What the server answers is `unknown` wherever it has to be verified.
 */
export interface AccountServer {
  setUpFirm(input: SetUpFirmInput): Promise<SignedInAnswer>;
  passwordParameters(email: string): Promise<unknown>;
  signIn(input: { email: string; authKey: string; deviceName: string }): Promise<SignedInAnswer>;
  signInWithRecovery(input: { email: string; authKey: string; deviceName: string }): Promise<SignedInAnswer>;
  setPassword(input: SetPasswordInput): Promise<void>;
  /** Null for an id that nobody knows. */
  publicInvitation(id: string): Promise<PublicInvitationAnswer | null>;
  /** The same claim sent again (its answer was lost) signs the same account in; another one is refused with ALREADY_CLAIMED. */
  claimInvitation(input: ClaimInvitationInput): Promise<SignedInAnswer>;
  inviteColleague(input: { invitation: Signed<InvitationStatement>; inviteeName: string; sealedSecret: string }): Promise<void>;
  /** Throws CERTIFICATE_OUTDATED when one with this number or a higher one is published. */
  publishCertificate(certificate: Signed<CertificateStatement>): Promise<void>;
  /** CertificateChains of these Matrix ids; unknown ones are left out. */
  certificates(mxids: string[]): Promise<unknown[]>;
  /** Lines of the organisation's log with `seq > after`, oldest first. */
  organisationLog(after: number): Promise<unknown[]>;
  /** Throws CONFLICT when `prev` is not the newest line. */
  appendOrganisationLog(entry: Signed<OrganisationLogStatement>): Promise<void>;
  /** Throws CLAIMED when the candidate is in and Matrix carries the keys. */
  depositWelcome(input: { conversationId: string; invitationId: string; deposits: { sessionId: string; sealed: string }[] }): Promise<void>;
  welcomeBundle(conversationId: string): Promise<{ sessionId: string; sealed: string }[]>;
}

/** The viewer, as the page may see them. */
export interface ViewerAnswer {
  accountId: string;
  kind: 'member' | 'candidate';
  name: string;
  email: string | null;
  mxid: string;
  role: Role | null;
  organisationId: string;
  firmName: string;
  sessionId: string;
  hasPassword: boolean;
}

/** What a browser gets to log in to Matrix: a JSON Web Token, good for a minute. */
export interface MatrixLogin {
  token: string;
  userId: string;
  deviceId: string;
}

export interface SignedInAnswer {
  viewer: ViewerAnswer;
  /** Signed<OrganisationStatement> of the viewer's organisation. */
  organisation: unknown;
  /** SeedWraps of the account. */
  wraps: unknown[];
  matrix: MatrixLogin;
}

/** A stretched password and what lies under it. */
export interface PasswordWrap {
  parameters: PasswordParameters;
  authKey: string;
  wrap: SeedWrap;
}

export interface RecoveryWrap {
  authKey: string;
  wrap: SeedWrap;
}

export interface SetUpFirmInput {
  organisationId: string;
  accountId: string;
  firmName: string;
  name: string;
  email: string;
  organisation: Signed<OrganisationStatement>;
  keys: { signingKey: string; boxKey: string };
  password: PasswordWrap;
  recovery: RecoveryWrap;
  deviceName: string;
}

export interface SetPasswordInput {
  /** With a candidate's first password. */
  email?: string;
  password: PasswordWrap;
  currentAuthKey?: string;
  recovery?: RecoveryWrap;
}

export interface ClaimInvitationInput {
  claim: Signed<ClaimStatement>;
  name?: string;
  email?: string;
  password?: PasswordWrap;
  recovery?: RecoveryWrap;
  deviceName: string;
}

export interface PublicInvitationAnswer {
  id: string;
  kind: 'colleague' | 'candidate';
  state: 'open' | 'claimed' | 'expired' | 'revoked';
  firmName: string;
  inviterName: string;
  about: string | null;
  inviteeName: string | null;
  role: Role | null;
  expiresAt: string;
  claimedAt: string | null;
  claimedOn: string | null;
  /** Signed<InvitationStatement>. */
  statement: unknown;
  /** Signed<OrganisationStatement>. */
  organisation: unknown;
  /** CertificateChain of the inviter. */
  inviterCertificate: unknown;
}
