import { BatonError } from '@baton/base';
import type { OrganisationState, ProjectState } from '@baton/vault';

/** From whom to whom, as accounts. */
export interface HandedOver {
  from: string;
  to: string;
}

/** Whoever was let go by the firm was taken off the team by itself: that decides nothing about who has their place. */
const hasEnded = (members: OrganisationState['members'], account: string): boolean => Object.hasOwn(members, account) && members[account]?.revokedAt !== null;

/**
 * Whether a project is still to be handed over: false where it has been, for a broken connection may have swallowed the answer.
 * Asked again with each newer state of the log, so that of two handovers at once the second one hears of the first.
 * Throws HANDOVER_TO_SELF, ALREADY_HANDED_OVER {by, to} where somebody else was faster (`by` is empty where the recovery kit was
 * used), PREDECESSOR_NOT_ON_TEAM, UNKNOWN_MEMBER, REVOKED_MEMBER, LEAD_ROLE for a researcher who would have to lead.
 */
export function isToBeHandedOver(found: Pick<ProjectState, 'organisation' | 'roster' | 'gone' | 'changes'>, { members }: Pick<OrganisationState, 'members'>, { from, to }: HandedOver): boolean {
  if (from === to) throw new BatonError('HANDOVER_TO_SELF');
  const place = found.roster.find(({ account }) => account === from)?.role ?? (hasEnded(members, from) ? found.gone[from] : undefined);
  const last = found.changes.findLast((change) => change.type === 'handover' && change.from === from);
  if (place === undefined) {
    if (last?.to === to && found.roster.some(({ account }) => account === to)) return false;
    if (last?.to) throw new BatonError('ALREADY_HANDED_OVER', { by: last.actor === found.organisation ? '' : last.actor, to: last.to });
    throw new BatonError('PREDECESSOR_NOT_ON_TEAM');
  }
  const successor = Object.hasOwn(members, to) ? members[to] : undefined;
  if (successor === undefined) throw new BatonError('UNKNOWN_MEMBER');
  if (successor.revokedAt !== null) throw new BatonError('REVOKED_MEMBER');
  if (place === 'lead' && successor.identity.role === 'researcher') throw new BatonError('LEAD_ROLE');
  return true;
}
