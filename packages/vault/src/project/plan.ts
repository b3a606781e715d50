import type { AccountKeys } from '../account/account.ts';
import { refusal } from '../errors.ts';
import { memberOf, type OrganisationState } from '../log/state.ts';
import { parseHandoverPlan } from '../statements/parse.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type HandoverPlanStatement, type Signed } from '../statements/statements.ts';
import { requireSignature } from '../verification/signatures.ts';
import { isInRoster, type ProjectState } from './state.ts';

/** A plan that holds. */
export interface KnownPlan {
  from: string;
  /** The successor's account; null as long as they have not come into the firm's log. */
  to: string | null;
}

/**
 * Says that a project goes from somebody to a colleague who has no certificate yet. `to`: their account, or the invitation they
 * are to come by. `now` in milliseconds. Throws HANDOVER_TO_SELF, ROSTER_INVALID for a predecessor who is not in the roster.
 */
export function makeHandoverPlan(by: { account: string; keys: AccountKeys; now: number }, state: ProjectState, { from, to }: { from: string; to: string }): Signed<HandoverPlanStatement> {
  if (from === to) throw refusal('HANDOVER_TO_SELF');
  if (!isInRoster(state, from)) throw refusal('ROSTER_INVALID', { account: from });
  const { organisation, project, length, head } = state;
  const statement: HandoverPlanStatement = {
    v: 1, organisation, project, actor: by.account, at: new Date(by.now).toISOString(), projectLog: { length, head }, from, to,
  };
  return { statement, signatures: [makeSignature('account', by.keys.signing, domains.handoverPlan, statement)] };
}

/**
 * Holds a plan against both logs as they are now. It is a wish of somebody who may hand the project over, and still may: a server
 * can keep a plan back, or show one that was taken back, but can make up none, and none that outlives a handover.
 * Throws MALFORMED_STATEMENT, BAD_SIGNATURE, WRONG_ACCOUNT, WRONG_ORGANISATION, WRONG_PROJECT, UNKNOWN_MEMBER, REVOKED_MEMBER,
 * NOT_LEAD, LOG_FORK, PLAN_OUTDATED, HANDOVER_TO_SELF.
 */
export function verifyHandoverPlan(value: unknown, state: ProjectState, organisation: OrganisationState): KnownPlan {
  const signed = parseHandoverPlan(value);
  const { statement } = signed;
  const { actor, from, to, projectLog } = statement;
  if (statement.organisation !== state.organisation) throw refusal('WRONG_ORGANISATION');
  if (statement.project !== state.project) throw refusal('WRONG_PROJECT');
  const { signingKey, role } = memberOf(organisation, actor);
  requireSignature(signed, { by: 'account', key: signingKey, domain: domains.handoverPlan, content: statement, otherKey: 'WRONG_ACCOUNT' });
  const leads = state.roster.some((entry) => entry.account === actor && entry.role === 'lead');
  if (role !== 'partner' && !leads) throw refusal('NOT_LEAD');
  if (projectLog.length > state.length || state.heads[projectLog.length - 1] !== projectLog.head) throw refusal('LOG_FORK', { seen: state.length });
  if (!isInRoster(state, from) || state.changes.some(({ type, seq }) => type === 'handover' && seq >= projectLog.length)) throw refusal('PLAN_OUTDATED');
  if (from === to) throw refusal('HANDOVER_TO_SELF');
  const known = Object.values(organisation.members).find(({ identity }) => identity.account === to || identity.invitation === to);
  if (known !== undefined && known.revokedAt !== null) throw refusal('REVOKED_MEMBER', { account: known.identity.account });
  return { from, to: known?.identity.account ?? null };
}
