import { newId } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import type { AccountKeys } from '../account/account.ts';
import { randomBytes, toBase64url } from '../crypto/bytes.ts';
import { ready } from '../crypto/sodium.ts';
import { makeLogEntry } from '../log/entry.ts';
import { replayOrganisationLog, verifyNextEntry } from '../log/replay.ts';
import type { OrganisationState } from '../log/state.ts';
import { openFirmKit } from '../organisation/kit.ts';
import { makeRoot, type OrganisationRoot } from '../organisation/root.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type OrganisationLogStatement, type ProjectLogStatement, type ProjectRole, type RosterEntry, type Signed } from '../statements/statements.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { contextOf, idOf } from '../testing/testProject.ts';
import { makeHandover, makeProjectGenesis, makeRosterChange, makeRotation } from './line.ts';
import { hashOfProjectLine, replayProjectLog, verifyNextProjectLine } from './replay.ts';
import { currentEpoch, type ProjectState } from './state.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let lead: TestPerson;
let colleague: TestPerson;
let researcher: TestPerson;
let outsider: TestPerson;
let organisation: OrganisationState;
let root: OrganisationRoot;
const project = newId('project');

type Line = Signed<ProjectLogStatement>;
let genesis: Line;
let state: ProjectState;

// Nothing below changes what is made here: lines are held against it, and thrown away.
beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  lead = await firm.join('Cy', 'consultant');
  colleague = await firm.join('Di', 'consultant');
  researcher = await firm.join('Ed', 'researcher');
  outsider = await firm.join('Flo', 'consultant');
  organisation = replayOrganisationLog(await firm.server.organisationLog(-1), { root: firm.partner.account.secrets.root });
  root = await openFirmKit((firm.kit.firmWords ?? []).join(' '), organisation.root);
  genesis = makeProjectGenesis(by(lead), project, roster([lead, 'lead'], [colleague], [researcher]));
  state = replayProjectLog([genesis], organisation, project);
});

const by = (who: TestPerson | OrganisationRoot, known = organisation) => contextOf(firm, who, known);
const roster = (...people: [TestPerson, ProjectRole?][]): RosterEntry[] =>
  people.map(([person, role = 'member']) => ({ account: idOf(person), role })).sort((one, other) => (one.account < other.account ? -1 : 1));
const next = (line: unknown, { known = organisation, after = state, organisationSeen = 0 }: { known?: OrganisationState; after?: ProjectState | null; organisationSeen?: number } = {}) =>
  verifyNextProjectLine(after, line, known, { project, organisationSeen });
const refused = (line: unknown, code: string, options: Parameters<typeof next>[1] = {}): void =>
  expect(() => next(line, options)).toThrow(expect.objectContaining({ code }));
/** A line with something else in it, signed again by somebody. */
const forge = ({ statement }: Line, change: Partial<ProjectLogStatement>, signer: TestPerson = lead): Line => signedBy({ ...statement, ...change }, signer.account.keys);
const signedBy = (statement: ProjectLogStatement, { signing }: AccountKeys): Line => ({ statement, signatures: [makeSignature('account', signing, domains.projectLog, statement)] });
/** The organisation's log with one more line of the partner's. */
const later = (entry: OrganisationLogStatement['entry'], known = organisation): OrganisationState =>
  verifyNextEntry(known, makeLogEntry(known, { account: idOf(firm.partner), organisation: state.organisation, keys: firm.partner.account.keys }, entry, firm.clock.now()));
const revoked = (person: TestPerson): OrganisationState => later({ type: 'revoke', account: idOf(person), reason: 'left' });

