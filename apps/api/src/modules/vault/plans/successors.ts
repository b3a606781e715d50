import { and, eq, inArray } from 'drizzle-orm';
import type { InvitationState, Role } from '../../../generated/resolvers.ts';
import { asNobody, type Tx } from '../../../platform/database/database.ts';
import { accounts } from '../../accounts/accounts.table.ts';
import { invitationState } from '../../invitations/invitations.ts';
import { invitations } from '../../invitations/invitations.table.ts';

/** Who is to take a project over. */
export interface Successor {
  name: string;
  role: Role | null;
  hasLeft: boolean;
  /** Null for who has an account already. */
  invitationState: InvitationState | null;
}

/** Colleagues of a firm by what plans name: their account, or the invitation that they are to come by. `now` in milliseconds. */
export async function successorsOf(tx: Tx, organisationId: string, named: readonly string[], now: number): Promise<Map<string, Successor>> {
  if (named.length === 0) return new Map();
  // As nobody: a lead who is no partner sees no invitations, and may know who comes.
  return asNobody(tx, async () => {
    const members = await tx.select().from(accounts)
      .where(and(eq(accounts.organisationId, organisationId), eq(accounts.kind, 'MEMBER'), inArray(accounts.id, [...named])));
    const invited = await tx.select().from(invitations)
      .where(and(eq(invitations.organisationId, organisationId), eq(invitations.kind, 'COLLEAGUE'), inArray(invitations.id, [...named])));
    return new Map<string, Successor>([
      ...members.map(({ id, name, role, endedAt }) => [id, { name, role, hasLeft: endedAt !== null, invitationState: null }] as const),
      ...invited.map((row) => [row.id, { name: row.inviteeName, role: row.role, hasLeft: false, invitationState: invitationState(row, now) }] as const),
    ]);
  });
}
