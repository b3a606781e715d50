import { and, eq, isNull, lt, or } from 'drizzle-orm';
import { refuse } from '../../../platform/errors/refusal.ts';
import type { ApiContext } from '../../../platform/graphql/context.ts';
import { ownAccount } from '../readAccounts.ts';
import { accounts, type AccountRow } from '../accounts.table.ts';
import { verifyCertificateOf } from './verifyCertificateOf.ts';

/** Publishes the viewer's certificate. Refused: STATEMENT_INVALID, CERTIFICATE_OUTDATED, CERTIFICATE_REQUIRED. */
export async function publishCertificate(ctx: ApiContext, certificate: unknown): Promise<AccountRow> {
  const account = await ownAccount(ctx);
  const { chain, sequence } = await verifyCertificateOf(ctx.services, account, certificate);
  return ctx.write(async (tx, unit) => {
    const [stored] = await tx.update(accounts).set({ certificate: chain, certificateSequence: sequence })
      .where(and(eq(accounts.id, account.id), or(isNull(accounts.certificateSequence), lt(accounts.certificateSequence, sequence))))
      .returning();
    if (!stored) return refuse('CERTIFICATE_OUTDATED', 'certificate');
    unit.afterCommit(() => ctx.services.changes.publish({ topic: 'MEMBER', id: account.id, organisationId: account.organisationId }));
    return stored;
  });
}