describe('a project’s log', () => {
  test('adds up to who reads the project, under which epoch, and how it came about', () => {
    const second = next(makeRosterChange(by(lead), state, [...state.roster, { account: idOf(outsider), role: 'member' }]));
    const third = next(makeHandover(by(lead), second, { from: idOf(lead), to: idOf(colleague) }), { after: second });
    expect(third).toMatchObject({ organisation: state.organisation, project, length: 3, roster: roster([colleague, 'lead'], [researcher], [outsider]) });
    expect(third.epochs.map(({ number }) => number)).toEqual([1, 2]);
    expect(third.heads).toEqual([state.head, second.head, third.head]);
    expect(third.changes.map(({ type, came, left, epoch }) => [type, came.length, left.length, epoch])).toEqual([['genesis', 3, 0, 1], ['roster', 1, 0, 1], ['handover', 0, 1, 2]]);
    expect(third.changes[2]).toMatchObject({ actor: idOf(lead), from: idOf(lead), to: idOf(colleague) });
  });

  test('survives being kept as JSON', () => {
    expect(next(makeRotation(by(lead), state), { after: JSON.parse(JSON.stringify(state)) as ProjectState }).length).toBe(2);
  });

  test('without a genesis, or with two, is no log', () => {
    expect(() => replayProjectLog([], organisation, project)).toThrow('BROKEN_CHAIN');
    refused(makeRotation(by(lead), state), 'BROKEN_CHAIN', { after: null });
    refused(genesis, 'BROKEN_CHAIN');
    refused(forge(genesis, { seq: 1, prev: state.head }), 'BROKEN_CHAIN');
  });

  test('with a line left out, swapped or changed is refused', () => {
    const second = makeRotation(by(lead), state);
    const third = makeRotation(by(lead), next(second));
    expect(() => replayProjectLog([genesis, third], organisation, project)).toThrow('BROKEN_CHAIN');
    expect(() => replayProjectLog([genesis, third, second], organisation, project)).toThrow('BROKEN_CHAIN');
    refused({ ...second, statement: { ...second.statement, roster: roster([lead, 'lead']) } }, 'BAD_SIGNATURE');
    const otherGenesis = makeProjectGenesis(by(lead), project, roster([lead, 'lead']));
    expect(() => replayProjectLog([otherGenesis, second], organisation, project)).toThrow('BROKEN_CHAIN');
  });

  test('of two rotations at once takes the first; the other no longer follows it', () => {
    const [mine, theirs] = [makeRotation(by(lead), state), makeRotation(by(firm.partner), { ...state, ...withReader(firm.partner) })];
    refused(theirs, 'BROKEN_CHAIN', { after: next(mine) });
  });

  test.each(['junk', null, {}, { statement: {}, signatures: [] }])('refuses %j for a line', (junk) => refused(junk, 'MALFORMED_STATEMENT'));

  test('of another project or firm is refused', async () => {
    refused(makeProjectGenesis(by(lead), newId('project'), state.roster), 'WRONG_PROJECT', { after: null });
    refused(forge(genesis, { organisation: newId('organisation') }), 'WRONG_ORGANISATION', { after: null });
  });

  test('that names an organisation log which is not known yet, another one, or an older one than before, is refused', () => {
    const ahead = later({ type: 'role', account: idOf(researcher), role: 'researcher' });
    const line = makeRotation(by(lead, ahead), state);
    refused(line, 'ORGANISATION_LOG_AHEAD');
    const sameLength = later({ type: 'role', account: idOf(researcher), role: 'consultant' });
    refused(line, 'LOG_FORK', { known: sameLength });
    refused(makeRotation(by(lead), next(line, { known: ahead })), 'BROKEN_CHAIN', { known: ahead, after: next(line, { known: ahead }) });
  });

  test('has the hash of its newest line for a head', () => {
    expect(state.head).toBe(hashOfProjectLine(genesis.statement));
  });
});

/** As if a person had been given the newest epoch: enough to make a line, not to have it taken. */
function withReader(person: TestPerson): Pick<ProjectState, 'epochs'> {
  const granted = next(makeRosterChange(by(lead), state, [...state.roster, { account: idOf(person), role: 'member' }]));
  return { epochs: granted.epochs };
}

