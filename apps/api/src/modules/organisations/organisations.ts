import { and, asc, eq } from 'drizzle-orm';
import { nameLine } from '../../platform/errors/line.ts';
import { deny } from '../../platform/errors/refusal.ts';
import { member, signedIn, type ApiContext } from '../../platform/graphql/context.ts';
import { accounts, type AccountRow } from '../accounts/accounts.table.ts';
import { accountsById, endSessionsOf } from '../accounts/accounts.ts';
import { organisations, type OrganisationRow } from './organisations.table.ts';
import { canEndSessionsOf, canRename } from './organisations.policy.ts';

export { organisationLogAfter, organisationState } from './organisationLog.ts';

/** The viewer's firm. */
export async function ownOrganisation(ctx: ApiContext): Promise<OrganisationRow> {
  const { organisationId } = signedIn(ctx);
  const [row] = await ctx.read((tx) => tx.select().from(organisations).where(eq(organisations.id, organisationId)));
  return row ?? deny('NOT_FOUND');
}

/** Who works in the viewer's firm, ended ones included, by name. Members. */
export async function colleagues(ctx: ApiContext): Promise<AccountRow[]> {
  const viewer = member(ctx);
  return ctx.read((tx) =>
    tx.select().from(accounts)
      .where(and(eq(accounts.organisationId, viewer.organisationId), eq(accounts.kind, 'MEMBER'))).orderBy(asc(accounts.name), asc(accounts.id)),
  );
}

/** Renames the viewer's firm. Partners. Refused: REQUIRED, TOO_LONG, NAME_NEEDS_LETTER. */
export async function renameOrganisation(ctx: ApiContext, input: { name: string }): Promise<OrganisationRow> {
  const viewer = member(ctx);
  if (!canRename(viewer)) deny('FORBIDDEN');
  const name = nameLine(input.name, 'name');
  return ctx.write(async (tx) => {
    const [row] = await tx.update(organisations).set({ name }).where(eq(organisations.id, viewer.organisationId)).returning();
    return row ?? deny('NOT_FOUND');
  });
}

/** Signs a colleague out everywhere. Partners, and everybody themselves. */
export async function endMemberSessions(ctx: ApiContext, memberId: string): Promise<AccountRow> {
  const viewer = member(ctx);
  if (!canEndSessionsOf(viewer, memberId)) deny('FORBIDDEN');
  const account = (await accountsById(ctx, [memberId])).get(memberId);
  if (!account || account.kind !== 'MEMBER') return deny('NOT_FOUND');
  await ctx.write((tx, unit) => endSessionsOf(ctx.services, tx, unit, viewer, memberId));
  return account;
}
