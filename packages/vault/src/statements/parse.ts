import {
  bytes32, bytes64, exactly, flag, id, instant, integer, list, matching, nullable, object, tagged, text, type Shape,
} from './shape.ts';
import type {
  CertificateChain, CertificateStatement, ClaimStatement, InvitationStatement, OrganisationLogStatement, OrganisationStatement, Role,
  ArchivedFile, DepositStatement, EpochStatement, EpochWrap, HandoverPlanStatement, NamedEvent, ProjectExportStatement, ProjectLogStatement, RosterEntry, Signature, Signed,
  WelcomeStatement,
} from './statements.ts';

const roleShape: Shape<Role> = exactly('partner', 'consultant', 'researcher');

export const signatureShape: Shape<Signature> = object<Signature>({ by: exactly('root', 'account', 'link'), key: bytes32, signature: bytes64 });

const signed = <T>(statement: Shape<T>, signatures: number): Shape<Signed<T>> =>
  object<Signed<T>>({ statement, signatures: list(signatureShape, signatures, signatures) });

const organisationShape = signed(
  object<OrganisationStatement>({ v: exactly(1), organisation: id('organisation'), rootKey: bytes32, recoveryKey: bytes32, createdAt: instant }),
  1,
);

const certificateShape = signed(
  object<CertificateStatement>({
    v: exactly(1),
    kind: exactly('member', 'candidate'),
    account: id('account'),
    organisation: id('organisation'),
    root: bytes32,
    invitation: nullable(id('invitation')),
    mxid: matching(/^@[a-z0-9._=/+-]{1,200}:[A-Za-z0-9.:[\]-]{1,200}$/),
    signingKey: bytes32,
    boxKey: bytes32,
    matrixMasterKey: matching(/^[A-Za-z0-9+/]{43}$/),
    sequence: integer(1, Number.MAX_SAFE_INTEGER),
    issuedAt: instant,
  }),
  2,
);

const invitationShape = signed(
  object<InvitationStatement>({
    v: exactly(1),
    invitation: id('invitation'),
    organisation: id('organisation'),
    root: bytes32,
    inviter: id('account'),
    linkKey: bytes32,
    linkBoxKey: bytes32,
    for: tagged<'kind', InvitationStatement['for']>('kind', {
      colleague: object({ kind: exactly('colleague'), role: roleShape }),
      candidate: object({ kind: exactly('candidate'), conversation: id('conversation') }),
    }),
    createdAt: instant,
    expiresAt: instant,
  }),
  1,
);

const claimShape = signed(
  object<ClaimStatement>({
    v: exactly(1), invitation: id('invitation'), account: id('account'), signingKey: bytes32, boxKey: bytes32, claimedAt: instant,
  }),
  2,
);

const matrixRoom = matching(/^![\x21-\x7e]{1,254}$/);
const megolmSession = matching(/^[A-Za-z0-9+/]{1,100}$/);
/** An account, or the organisation itself where the root stands for it. */
const accountOrInvitation = matching(/^(acc|inv)_[0-9a-f]{32}$/);
const accountOrOrganisation = matching(/^(acc|org)_[0-9a-f]{32}$/);

type LogEntry = OrganisationLogStatement['entry'];

const logShape = signed(
  object<OrganisationLogStatement>({
    v: exactly(1),
    organisation: id('organisation'),
    seq: integer(0, Number.MAX_SAFE_INTEGER),
    prev: nullable(bytes32),
    // The organisation where the root signs.
    actor: accountOrOrganisation,
    at: instant,
    entry: tagged<'type', LogEntry>('type', {
      genesis: object({ type: exactly('genesis'), organisation: organisationShape, admin: certificateShape }),
      join: object({ type: exactly('join'), role: roleShape, invitation: invitationShape, certificate: certificateShape }),
      certify: object({ type: exactly('certify'), certificate: certificateShape }),
      role: object({ type: exactly('role'), account: id('account'), role: roleShape }),
      revoke: object({ type: exactly('revoke'), account: id('account'), reason: text(500) }),
    }),
  }),
  1,
);

const welcomeShape = signed(
  object<WelcomeStatement>({
    v: exactly(1),
    organisation: id('organisation'),
    conversation: id('conversation'),
    invitation: id('invitation'),
    linkBoxKey: bytes32,
    room: matrixRoom,
    session: megolmSession,
    sender: id('account'),
    exported: text(20_000),
  }),
  1,
);

/** More people than this are no project's team. */
const largestRoster = 500;