describe('who may change it', () => {
  test('leads, partners who read it, and the keeper of the recovery kit', () => {
    expect(next(makeRotation(by(lead), state)).length).toBe(2);
    expect(next(makeRotation(by(root), state)).changes[1]?.actor).toBe(state.organisation);
    const granted = next(makeRosterChange(by(lead), state, [...state.roster, { account: idOf(firm.partner), role: 'member' }]));
    expect(next(makeRotation(by(firm.partner), granted), { after: granted }).length).toBe(3);
  });

  test('no member who does not lead it, and no colleague outside it', () => {
    refused(makeRotation(by(colleague), state), 'NOT_LEAD');
    refused(makeRotation(by(outsider), { ...state, ...withReader(outsider) }), 'NOT_LEAD');
  });

  test('nobody who was put out of it', () => {
    const without = next(makeRosterChange(by(lead), state, roster([colleague, 'lead'], [researcher])));
    refused(forge(makeRotation(by(colleague), without), { actor: idOf(lead) }, lead), 'NOT_LEAD', { after: without });
  });

  test('nobody who signs in the name of a lead', () => {
    refused(forge(makeRotation(by(lead), state), {}, colleague), 'WRONG_ACCOUNT');
    const { statement } = makeRotation(by(lead), state);
    const [signature] = signedBy({ ...statement, at: '2026-05-05T00:00:00.000Z' }, lead.account.keys).signatures;
    refused({ statement, signatures: [signature] }, 'BAD_SIGNATURE');
  });

  test('no stranger, no candidate, and not the kit of another firm', () => {
    refused(forge(makeRotation(by(lead), state), { actor: newId('account') }), 'UNKNOWN_MEMBER');
    const stranger = makeRoot();
    const { statement } = makeRotation(by(root), state);
    refused({ statement, signatures: [makeSignature('root', stranger.signing, domains.projectLog, statement)] }, 'WRONG_ROOT');
    expect(() => makeRotation(by(stranger), state)).toThrow('EPOCH_WRAP_UNREADABLE');
  });

  test('to begin a project: no researcher, and nobody for others', () => {
    refused(makeProjectGenesis(by(researcher), project, roster([lead, 'lead'], [researcher])), 'NOT_LEAD', { after: null });
    refused(makeProjectGenesis(by(outsider), project, roster([lead, 'lead'])), 'NOT_LEAD', { after: null });
  });

  test('no lead who has become a researcher', () => {
    const demoted = later({ type: 'role', account: idOf(lead), role: 'researcher' });
    refused(forge(makeRotation(by(lead, demoted), state), { roster: roster([lead], [colleague, 'lead'], [researcher]) }), 'NOT_LEAD', { known: demoted });
  });

  test('no lead who was revoked; what they did before stands', () => {
    const known = revoked(lead);
    const rotation = makeRotation(by(lead), state);
    refused(forge(rotation, { organisationLog: { length: known.length, head: known.head } }), 'REVOKED_MEMBER', { known });
    expect(replayProjectLog([genesis, rotation], known, project).length).toBe(2);
    refused(rotation, 'REVOKED_MEMBER', { known, organisationSeen: known.length });
  });

  test('nobody by a role that they had and lost again before the line came', () => {
    const down = later({ type: 'role', account: idOf(lead), role: 'researcher' });
    const upAgain = later({ type: 'role', account: idOf(lead), role: 'consultant' }, down);
    refused(makeRotation(by(lead), state), 'NOT_LEAD', { known: upAgain, organisationSeen: upAgain.length });
    expect(next(makeRotation(by(lead, upAgain), state), { known: upAgain, organisationSeen: upAgain.length }).length).toBe(2);
  });
});

