import type { AccountKeys } from '../account/account.ts';
import { refusal } from '../errors.ts';
import { memberOf, type OrganisationState } from '../log/state.ts';
import { parseHandoverPlan } from '../statements/parse.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type HandoverPlanStatement, type Signed } from '../statements/statements.ts';
import { requireSignature } from '../verification/signatures.ts';
import { isInRoster, placeOf, type ProjectState } from './state.ts';

/** A plan that holds. */
export interface KnownPlan {
  from: string;
  /** The successor's account; null as long as they have not come into the firm's log. */
  to: string | null;
}

/** `now` in milliseconds. */
export interface PlanMaker {
  account: string;
  keys: AccountKeys;
  now: number;
}

/**
 * Says that a project goes from somebody to a colleague who has no certificate yet. `to`: their account, or the invitation they
 * are to come by. `now` in milliseconds. Throws HANDOVER_TO_SELF, ROSTER_INVALID for a predecessor who has no place in the project.
 */
export function makeHandoverPlan(by: PlanMaker, state: ProjectState, { from, to }: { from: string; to: string }): Signed<HandoverPlanStatement> {
  if (from === to) throw refusal('HANDOVER_TO_SELF');
  if (placeOf(state, from) === null) throw refusal('ROSTER_INVALID', { account: from });
  const { organisation, project, length, head } = state;
  const statement: HandoverPlanStatement = {
    v: 1, organisation, project, actor: by.account, at: new Date(by.now).toISOString(), projectLog: { length, head }, from, to,
  };
  return { statement, signatures: [makeSignature('account', by.keys.signing, domains.handoverPlan, statement)] };
}

/**
 * A plan in one's own name, made of one whose signer may decide nothing any more, or soon. That they signed it is checked, so that
 * a server can put none forward that nobody made. Throws what `verifyHandoverPlan` throws, but not for what has become of its signer.
 */
export function renewHandoverPlan(by: PlanMaker, value: unknown, state: ProjectState, organisation: OrganisationState): Signed<HandoverPlanStatement> {
  const { statement } = requireSigned(value, state, organisation);
  successorOf(statement, state, organisation);
  return makeHandoverPlan(by, state, statement);
}

/**
 * Holds a plan against both logs as they are now. It is a wish of somebody who may hand the project over, and still may: a server
 * can keep a plan back, or show one that was taken back, but can make up none, and none that outlives a handover. It outlives the
 * predecessor's account where somebody else has signed it.
 * Throws MALFORMED_STATEMENT, BAD_SIGNATURE, WRONG_ACCOUNT, WRONG_ORGANISATION, WRONG_PROJECT, UNKNOWN_MEMBER, REVOKED_MEMBER,
 * NOT_LEAD, LOG_FORK, PLAN_OUTDATED, HANDOVER_TO_SELF.
 */
export function verifyHandoverPlan(value: unknown, state: ProjectState, organisation: OrganisationState): KnownPlan {
  const { statement } = requireSigned(value, state, organisation);
  const { role } = memberOf(organisation, statement.actor);
  if (role !== 'partner' && !isLead(state, statement.actor)) throw refusal('NOT_LEAD');
  return { from: statement.from, to: successorOf(statement, state, organisation) };
}

const isLead = ({ roster }: ProjectState, account: string): boolean => roster.some((entry) => entry.account === account && entry.role === 'lead');

/** That it is a plan of this project, signed by whom it names, who is or was in the firm. */
function requireSigned(value: unknown, state: ProjectState, organisation: OrganisationState): Signed<HandoverPlanStatement> {
  const signed = parseHandoverPlan(value);
  const { statement } = signed;
  if (statement.organisation !== state.organisation) throw refusal('WRONG_ORGANISATION');
  if (statement.project !== state.project) throw refusal('WRONG_PROJECT');
  const signer = Object.hasOwn(organisation.members, statement.actor) ? organisation.members[statement.actor] : undefined;
  if (signer === undefined) throw refusal('UNKNOWN_MEMBER');
  requireSignature(signed, { by: 'account', key: signer.identity.signingKey, domain: domains.handoverPlan, content: statement, otherKey: 'WRONG_ACCOUNT' });
  return signed;
}

/** The successor's account, null as long as they have not come, of a plan that nothing has overtaken. */
function successorOf({ from, to, projectLog }: HandoverPlanStatement, state: ProjectState, { members }: OrganisationState): string | null {
  if (projectLog.length > state.length || state.heads[projectLog.length - 1] !== projectLog.head) throw refusal('LOG_FORK', { seen: state.length });
  // Taken off the team while in the firm is a decision against the plan; let go by the firm is none.
  const isThere = isInRoster(state, from) || (placeOf(state, from) !== null && Object.hasOwn(members, from) && members[from]?.revokedAt !== null);
  if (!isThere || state.changes.some(({ type, seq }) => type === 'handover' && seq >= projectLog.length)) throw refusal('PLAN_OUTDATED');
  if (from === to) throw refusal('HANDOVER_TO_SELF');
  const known = Object.values(members).find(({ identity }) => identity.account === to || identity.invitation === to);
  if (known !== undefined && known.revokedAt !== null) throw refusal('REVOKED_MEMBER', { account: known.identity.account });
  return known?.identity.account ?? null;
}
