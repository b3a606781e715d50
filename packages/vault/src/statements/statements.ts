/**
 * What people sign. Every statement is canonical JSON (RFC 8785) under the domain string of its kind; every binary
 * value in one is base64url without padding; every id is a Baton id (`acc_…`); every time is ISO 8601 in UTC.
 */

/** Domain strings: the same bytes can never be taken for another kind of statement. */
export const domains = {
  organisation: 'baton/v1/organisation',
  certificate: 'baton/v1/certificate',
  vouch: 'baton/v1/vouch',
  invitation: 'baton/v1/invitation',
  claim: 'baton/v1/claim',
  organisationLog: 'baton/v1/organisation-log',
  welcome: 'baton/v1/welcome',
  projectLog: 'baton/v1/project-log',
  deposit: 'baton/v1/deposit',
  handoverPlan: 'baton/v1/handover-plan',
  projectExport: 'baton/v1/project-export',
} as const;

/** Who made a signature. `key` is the signer's Ed25519 public key. */
export interface Signature {
  by: 'root' | 'account' | 'link';
  key: string;
  signature: string;
}

export interface Signed<T> {
  statement: T;
  signatures: Signature[];
}

export type Role = 'partner' | 'consultant' | 'researcher';

/** The organisation's root: who may be trusted at all starts here. Signed by the root key itself. */
export interface OrganisationStatement {
  v: 1;
  organisation: string;
  /** Ed25519 key that the recovery kit holds. Its fingerprint is what links and devices pin. */
  rootKey: string;
  /** X25519 key to which project epochs are sealed for recovery. */
  recoveryKey: string;
  createdAt: string;
}

/**
 * "This account holds these keys." Signed once, by the root (the first partner) or by the key of the link through which the
 * account came. Each certificate of the account carries that signature, so a new Matrix identity later needs neither the
 * recovery kit nor the link again.
 */
export interface VouchStatement {
  v: 1;
  kind: 'member' | 'candidate';
  account: string;
  organisation: string;
  root: string;
  invitation: string | null;
  signingKey: string;
  boxKey: string;
}

/**
 * Binds an account to its keys and to its Matrix identity. Two signatures: `account` over the whole statement, and `root` or
 * `link` over the part of it that is a VouchStatement.
 */
export interface CertificateStatement {
  v: 1;
  kind: 'member' | 'candidate';
  account: string;
  organisation: string;
  /** Fingerprint of the organisation's root that the account trusts. */
  root: string;
  /** The invitation that vouches for it; null for the first partner, for whom the root signs. */
  invitation: string | null;
  mxid: string;
  signingKey: string;
  boxKey: string;
  /** The public Matrix master cross-signing key (unpadded base64 as Matrix writes it). */
  matrixMasterKey: string;
  /** Rises with each certificate of the same account; the highest valid one counts. */
  sequence: number;
  issuedAt: string;
}

/** "Whoever holds the secret of this link may come in once, as this." Signed by the inviter's account. */
export interface InvitationStatement {
  v: 1;
  invitation: string;
  organisation: string;
  /** Fingerprint of the organisation's root. */
  root: string;
  inviter: string;
  /** Ed25519 public key, derived from the link's secret. */
  linkKey: string;
  /** X25519 public key, derived from the same secret: what is written before the claim is sealed to it. */
  linkBoxKey: string;
  for: { kind: 'colleague'; role: Role } | { kind: 'candidate'; conversation: string };
  createdAt: string;
  expiresAt: string;
}

/** The first claim of a link: names the keys that the invited person's own client made. Signed by account and link. */
export interface ClaimStatement {
  v: 1;
  invitation: string;
  account: string;
  signingKey: string;
  boxKey: string;
  claimedAt: string;
}

/**
 * One line of the organisation's log: append-only, hash-linked, each line signed by its actor. The actor is a member's
 * account, or the organisation itself where the root (the recovery kit) signs a `role` or `revoke`.
 */
export interface OrganisationLogStatement {
  v: 1;
  organisation: string;
  seq: number;
  /** Hash of the line before; null for the first. */
  prev: string | null;
  actor: string;
  at: string;
  entry:
    | { type: 'genesis'; organisation: Signed<OrganisationStatement>; admin: Signed<CertificateStatement> }
    | { type: 'join'; role: Role; invitation: Signed<InvitationStatement>; certificate: Signed<CertificateStatement> }
    | { type: 'certify'; certificate: Signed<CertificateStatement> }
    | { type: 'role'; account: string; role: Role }
    | { type: 'revoke'; account: string; reason: string };
}

/**
 * What a client needs to believe in one Matrix identity without the log: the certificate, the invitation that vouches for it,
 * and the same of its inviter, up to the first partner, where both are null.
 */
export interface CertificateChain {
  certificate: Signed<CertificateStatement>;
  invitation: Signed<InvitationStatement> | null;
  inviter: CertificateChain | null;
}

/**
 * One Megolm session for a candidate who has not come yet. Signed by the sender inside the seal, because a seal alone is
 * anonymous; everything that says what it is for is in what is signed.
 */
export interface WelcomeStatement {
  v: 1;
  organisation: string;
  conversation: string;
  invitation: string;
  /** The key it was sealed to. */
  linkBoxKey: string;
  /** Matrix room. */
  room: string;
  /** Megolm session id. */
  session: string;
  sender: string;
  /** Session export, JSON. */
  exported: string;
}

