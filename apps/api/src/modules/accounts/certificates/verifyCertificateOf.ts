import { eq } from 'drizzle-orm';
import { fingerprintOf, verifyCertificateChain, type CertificateChain } from '@baton/vault/verify';
import { refuse } from '../../../platform/errors/refusal.ts';
import { verified } from '../../../platform/errors/verified.ts';
import type { Services } from '../../../platform/graphql/context.ts';
import { invitations } from '../../invitations/invitations.table.ts';
import { organisations } from '../../organisations/organisations.table.ts';
import { accounts, type AccountRow } from '../accounts.table.ts';

/**
 * The chain of a new certificate of this account, verified up to the firm's root, and its sequence. It must name the
 * account's own keys and Matrix id, under a higher sequence than the last.
 * Refused: STATEMENT_INVALID, CERTIFICATE_OUTDATED, CERTIFICATE_REQUIRED (of the inviter).
 */
export async function verifyCertificateOf(
  services: Services,
  account: AccountRow,
  certificate: unknown,
): Promise<{ chain: CertificateChain; sequence: number }> {
  // As nobody: a candidate does not see their inviter's invitation.
  const { rootKey, invitation, inviter } = await services.system.read(async (tx) => {
    const [organisation] = await tx.select({ rootKey: organisations.rootKey }).from(organisations).where(eq(organisations.id, account.organisationId));
    const [through] = account.invitationId === null ? [] : await tx
      .select({ statement: invitations.statement, inviter: accounts.certificate })
      .from(invitations).innerJoin(accounts, eq(accounts.id, invitations.inviterId)).where(eq(invitations.id, account.invitationId));
    return { rootKey: organisation?.rootKey ?? '', invitation: through?.statement ?? null, inviter: through?.inviter ?? null };
  });
  if (invitation && !inviter) refuse('CERTIFICATE_REQUIRED', 'certificate');

  const chain = { certificate, invitation, inviter } as CertificateChain;
  const identity = await verified('certificate', services.log, () => verifyCertificateChain(chain, { root: fingerprintOf(rootKey) }));
  const own =
    identity.account === account.id && identity.organisation === account.organisationId && identity.mxid === account.mxid &&
    identity.signingKey === account.signingKey && identity.boxKey === account.boxKey;
  if (!own) refuse('STATEMENT_INVALID', 'certificate');
  if (identity.sequence <= (account.certificateSequence ?? 0)) refuse('CERTIFICATE_OUTDATED', 'certificate');
  return { chain, sequence: identity.sequence };
}
