import { refusal } from '../errors.ts';
import { roleAt, type OrganisationState } from '../log/state.ts';
import type { ProjectLogStatement } from '../statements/statements.ts';
import type { ProjectState } from './state.ts';

/**
 * Checks who a line lets in: members of the firm as it was then, each once and in order, led by somebody who may lead; and
 * that nobody comes or goes whom the kind of change does not name.
 * @returns accounts that came and that left
 * Throws ROSTER_INVALID {account}, UNKNOWN_MEMBER, LEAD_MISSING, HANDOVER_TO_SELF.
 */
export function verifyRoster(state: ProjectState | null, statement: ProjectLogStatement, organisation: OrganisationState): { came: string[]; left: string[] } {
  const { roster, change, organisationLog } = statement;
  const now = roster.map(({ account }) => account);
  for (const [index, { account, role }] of roster.entries()) {
    if (index > 0 && account <= (now[index - 1] as string)) throw refusal('ROSTER_INVALID', { account });
    const held = roleAt(organisation, account, organisationLog.length);
    if (held === null) throw refusal('UNKNOWN_MEMBER', { account });
    if (role === 'lead' && held === 'researcher') throw refusal('ROSTER_INVALID', { account });
  }
  if (!roster.some(({ role }) => role === 'lead')) throw refusal('LEAD_MISSING');

  const before = (state?.roster ?? []).map(({ account }) => account);
  const came = now.filter((account) => !before.includes(account));
  const left = before.filter((account) => !now.includes(account));
  switch (change.type) {
    case 'genesis':
    case 'rotate':
      break;
    case 'roster':
      requireNobody(left);
      break;
    case 'handover':
      if (change.from === change.to) throw refusal('HANDOVER_TO_SELF');
      if (!left.includes(change.from) || !now.includes(change.to)) throw refusal('ROSTER_INVALID', { account: change.from });
      requireNobody(left.filter((account) => account !== change.from));
      requireNobody(came.filter((account) => account !== change.to));
      break;
  }
  return { came, left };
}

function requireNobody([account]: readonly string[]): void {
  if (account !== undefined) throw refusal('ROSTER_INVALID', { account });
}