/** What a member of a project's roster may do with it: a lead changes the roster, with or without a new epoch. */
export type ProjectRole = 'lead' | 'member';

/** One account that reads every thread of a project. */
export interface RosterEntry {
  account: string;
  role: ProjectRole;
}

/**
 * A project's key for a while. Of its random seed s_i come a box pair, to which everybody deposits, and a key that opens the
 * seed of the epoch before: whoever opens the newest epoch opens all of them.
 */
export interface EpochStatement {
  /** From 1, without a gap. */
  number: number;
  /** X25519 key of the deposits. */
  depositKey: string;
  /** Hash of the seed: two people can't be given two seeds under one epoch. */
  commitment: string;
  /** s_{i-1} under a key of s_i, `nonce ‖ ciphertext`; null for the first. */
  backLink: string | null;
}

/** An epoch's seed, sealed to one box key. `for`: a member's account, or the organisation for its recovery key. */
export interface EpochWrap {
  for: string;
  sealed: string;
}

/**
 * One line of a project's log: who reads it from now on, and under which epoch. Append-only, hash-linked, signed by its actor:
 * a partner, a lead of the roster before, or the organisation itself where the root (the recovery kit) signs.
 */
export interface ProjectLogStatement {
  v: 1;
  organisation: string;
  project: string;
  seq: number;
  /** Hash of the line before; null for the first. */
  prev: string | null;
  /** The organisation's log as the actor knew it: by it the roles count. Never older than in the line before. */
  organisationLog: { length: number; head: string };
  actor: string;
  at: string;
  change:
    | { type: 'genesis' }
    /** Nobody leaves: the epoch stays, newcomers get a wrap of it and with it everything from the start. */
    | { type: 'roster' }
    /** A new epoch: somebody left, or may have lost a key. */
    | { type: 'rotate' }
    /** One leaves, another takes their place, under a new epoch. */
    | { type: 'handover'; from: string; to: string };
  /** All of it, by account. */
  roster: RosterEntry[];
  epoch: EpochStatement;
  /** By `for`: of a new epoch for the whole roster and the organisation, of the epoch that stays for newcomers. */
  wraps: EpochWrap[];
}

/**
 * One Megolm session for the project's vault. Signed by the depositor inside the seal; the key it was sealed to is in what is
 * signed, so that nobody can pass it on as made for another vault.
 */
export interface DepositStatement {
  v: 1;
  organisation: string;
  project: string;
  epoch: number;
  depositKey: string;
  /** Matrix room. */
  room: string;
  /** Megolm session id. */
  session: string;
  depositor: string;
  /** Whether the depositor made the session: only then the deposit says who wrote what is in it. */
  own: boolean;
  /** Session export, JSON. */
  exported: string;
}

/**
 * A handover to a colleague who has no certificate yet, to be carried out by whoever can once they have one. It changes nobody's
 * access: the log does. Signed by a partner or a lead of the project.
 */
export interface HandoverPlanStatement {
  v: 1;
  organisation: string;
  project: string;
  actor: string;
  at: string;
  /** The project's log as the actor knew it: a plan made before another handover is void. */
  projectLog: { length: number; head: string };
  from: string;
  /** An invitation that is still to be claimed, or an account that has not come into the firm's log yet. */
  to: string;
}

/** A file of an archive. */
export interface ArchivedFile {
  /** From the archive's top folder, with `/`. */
  path: string;
  /** Its size. */
  bytes: number;
  /** SHA-256 in hexadecimal, as `sha256sum` prints it. */
  sha256: string;
}

/** One event of a Matrix room. */
export interface NamedEvent {
  room: string;
  event: string;
}

/**
 * "I took this out of the project." Signed by a partner who reads the project; the archive's manifest. That the files say what
 * was written is the exporter's word; that they are the files of that moment, everybody can check.
 */
export interface ProjectExportStatement {
  v: 1;
  organisation: string;
  /** Fingerprint of the organisation's root. */
  root: string;
  project: string;
  exporter: string;
  /** What they were called then: no certificate names a person. */
  names: { firm: string; project: string; exporter: string };
  exportedAt: string;
  /** Both logs as they were then; the archive holds them from their first lines. */
  organisationLog: { length: number; head: string };
  projectLog: { length: number; head: string };
  threads: number;
  messages: number;
  /** Rooms that could not be read to their first message. */
  incomplete: string[];
  /** Messages whose key the exporter's device does not have. */
  unreadable: NamedEvent[];
  /** Messages that were read, and of which nothing proves who wrote them. */
  unverified: NamedEvent[];
  /** Every file of the archive but the manifest. */
  files: ArchivedFile[];
}

/** Argon2id's cost, bound into what it protects. `salt` is 16 bytes. */
export interface PasswordParameters {
  algorithm: 'argon2id';
  passes: number;
  memoryKiB: number;
  parallelism: 1;
  salt: string;
}

/** The account's seed, sealed under one way in. The server keeps it and can't open it. */
export interface SeedWrap {
  v: 1;
  kind: 'password' | 'recovery';
  /** Null for recovery codes, which are random and need no stretching. */
  parameters: PasswordParameters | null;
  nonce: string;
  ciphertext: string;
}