describe('a roster', () => {
  const rotated = (entries: RosterEntry[]): Line => forge(makeRotation(by(lead), state), { roster: entries });

  test('names everybody once, and in order', () => {
    const entries = roster([lead, 'lead'], [colleague]);
    refused(rotated([...entries].reverse()), 'ROSTER_INVALID');
    refused(rotated([entries[0] as RosterEntry, ...entries]), 'ROSTER_INVALID');
  });

  test('is of members as they are: no strangers, no candidates, nobody who has left', () => {
    refused(rotated([...roster([lead, 'lead']), { account: `acc_${'f'.repeat(12)}7fff8${'f'.repeat(15)}`, role: 'member' }]), 'UNKNOWN_MEMBER');
    const known = revoked(researcher);
    refused(makeRotation({ ...by(lead, known), organisation: { ...known, members: organisation.members } }, state), 'REVOKED_MEMBER', { known });
    expect(() => makeRotation(by(lead, known), state)).toThrow('REVOKED_MEMBER');
  });

  test('has a lead, who is no researcher', () => {
    refused(rotated(roster([lead], [colleague])), 'LEAD_MISSING');
    refused(rotated(roster([lead, 'lead'], [researcher, 'lead'])), 'ROSTER_INVALID');
  });

  test('never loses somebody without a new epoch', () => {
    const addition = makeRosterChange(by(lead), state, [...state.roster, { account: idOf(outsider), role: 'member' }]) as Line;
    refused(forge(addition, { roster: roster([lead, 'lead'], [colleague], [outsider]) }), 'ROSTER_INVALID');
  });

  test('that stays as it is makes no line', () => {
    expect(makeRosterChange(by(lead), state, state.roster)).toBeNull();
  });
});

describe('a handover', () => {
  const handover = (): Line => makeHandover(by(lead), state, { from: idOf(lead), to: idOf(outsider) });

  test('puts the successor in the place of the predecessor', () => {
    expect(next(handover()).roster).toEqual(roster([outsider, 'lead'], [colleague], [researcher]));
  });

  test('to oneself is refused', () => {
    expect(() => makeHandover(by(lead), state, { from: idOf(lead), to: idOf(lead) })).toThrow('HANDOVER_TO_SELF');
    refused(forge(handover(), { change: { type: 'handover', from: idOf(lead), to: idOf(lead) } }), 'HANDOVER_TO_SELF');
  });

  test('to somebody revoked is refused', () => {
    const known = revoked(outsider);
    expect(() => makeHandover(by(lead, known), state, { from: idOf(lead), to: idOf(outsider) })).toThrow('REVOKED_MEMBER');
    refused(handover(), 'REVOKED_MEMBER', { known, organisationSeen: known.length });
  });

  test('of somebody who is not there, who stays, or to somebody who does not come, is refused', () => {
    expect(() => makeHandover(by(lead), state, { from: idOf(outsider), to: idOf(colleague) })).toThrow('ROSTER_INVALID');
    refused(forge(handover(), { change: { type: 'handover', from: idOf(colleague), to: idOf(outsider) } }), 'ROSTER_INVALID');
    refused(forge(handover(), { change: { type: 'handover', from: idOf(lead), to: idOf(firm.partner) } }), 'ROSTER_INVALID');
  });

  test('gives on the place of somebody who was taken off, once, and not while they are back', () => {
    const known = revoked(lead);
    const without = next(makeRosterChange(by(root, known), state, roster([outsider, 'lead'], [colleague], [researcher])) as Line, { known, organisationSeen: known.length });
    expect(without.gone).toEqual({ [idOf(lead)]: 'lead' });
    const to = idOf(colleague);
    const line = makeHandover(by(outsider, known), without, { from: idOf(lead), to });
    const after = next(line, { known, organisationSeen: known.length, after: without });
    expect([after.roster, after.gone, after.changes.at(-1)]).toEqual([roster([outsider, 'lead'], [colleague, 'lead'], [researcher]), {}, expect.objectContaining({ type: 'handover', from: idOf(lead), to, came: [], left: [], epoch: 3 })]);
    expect(() => makeHandover(by(outsider, known), after, { from: idOf(lead), to })).toThrow('ROSTER_INVALID');
  });

  test('lets nobody else come or go', () => {
    refused(forge(handover(), { roster: roster([outsider, 'lead'], [colleague]) }), 'ROSTER_INVALID');
    refused(forge(handover(), { roster: roster([outsider, 'lead'], [colleague], [researcher], [firm.partner]) }), 'ROSTER_INVALID');
  });

  test('is done with the recovery kit alone when the predecessor is gone', () => {
    const known = revoked(lead);
    const line = makeHandover(by(root, known), state, { from: idOf(lead), to: idOf(outsider) });
    expect(next(line, { known, organisationSeen: known.length }).roster).toEqual(roster([outsider, 'lead'], [colleague], [researcher]));
    expect(() => makeHandover(by(firm.partner, known), state, { from: idOf(lead), to: idOf(outsider) })).toThrow('EPOCH_CLOSED');
  });
});

