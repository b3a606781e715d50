import { newId } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { makeLogEntry } from '../log/entry.ts';
import { replayOrganisationLog, verifyNextEntry } from '../log/replay.ts';
import type { OrganisationState } from '../log/state.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { contextOf, idOf } from '../testing/testProject.ts';
import { makeHandover, makeProjectGenesis, makeRosterChange, makeRotation } from './line.ts';
import { makeHandoverPlan, renewHandoverPlan, verifyHandoverPlan } from './plan.ts';
import { replayProjectLog, verifyNextProjectLine } from './replay.ts';
import type { ProjectState } from './state.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let lead: TestPerson;
let member: TestPerson;
let newcomer: TestPerson;
/** The firm's log before and after the newcomer came. */
let before: OrganisationState;
let after: OrganisationState;
let state: ProjectState;
const project = newId('project');

beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  lead = await firm.join('Cy', 'consultant');
  member = await firm.join('Di', 'consultant');
  const log = async () => replayOrganisationLog(await firm.server.organisationLog(-1), { root: firm.partner.account.secrets.root });
  before = await log();
  newcomer = await firm.join('Flo', 'consultant');
  after = await log();
  const roster = [{ account: idOf(lead), role: 'lead' as const }, { account: idOf(member), role: 'member' as const }].sort((a, b) => (a.account < b.account ? -1 : 1));
  state = replayProjectLog([makeProjectGenesis(contextOf(firm, lead, before), project, roster)], before, project);
});

const invitation = () => newcomer.account.secrets.invitation as string;
const plan = (by: TestPerson = lead, change: Partial<{ from: string; to: string }> = {}, known = state) =>
  makeHandoverPlan({ account: idOf(by), keys: by.account.keys, now: 0 }, known, { from: idOf(lead), to: invitation(), ...change });
const verify = (value: unknown, organisation = after, known = state) => verifyHandoverPlan(value, known, organisation);
const refused = (value: () => unknown, code: string): void => expect(value).toThrow(expect.objectContaining({ code }));
const revoked = (who: TestPerson): OrganisationState => {
  const { secrets, keys } = firm.partner.account;
  return verifyNextEntry(after, makeLogEntry(after, { account: secrets.account, organisation: secrets.organisation, keys }, { type: 'revoke', account: idOf(who), reason: '' }, 1), { root: secrets.root });
};

test('knows the successor from the invitation they came by, and nobody before', () => {
  expect(verify(plan(), before)).toEqual({ from: idOf(lead), to: null });
  expect(verify(plan())).toEqual({ from: idOf(lead), to: idOf(newcomer) });
  expect(verify(plan(lead, { to: idOf(newcomer) }))).toEqual({ from: idOf(lead), to: idOf(newcomer) });
});

test('a partner who is not on the project may plan it', () => {
  expect(verify(plan(firm.partner))).toMatchObject({ to: idOf(newcomer) });
});

test('who may not hand the project over plans nothing', () => {
  refused(() => verify(plan(member)), 'NOT_LEAD');
  refused(() => verify(plan(newcomer), before), 'UNKNOWN_MEMBER');
});

test('what a server changes or makes up does not hold', () => {
  const { statement, signatures } = plan();
  refused(() => verify({ statement: { ...statement, to: idOf(member) }, signatures }), 'BAD_SIGNATURE');
  refused(() => verify({ statement: { ...statement, actor: idOf(member) }, signatures }), 'WRONG_ACCOUNT');
  refused(() => verify({ statement: { ...statement, project: newId('project') }, signatures }), 'WRONG_PROJECT');
  refused(() => verify({ statement, signatures, note: 'x' }), 'MALFORMED_STATEMENT');
});

test('is void when whoever signed it has left the firm, or the successor', () => {
  refused(() => verify(plan(), revoked(lead)), 'REVOKED_MEMBER');
  refused(() => verify(plan(firm.partner), revoked(newcomer)), 'REVOKED_MEMBER');
});

