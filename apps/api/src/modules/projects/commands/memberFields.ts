import { and, eq, inArray } from 'drizzle-orm';
import type { ProjectMemberInput, ProjectRole } from '../../../generated/resolvers.ts';
import type { Tx } from '../../../platform/database/database.ts';
import { refuse } from '../../../platform/errors/refusal.ts';
import type { MemberViewer } from '../../../platform/session/viewer.ts';
import { accounts } from '../../accounts/accounts.table.ts';
import { canLead } from '../projects.policy.ts';

/**
 * Checks who is to be on a project; a colleague named twice counts as last named.
 * Refused: MEMBER_UNKNOWN, MEMBER_ENDED, LEAD_ROLE, NO_LEAD, TOO_MANY.
 * @param present who is on it already: they may stay although they have left the firm, but do not count as a lead
 */
export async function memberFields(tx: Tx, viewer: MemberViewer, input: readonly ProjectMemberInput[], present: ReadonlySet<string> = new Set()): Promise<Map<string, ProjectRole>> {
  if (input.length > 200) refuse('TOO_MANY', 'members');
  const roles = new Map(input.map(({ memberId, role }) => [memberId, role]));
  const rows = roles.size === 0 ? [] : await tx
    .select({ id: accounts.id, role: accounts.role, endedAt: accounts.endedAt })
    .from(accounts)
    .where(and(eq(accounts.organisationId, viewer.organisationId), eq(accounts.kind, 'MEMBER'), inArray(accounts.id, [...roles.keys()])));
  const known = new Map(rows.map((row) => [row.id, row]));

  for (const [at, { memberId, role }] of input.entries()) {
    const account = known.get(memberId);
    if (!account?.role) return refuse('MEMBER_UNKNOWN', `members.${at}.memberId`);
    if (account.endedAt !== null && !present.has(memberId)) refuse('MEMBER_ENDED', `members.${at}.memberId`);
    if (role === 'LEAD' && !canLead(account.role)) refuse('LEAD_ROLE', `members.${at}.role`);
  }
  if (![...roles].some(([id, role]) => role === 'LEAD' && known.get(id)?.endedAt === null)) refuse('NO_LEAD', 'members');
  return roles;
}