describe('an epoch', () => {
  const rotation = (change: Partial<ProjectLogStatement>): Line => forge(makeRotation(by(lead), state), change);

  test('follows the one before, with keys of its own', () => {
    const { epoch } = makeRotation(by(lead), state).statement;
    const first = genesis.statement.epoch;
    refused(rotation({ epoch: { ...epoch, number: 3 } }), 'EPOCH_INVALID');
    refused(rotation({ epoch: { ...epoch, number: 1 } }), 'EPOCH_INVALID');
    refused(rotation({ epoch: { ...epoch, commitment: first.commitment } }), 'EPOCH_INVALID');
    refused(rotation({ epoch: { ...epoch, depositKey: first.depositKey } }), 'EPOCH_INVALID');
    refused(rotation({ epoch: { ...epoch, backLink: null } }), 'EPOCH_INVALID');
    refused(forge(genesis, { epoch: { ...first, backLink: epoch.backLink } }), 'EPOCH_INVALID', { after: null });
  });

  test('has a key that something can be sealed to', () => {
    const { epoch } = makeRotation(by(lead), state).statement;
    refused(rotation({ epoch: { ...epoch, depositKey: toBase64url(new Uint8Array(32)) } }), 'EPOCH_INVALID');
  });

  test('is given to everybody in the roster and to recovery, once each and to nobody else', () => {
    const { wraps } = makeRotation(by(lead), state).statement;
    const recovery = wraps.find((wrap) => wrap.for === state.organisation) as (typeof wraps)[number];
    refused(rotation({ wraps: wraps.filter((wrap) => wrap.for !== idOf(colleague)) }), 'WRAP_MISSING');
    refused(rotation({ wraps: wraps.filter((wrap) => wrap !== recovery) }), 'RECOVERY_WRAP_MISSING');
    refused(rotation({ wraps: [...wraps, recovery] }), 'EPOCH_INVALID');
    refused(rotation({ wraps: [...wraps, { ...recovery, for: idOf(outsider) }] }), 'EPOCH_INVALID');
  });

  test('stays the same where somebody only comes, who is given it', () => {
    const addition = makeRosterChange(by(lead), state, [...state.roster, { account: idOf(outsider), role: 'member' }]) as Line;
    expect(currentEpoch(next(addition))).toMatchObject(genesis.statement.epoch);
    expect(Object.keys(currentEpoch(next(addition)).wraps)).toHaveLength(5);
    refused(forge(addition, { wraps: [] }), 'WRAP_MISSING');
    refused(forge(addition, { epoch: makeRotation(by(lead), state).statement.epoch }), 'EPOCH_INVALID');
    refused(forge(addition, { epoch: { ...genesis.statement.epoch, depositKey: toBase64url(randomBytes(32)) } }), 'EPOCH_INVALID');
  });
});