const projectLogShape = signed(
  object<ProjectLogStatement>({
    v: exactly(1),
    organisation: id('organisation'),
    project: id('project'),
    seq: integer(0, Number.MAX_SAFE_INTEGER),
    prev: nullable(bytes32),
    organisationLog: object({ length: integer(1, Number.MAX_SAFE_INTEGER), head: bytes32 }),
    actor: accountOrOrganisation,
    at: instant,
    change: tagged<'type', ProjectLogStatement['change']>('type', {
      genesis: object({ type: exactly('genesis') }),
      roster: object({ type: exactly('roster') }),
      rotate: object({ type: exactly('rotate') }),
      handover: object({ type: exactly('handover'), from: id('account'), to: id('account') }),
    }),
    roster: list(object<RosterEntry>({ account: id('account'), role: exactly('lead', 'member') }), 1, largestRoster),
    epoch: object<EpochStatement>({
      number: integer(1, Number.MAX_SAFE_INTEGER), depositKey: bytes32, commitment: bytes32, backLink: nullable(matching(/^[A-Za-z0-9_-]{40,200}$/)),
    }),
    wraps: list(object<EpochWrap>({ for: accountOrOrganisation, sealed: matching(/^[A-Za-z0-9_-]{40,1000}$/) }), 0, largestRoster + 1),
  }),
  1,
);

const depositShape = signed(
  object<DepositStatement>({
    v: exactly(1),
    organisation: id('organisation'),
    project: id('project'),
    epoch: integer(1, Number.MAX_SAFE_INTEGER),
    depositKey: bytes32,
    room: matrixRoom,
    session: megolmSession,
    depositor: id('account'),
    own: flag,
    exported: text(20_000),
  }),
  1,
);

const handoverPlanShape = signed(
  object<HandoverPlanStatement>({
    v: exactly(1),
    organisation: id('organisation'),
    project: id('project'),
    actor: id('account'),
    at: instant,
    projectLog: object({ length: integer(1, Number.MAX_SAFE_INTEGER), head: bytes32 }),
    from: id('account'),
    to: accountOrInvitation,
  }),
  1,
);

/** A relative path that stays inside its folder on every system: no empty, `.` or `..` part, no backslash, no control character. */
const archivePath = matching(/^(?!\.{1,2}(?:\/|$))[^/\\\p{Cc}]{1,120}(?:\/(?!\.{1,2}(?:\/|$))[^/\\\p{Cc}]{1,120}){0,3}$/u);
const logPlace = object<ProjectExportStatement['projectLog']>({ length: integer(1, Number.MAX_SAFE_INTEGER), head: bytes32 });
const events = list(object<NamedEvent>({ room: matrixRoom, event: matching(/^\$[\x21-\x7e]{1,254}$/) }), 0, 1_000_000);
const count = integer(0, Number.MAX_SAFE_INTEGER);

const projectExportShape = signed(
  object<ProjectExportStatement>({
    v: exactly(1),
    organisation: id('organisation'),
    root: bytes32,
    project: id('project'),
    exporter: id('account'),
    names: object({ firm: text(500), project: text(500), exporter: text(500) }),
    exportedAt: instant,
    organisationLog: logPlace,
    projectLog: logPlace,
    threads: count,
    messages: count,
    incomplete: list(matrixRoom, 0, 100_000),
    unreadable: events,
    unverified: events,
    files: list(object<ArchivedFile>({ path: archivePath, bytes: count, sha256: matching(/^[0-9a-f]{64}$/) }), 1, 100_000),
  }),
  1,
);

/** How many invitations may lie between a person and the first partner. */
const deepestChain = 64;

const chainShape =
  (depth: number): Shape<CertificateChain> =>
  (value, path) =>
    object<CertificateChain>({
      certificate: certificateShape,
      invitation: nullable(invitationShape),
      inviter: depth === 0 ? exactly(null) : nullable(chainShape(depth - 1)),
    })(value, path);

// Each takes JSON from outside and returns a checked copy. Throws MALFORMED_STATEMENT {path}. No signature is looked at.
export const parseOrganisation = (value: unknown): Signed<OrganisationStatement> => organisationShape(value, '');
export const parseCertificate = (value: unknown): Signed<CertificateStatement> => certificateShape(value, '');
export const parseInvitation = (value: unknown): Signed<InvitationStatement> => invitationShape(value, '');
export const parseClaim = (value: unknown): Signed<ClaimStatement> => claimShape(value, '');
export const parseLogEntry = (value: unknown): Signed<OrganisationLogStatement> => logShape(value, '');
export const parseWelcome = (value: unknown): Signed<WelcomeStatement> => welcomeShape(value, '');
export const parseProjectLine = (value: unknown): Signed<ProjectLogStatement> => projectLogShape(value, '');
export const parseHandoverPlan = (value: unknown): Signed<HandoverPlanStatement> => handoverPlanShape(value, '');
export const parseDeposit = (value: unknown): Signed<DepositStatement> => depositShape(value, '');
export const parseProjectExport = (value: unknown): Signed<ProjectExportStatement> => projectExportShape(value, '');
export const parseChain = (value: unknown): CertificateChain => chainShape(deepestChain)(value, '');
