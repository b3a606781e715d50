import type { OrganisationState } from '../log/state.ts';
import type { ProjectLogStatement, Role, RosterEntry, Signed } from '../statements/statements.ts';
import { makeRosterChange, type LineContext } from './line.ts';
import type { ProjectState } from './state.ts';

/** Accounts of a roster that the firm has let go. Their keys open the newest epoch until a line takes them out. */
export function departedFrom({ roster }: Pick<ProjectState, 'roster'>, organisation: OrganisationState): string[] {
  return roster.flatMap(({ account }) => (roleOf(organisation, account) === null ? [account] : []));
}

/**
 * Whether somebody of a roster has been let go and somebody else in it can take them out: then a new epoch is only a matter of
 * time. Where nobody is left who can, it waits for a handover with the recovery kit.
 */
export function awaitsDepartures(state: ProjectState, organisation: OrganisationState): boolean {
  return departedFrom(state, organisation).length > 0 && state.roster.some((entry) => mayTakeOut(organisation, entry));
}

/**
 * The line that takes out of the roster whom the firm has let go, under a new epoch, and the lead from whoever became a
 * researcher. Where that leaves no lead, the partners on the project lead it. Null where nothing is to be done, where the actor may
 * not do it, and where nobody is left to lead: that project waits for a handover.
 */
export function makeDepartures(context: LineContext, state: ProjectState): Signed<ProjectLogStatement> | null {
  const { actor, organisation } = context;
  const own = 'root' in actor ? null : state.roster.find(({ account }) => account === actor.account);
  if (own !== null && (own === undefined || !mayTakeOut(organisation, own))) return null;
  const stay = state.roster.filter(({ account }) => roleOf(organisation, account) !== null).map((entry) => asAllowed(entry, organisation));
  const roster = stay.some(isLead) ? stay : stay.map((entry) => (roleOf(organisation, entry.account) === 'partner' ? { ...entry, role: 'lead' as const } : entry));
  return roster.some(isLead) ? makeRosterChange(context, state, roster) : null;
}

const isLead = ({ role }: RosterEntry): boolean => role === 'lead';

/** Null for who has left. */
function roleOf({ members }: OrganisationState, account: string): Role | null {
  const member = members[account];
  return member === undefined || member.revokedAt !== null ? null : member.identity.role;
}

/** By the rules of the log: partners, and leads who may still lead. */
function mayTakeOut(organisation: OrganisationState, entry: RosterEntry): boolean {
  const role = roleOf(organisation, entry.account);
  return role === 'partner' || (role === 'consultant' && isLead(entry));
}

/** Researchers lead nothing. */
function asAllowed(entry: RosterEntry, organisation: OrganisationState): RosterEntry {
  return roleOf(organisation, entry.account) === 'researcher' ? { ...entry, role: 'member' } : entry;
}
