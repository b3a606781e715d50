import { refusal } from '../errors.ts';
import type { ProjectLogStatement, Role } from '../statements/statements.ts';
import type { ProjectState } from './state.ts';

/** What an account was in the firm while the line was made. Throws UNKNOWN_MEMBER, REVOKED_MEMBER. */
export type RolesOf = (account: string) => readonly Role[];

/**
 * Checks who a line lets in: members of the firm as it was then, each once and in order, led by somebody who may lead; and
 * that nobody comes or goes whom the kind of change does not name.
 * @returns accounts that came and that left
 * Throws ROSTER_INVALID {account}, UNKNOWN_MEMBER, REVOKED_MEMBER, LEAD_MISSING, HANDOVER_TO_SELF.
 */
export function verifyRoster(state: ProjectState | null, statement: ProjectLogStatement, rolesOf: RolesOf): { came: string[]; left: string[] } {
  const { roster, change } = statement;
  const now = roster.map(({ account }) => account);
  for (const [index, { account, role }] of roster.entries()) {
    if (index > 0 && account <= (now[index - 1] as string)) throw refusal('ROSTER_INVALID', { account });
    if (rolesOf(account).includes('researcher') && role === 'lead') throw refusal('ROSTER_INVALID', { account });
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
      // Whose account has ended is off the roster before a successor who was waited for comes.
      if (!left.includes(change.from) && !Object.hasOwn(state?.gone ?? {}, change.from)) throw refusal('ROSTER_INVALID', { account: change.from });
      if (now.includes(change.from) || !now.includes(change.to)) throw refusal('ROSTER_INVALID', { account: change.from });
      requireNobody(left.filter((account) => account !== change.from));
      requireNobody(came.filter((account) => account !== change.to));
      break;
  }
  return { came, left };
}

function requireNobody([account]: readonly string[]): void {
  if (account !== undefined) throw refusal('ROSTER_INVALID', { account });
}
