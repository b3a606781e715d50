import { isBatonError } from '@baton/base';
import type { AccountSecrets } from '../account/account.ts';
import { makeCertificate } from '../certificates/certificate.ts';
import type { OpenedAccount } from '../account/openedAccount.ts';
import { refusal } from '../errors.ts';
import type { OrganisationLog } from '../log/client.ts';
import { makeLogEntry } from '../log/entry.ts';
import type { OrganisationState } from '../log/state.ts';
import { parseChain, parseInvitation } from '../statements/parse.ts';
import type { CertificateStatement, InvitationStatement, OrganisationLogStatement, Signed } from '../statements/statements.ts';
import type { FlowDependencies } from './dependencies.ts';
import type { AccountServer } from './server.ts';

/**
 * Makes this account's Matrix identity count: publishes a certificate for it, and enters it into the organisation's log
 * (members). Does nothing where it is certified already, so it may run at every start. `log` is null for candidates.
 * Throws WRONG_MXID, REPLACED_IDENTITY where the server certifies other keys under this account, and what `OrganisationLog.append` throws.
 */
export async function publishIdentity(
  deps: Pick<FlowDependencies, 'server' | 'clock'> & { log: OrganisationLog | null },
  account: OpenedAccount,
  identity: { mxid: string; matrixMasterKey: string },
): Promise<Signed<CertificateStatement>> {
  let certificate: Signed<CertificateStatement>;
  try {
    certificate = await certify(deps, account, identity);
  } catch (error) {
    if (!isBatonError(error, 'CERTIFICATE_OUTDATED')) throw error;
    // Another device of the same person was faster: theirs may be all that is needed.
    certificate = await certify(deps, account, identity);
  }
  if (deps.log !== null) await enter(deps, deps.log, account, certificate);
  return certificate;
}

/** The certificate of this identity: the one that is published, or a new one with the next number. */
async function certify(
  { server, clock, log }: Pick<FlowDependencies, 'server' | 'clock'> & { log: OrganisationLog | null },
  { secrets, keys }: OpenedAccount,
  identity: { mxid: string; matrixMasterKey: string },
): Promise<Signed<CertificateStatement>> {
  const [state, published] = await Promise.all([log?.refresh() ?? null, publishedCertificate(server, secrets, identity.mxid)]);
  const newest = newer(published, state?.members[secrets.account]?.certificate);
  if (newest?.statement.matrixMasterKey === identity.matrixMasterKey) return newest;
  const certificate = makeCertificate(secrets, keys, { ...identity, sequence: (newest?.statement.sequence ?? 0) + 1, now: clock.now() });
  await server.publishCertificate(certificate);
  return certificate;
}

async function publishedCertificate(
  server: AccountServer,
  { account, vouch }: AccountSecrets,
  mxid: string,
): Promise<Signed<CertificateStatement> | undefined> {
  const [chain] = await server.certificates([mxid]);
  if (chain === undefined) return undefined;
  const { certificate } = parseChain(chain);
  const vouched = certificate.signatures.some(({ signature }) => signature === vouch.signature);
  if (certificate.statement.account !== account || !vouched) throw refusal('REPLACED_IDENTITY');
  return certificate;
}

function newer(
  a: Signed<CertificateStatement> | undefined,
  b: Signed<CertificateStatement> | undefined,
): Signed<CertificateStatement> | undefined {
  if (a === undefined || b === undefined) return a ?? b;
  return b.statement.sequence > a.statement.sequence ? b : a;
}

async function enter(
  deps: Pick<FlowDependencies, 'server' | 'clock'>,
  log: OrganisationLog,
  account: OpenedAccount,
  certificate: Signed<CertificateStatement>,
): Promise<void> {
  const { secrets, keys, organisation } = account;
  const actor = { account: secrets.account, organisation: secrets.organisation, keys };
  const joined = log.current()?.members[secrets.account] !== undefined;
  const invitation = secrets.invitation === null || joined ? null : await ownInvitation(deps, secrets.invitation);
  const entryFor = (state: OrganisationState | null): OrganisationLogStatement['entry'] | null => {
    const known = state?.members[secrets.account];
    if (known !== undefined) {
      return known.identity.sequence < certificate.statement.sequence ? { type: 'certify', certificate } : null;
    }
    if (state === null && secrets.invitation === null) return { type: 'genesis', organisation, admin: certificate };
    if (invitation?.statement.for.kind !== 'colleague') throw refusal('UNKNOWN_MEMBER');
    return { type: 'join', role: invitation.statement.for.role, invitation, certificate };
  };
  await log.append((state) => {
    const entry = entryFor(state);
    return entry === null ? null : makeLogEntry(state, actor, entry, deps.clock.now());
  });
}

/** Checked against its inviter when the line is. */
async function ownInvitation({ server }: Pick<FlowDependencies, 'server'>, id: string): Promise<Signed<InvitationStatement>> {
  const answer = await server.publicInvitation(id);
  if (answer === null) throw refusal('LINK_UNKNOWN');
  return parseInvitation(answer.statement);
}
