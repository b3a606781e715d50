import type { AccountKeys } from '../account/account.ts';
import { refusal } from '../errors.ts';
import { memberOf, type OrganisationState } from '../log/state.ts';
import type { OrganisationRoot } from '../organisation/root.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type EpochWrap, type ProjectLogStatement, type RosterEntry, type Signed } from '../statements/statements.ts';
import { epochStatement, forgetEpoch, makeEpoch, sealEpoch, type EpochKeys } from './epoch.ts';
import { openNewestEpoch, type EpochHolder } from './openEpochs.ts';
import { currentEpoch, isInRoster, placeOf, type ProjectState } from './state.ts';

/** Who changes a project: a member, or the keeper of the recovery kit in the organisation's name. */
export type ProjectActor = { account: string; keys: AccountKeys } | { root: OrganisationRoot };

/** What a line is made of besides what it changes. `now` in milliseconds. */
export interface LineContext {
  organisation: OrganisationState;
  actor: ProjectActor;
  now: number;
}

/** The first line of a project: epoch 1 for its roster. */
export function makeProjectGenesis(context: LineContext, project: string, roster: readonly RosterEntry[]): Signed<ProjectLogStatement> {
  const epoch = makeEpoch(project, 1);
  const ordered = inOrder(roster);
  const line = sign(context, project, null, { change: { type: 'genesis' }, roster: ordered, epoch: epochStatement(epoch, null), wraps: wrapsForAll(context, epoch, ordered) });
  forgetEpoch(epoch);
  return line;
}

/**
 * The line that gives a project another roster: under a new epoch where somebody leaves, else newcomers are given the one that
 * is. Null when nothing would change. Throws what `openNewestEpoch` throws where the actor can't open the vault.
 */
export function makeRosterChange(context: LineContext, state: ProjectState, roster: readonly RosterEntry[]): Signed<ProjectLogStatement> | null {
  const next = inOrder(roster);
  if (JSON.stringify(next) === JSON.stringify(inOrder(state.roster))) return null;
  if (state.roster.some(({ account }) => !isInRoster({ roster: next }, account))) return makeRotation(context, state, next);
  const came = next.filter(({ account }) => !isInRoster(state, account));
  const { wraps: _, ...epoch } = currentEpoch(state);
  const keys = newestEpoch(context, state);
  return sign(context, state.project, state, { change: { type: 'roster' }, roster: next, epoch, wraps: came.map(({ account }) => wrapFor(context, keys, account)) });
}

/** A line with a new epoch for a roster, which may be the one that is. */
export function makeRotation(context: LineContext, state: ProjectState, roster: readonly RosterEntry[] = state.roster): Signed<ProjectLogStatement> {
  return underNewEpoch(context, state, { type: 'rotate' }, inOrder(roster));
}

/**
 * The line that hands a project over: the successor takes the predecessor's place in the roster, under a new epoch, or the place
 * that they had when they were taken off. Throws HANDOVER_TO_SELF, ROSTER_INVALID for a predecessor who has no place.
 */
export function makeHandover(context: LineContext, state: ProjectState, { from, to }: { from: string; to: string }): Signed<ProjectLogStatement> {
  if (from === to) throw refusal('HANDOVER_TO_SELF');
  const place = placeOf(state, from);
  if (place === null) throw refusal('ROSTER_INVALID', { account: from });
  const known = state.roster.find(({ account }) => account === to);
  const role = place === 'lead' || known?.role === 'lead' ? 'lead' : 'member';
  const stay = state.roster.filter(({ account }) => account !== from && account !== to);
  return underNewEpoch(context, state, { type: 'handover', from, to }, inOrder([...stay, { account: to, role }]));
}

function underNewEpoch(context: LineContext, state: ProjectState, change: ProjectLogStatement['change'], roster: RosterEntry[]): Signed<ProjectLogStatement> {
  const before = newestEpoch(context, state);
  const epoch = makeEpoch(state.project, before.number + 1);
  const line = sign(context, state.project, state, { change, roster, epoch: epochStatement(epoch, before), wraps: wrapsForAll(context, epoch, roster) });
  forgetEpoch(epoch);
  return line;
}

const inOrder = (roster: readonly RosterEntry[]): RosterEntry[] =>
  roster.map(({ account, role }) => ({ account, role })).sort((one, other) => (one.account < other.account ? -1 : 1));

/** The actor's own way into the newest epoch. A roster can be changed only by who can open what it is about. */
function newestEpoch({ actor, organisation }: LineContext, state: ProjectState): EpochKeys {
  const holder: EpochHolder = 'root' in actor ? { id: organisation.organisation.statement.organisation, box: actor.root.recovery } : { id: actor.account, box: actor.keys.box };
  return openNewestEpoch(state, holder);
}

/** For everybody in the roster, and for recovery. */
function wrapsForAll(context: LineContext, epoch: EpochKeys, roster: readonly RosterEntry[]): EpochWrap[] {
  const { organisation, recoveryKey } = context.organisation.organisation.statement;
  return [...roster.map(({ account }) => wrapFor(context, epoch, account)), { for: organisation, sealed: sealEpoch(epoch, organisation, recoveryKey) }];
}

/** Throws UNKNOWN_MEMBER, REVOKED_MEMBER, WRAP_MISSING: nothing is sealed to a key that no valid certificate names. */
function wrapFor({ organisation }: LineContext, epoch: EpochKeys, account: string): EpochWrap {
  return { for: account, sealed: sealEpoch(epoch, account, memberOf(organisation, account).boxKey) };
}

function sign(
  { organisation: { organisation: { statement: { organisation } }, length, head }, actor, now }: LineContext,
  project: string,
  after: { length: number; head: string } | null,
  content: Pick<ProjectLogStatement, 'change' | 'roster' | 'epoch' | 'wraps'>,
): Signed<ProjectLogStatement> {
  const statement: ProjectLogStatement = {
    v: 1, organisation, project, seq: after?.length ?? 0, prev: after?.head ?? null, organisationLog: { length, head },
    actor: 'root' in actor ? organisation : actor.account, at: new Date(now).toISOString(), ...content,
  };
  const signature = 'root' in actor
    ? makeSignature('root', actor.root.signing, domains.projectLog, statement)
    : makeSignature('account', actor.keys.signing, domains.projectLog, statement);
  return { statement, signatures: [signature] };
}
