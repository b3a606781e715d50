import { toBase64url } from '../crypto/bytes.ts';
import { hashObject } from '../crypto/hash.ts';
import { refusal } from '../errors.ts';
import { rolesDuring, type OrganisationState } from '../log/state.ts';
import { parseProjectLine } from '../statements/parse.ts';
import { domains, type ProjectLogStatement, type Role, type Signed } from '../statements/statements.ts';
import { requireSignature } from '../verification/signatures.ts';
import { verifyEpoch } from './verifyEpoch.ts';
import { verifyRoster, type RolesOf } from './verifyRoster.ts';
import { wrapsByHolder, type ProjectChange, type ProjectState } from './state.ts';

/** Hash of one line (base64url): `prev` of the line after it. */
export function hashOfProjectLine(statement: ProjectLogStatement): string {
  return toBase64url(hashObject(domains.projectLog, statement));
}

/** Replays a project's log from its first line. An empty log is refused with BROKEN_CHAIN. Throws what `verifyNextProjectLine` throws. */
export function replayProjectLog(lines: readonly unknown[], organisation: OrganisationState, project: string): ProjectState {
  let state: ProjectState | null = null;
  for (const line of lines) state = verifyNextProjectLine(state, line, organisation, { project });
  if (state === null) throw refusal('BROKEN_CHAIN', { seq: 0 });
  return state;
}

/**
 * Checks the next line against what the log adds up to so far (null: the genesis), and returns what it adds up to then. Roles
 * count as they were in the organisation's log that the line names, and as they were ever since up to `organisationSeen`: the
 * length that was known when the line was not there yet. Whoever takes a new line in gives the whole length, or a member could
 * still write what they might have written before they were revoked.
 * Throws MALFORMED_STATEMENT, BROKEN_CHAIN {seq}, WRONG_ORGANISATION, WRONG_PROJECT, BAD_SIGNATURE, WRONG_ACCOUNT, WRONG_ROOT,
 * ORGANISATION_LOG_AHEAD (fetch the organisation's log, then look again), LOG_FORK, NOT_LEAD, UNKNOWN_MEMBER, REVOKED_MEMBER,
 * ROSTER_INVALID, LEAD_MISSING, HANDOVER_TO_SELF, EPOCH_INVALID, WRAP_MISSING, RECOVERY_WRAP_MISSING.
 */
export function verifyNextProjectLine(
  state: ProjectState | null,
  value: unknown,
  organisation: OrganisationState,
  { project, organisationSeen = 0 }: { project: string; organisationSeen?: number },
): ProjectState {
  const signed = parseProjectLine(value);
  const { statement } = signed;
  if (statement.organisation !== organisation.organisation.statement.organisation) throw refusal('WRONG_ORGANISATION');
  if (statement.project !== project) throw refusal('WRONG_PROJECT');
  if (statement.seq !== (state?.length ?? 0) || statement.prev !== (state?.head ?? null) || (state === null) !== (statement.change.type === 'genesis')) {
    throw refusal('BROKEN_CHAIN', { seq: statement.seq });
  }
  requireKnownOrganisation(state, statement, organisation);
  const rolesOf: RolesOf = (account) => rolesDuring(organisation, account, statement.organisationLog.length, organisationSeen);
  requireAuthority(state, signed, organisation, rolesOf);
  const { came, left } = verifyRoster(state, statement, rolesOf);
  verifyEpoch(state, statement, came);

  const { change, epoch, wraps } = statement;
  const earlier = state?.epochs ?? [];
  const stays = change.type === 'roster';
  const known = stays ? (earlier.at(-1)?.wraps ?? {}) : {};
  const [from, to] = change.type === 'handover' ? [change.from, change.to] : [null, null];
  const head = hashOfProjectLine(statement);
  const entry: ProjectChange = { seq: statement.seq, at: statement.at, actor: statement.actor, type: change.type, came, left, from, to, epoch: epoch.number };
  return {
    organisation: statement.organisation,
    project,
    length: statement.seq + 1,
    head,
    heads: [...(state?.heads ?? []), head],
    organisationLength: statement.organisationLog.length,
    roster: statement.roster,
    gone: goneAfter(state, statement),
    epochs: [...(stays ? earlier.slice(0, -1) : earlier), { ...epoch, wraps: { ...known, ...wrapsByHolder(wraps) } }],
    changes: [...(state?.changes ?? []), entry],
  };
}

function goneAfter(state: ProjectState | null, { roster, change }: ProjectLogStatement): ProjectState['gone'] {
  const stays = new Set([...roster.map(({ account }) => account), ...(change.type === 'handover' ? [change.from] : [])]);
  const before = [...Object.entries(state?.gone ?? {}), ...(state?.roster ?? []).map(({ account, role }) => [account, role] as const)];
  return Object.fromEntries(before.filter(([account]) => !stays.has(account)));
}

/** The organisation's log that the line names has to be the one that is known here. */
function requireKnownOrganisation(state: ProjectState | null, { organisationLog: named, seq }: ProjectLogStatement, organisation: OrganisationState): void {
  if (named.length > organisation.length) throw refusal('ORGANISATION_LOG_AHEAD', { length: named.length });
  if (organisation.heads[named.length - 1] !== named.head) throw refusal('LOG_FORK', { seen: organisation.length });
  if (named.length < (state?.organisationLength ?? 0)) throw refusal('BROKEN_CHAIN', { seq });
}

/** Partners, leads of the roster before, and the root. A project is begun by whoever may begin one, in their own roster. */
function requireAuthority(state: ProjectState | null, signed: Signed<ProjectLogStatement>, organisation: OrganisationState, rolesOf: RolesOf): void {
  const { statement } = signed;
  const { actor } = statement;
  if (actor === statement.organisation) {
    const { rootKey } = organisation.organisation.statement;
    requireSignature(signed, { by: 'root', key: rootKey, domain: domains.projectLog, content: statement, otherKey: 'WRONG_ROOT' });
    return;
  }
  const roles = rolesOf(actor);
  const { signingKey } = (organisation.members[actor] as OrganisationState['members'][string]).identity;
  requireSignature(signed, { by: 'account', key: signingKey, domain: domains.projectLog, content: statement, otherKey: 'WRONG_ACCOUNT' });
  if (!roles.every((role) => mayChange(state, statement, role))) throw refusal('NOT_LEAD');
}

function mayChange(state: ProjectState | null, { actor, roster }: ProjectLogStatement, role: Role): boolean {
  if (role === 'researcher') return false;
  if (state === null) return roster.some(({ account }) => account === actor);
  return role === 'partner' || state.roster.some((entry) => entry.account === actor && entry.role === 'lead');
}