describe('when the predecessor’s account has ended', () => {
  let gone: OrganisationState;
  let left: ProjectState;
  /** The project's team without them, as a colleague's client leaves it. */
  const without = (known: OrganisationState): ProjectState => {
    const line = makeRosterChange(contextOf(firm, member, known), state, [{ account: idOf(member), role: 'lead' }]);
    return verifyNextProjectLine(state, line, known, { project });
  };
  beforeAll(() => {
    // The member leads by then: who may take out whom is not the plan's business.
    const roster = state.roster.map(({ account }) => ({ account, role: 'lead' as const }));
    state = verifyNextProjectLine(state, makeRosterChange(contextOf(firm, lead, after), state, roster), after, { project });
    gone = revoked(lead);
    left = without(gone);
  });

  test('what somebody else signed waits on, and gives the successor the place that was theirs', () => {
    const made = plan(firm.partner);
    expect(verify(made, gone)).toEqual({ from: idOf(lead), to: idOf(newcomer) });
    const { from, to } = verify(made, gone, left);
    const line = makeHandover(contextOf(firm, member, gone), left, { from, to: to as string });
    const there = verifyNextProjectLine(left, line, gone, { project, organisationSeen: gone.length });
    expect(there.roster.find(({ account }) => account === idOf(newcomer))?.role).toBe('lead');
    refused(() => verify(made, gone, there), 'PLAN_OUTDATED');
  });

  test('what they signed themselves is void, until somebody who may signs it anew', () => {
    refused(() => verify(plan(), gone, left), 'REVOKED_MEMBER');
    const renewed = renewHandoverPlan({ account: idOf(member), keys: member.account.keys, now: 1 }, plan(), left, gone);
    expect(renewed.statement).toMatchObject({ actor: idOf(member), from: idOf(lead), to: invitation(), projectLog: { length: left.length } });
    expect(verify(renewed, gone, left)).toEqual({ from: idOf(lead), to: idOf(newcomer) });
  });

  test('only what was signed is signed anew, and nothing that was overtaken', () => {
    const renew = (value: unknown, known = left) => renewHandoverPlan({ account: idOf(member), keys: member.account.keys, now: 1 }, value, known, gone);
    const { statement, signatures } = plan();
    refused(() => renew({ statement: { ...statement, to: idOf(member) }, signatures }), 'BAD_SIGNATURE');
    const there = verifyNextProjectLine(left, makeHandover(contextOf(firm, member, gone), left, { from: idOf(lead), to: idOf(newcomer) }), gone, { project, organisationSeen: gone.length });
    refused(() => renew(plan(), there), 'PLAN_OUTDATED');
  });

  test('taken off the team while still in the firm is another matter: it is void', () => {
    refused(() => verify(plan(firm.partner), after, without(after)), 'PLAN_OUTDATED');
  });
});

test('does not outlive a handover, nor the predecessor’s place on the team', () => {
  const made = plan();
  const there = verifyNextProjectLine(state, makeHandover(contextOf(firm, lead, after), state, { from: idOf(lead), to: idOf(newcomer) }), after, { project });
  const back = verifyNextProjectLine(there, makeHandover(contextOf(firm, newcomer, after), there, { from: idOf(newcomer), to: idOf(lead) }), after, { project });
  refused(() => verify(plan(firm.partner), after, there), 'PLAN_OUTDATED');
  refused(() => verify(made, after, back), 'PLAN_OUTDATED');
  expect(verify(plan(lead, {}, back), after, back)).toMatchObject({ to: idOf(newcomer) });
});

test('goes on holding after changes that are none of its business', () => {
  const later = verifyNextProjectLine(state, makeRotation(contextOf(firm, lead, after), state), after, { project });
  expect(verify(plan(), after, later)).toMatchObject({ to: idOf(newcomer) });
});

test('names the log that it was made for', () => {
  refused(() => verify(plan(lead, {}, { ...state, head: 'A'.repeat(43) })), 'LOG_FORK');
});

test('to oneself, or from somebody who is not on the team, is none', () => {
  refused(() => plan(lead, { to: idOf(lead) }), 'HANDOVER_TO_SELF');
  refused(() => plan(lead, { from: idOf(newcomer) }), 'ROSTER_INVALID');
});
