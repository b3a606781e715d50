import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice } from '../device/memoryDevice.ts';
import { openFirmKit } from '../index.ts';
import { makeLogEntry } from '../log/entry.ts';
import type { OrganisationState } from '../log/state.ts';
import type { OrganisationLogStatement, ProjectRole, RosterEntry } from '../statements/statements.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { contextOf, depositable, idOf, makeTestProject, type TestProject, type VaultClient } from '../testing/testProject.ts';
import { awaitsDepartures, departedFrom, makeDepartures } from './departures.ts';
import { makeHandover, makeRosterChange } from './line.ts';
import { openNewestEpoch } from './openEpochs.ts';
import { currentEpoch, type ProjectState } from './state.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let lead: TestPerson;
let colleague: TestPerson;
let leaver: TestPerson;
let candidate: TestPerson;
let project: TestProject;
beforeAll(ready);
// The firm's log grows with every test.
beforeEach(async () => {
  firm = await makeTestFirm();
  [lead, colleague, leaver] = [await firm.join('Cy', 'consultant'), await firm.join('Di', 'consultant'), await firm.join('Ed', 'consultant')];
  candidate = await firm.come(firm.link(lead).link);
  project = await makeTestProject(firm, [lead, colleague, leaver]);
});

const fresh = async (person: TestPerson): Promise<VaultClient> => {
  const client = await project.client(person, { device: await makeMemoryDevice().open() });
  await client.log.refresh();
  return client;
};
const say = async (entry: OrganisationLogStatement['entry']): Promise<void> => {
  const { secrets, keys } = firm.partner.account;
  await firm.partner.log?.append((state) => makeLogEntry(state, { account: secrets.account, organisation: secrets.organisation, keys }, entry, firm.clock.now()));
};
const letGo = (person: TestPerson): Promise<void> => say({ type: 'revoke', account: idOf(person), reason: 'left' });
const makeResearcher = (person: TestPerson): Promise<void> => say({ type: 'role', account: idOf(person), role: 'researcher' });
const tidy = async (person: TestPerson): Promise<ProjectState> => {
  const client = await fresh(person);
  return (await client.log.append((state, known) => makeDepartures(client.context(known), state as ProjectState))) as ProjectState;
};
const roster = (...people: [TestPerson, ProjectRole][]): RosterEntry[] =>
  people.map(([person, role]) => ({ account: idOf(person), role })).sort((one, other) => (one.account < other.account ? -1 : 1));
const setTeam = async (...team: [TestPerson, ProjectRole][]): Promise<void> => {
  const client = await fresh(lead);
  await client.log.append((state, known) => makeRosterChange(client.context(known), state as ProjectState, roster(...team)));
};

describe('somebody whom the firm let go', () => {
  test('is taken out by a lead’s client, under an epoch that they can’t open; everybody else reads all', async () => {
    await (await fresh(leaver)).depositor.deposit(depositable('before'));
    await letGo(leaver);
    const state = await tidy(lead);
    expect([state.roster, currentEpoch(state).number]).toEqual([roster([lead, 'lead'], [colleague, 'member']), 2]);

    await (await fresh(candidate)).depositor.deposit(depositable('after'));
    const kept = await fresh(leaver);
    expect(() => openNewestEpoch(state, { id: idOf(leaver), box: leaver.account.keys.box })).toThrow(expect.objectContaining({ code: 'EPOCH_CLOSED' }));
    const theirs = await kept.read();
    expect([theirs.sessions.length, theirs.refused.map(({ code }) => code)]).toEqual([1, ['EPOCH_CLOSED']]);
    for (const person of [lead, colleague]) {
      const { sessions, refused } = await (await fresh(person)).read();
      expect([sessions.length, refused]).toEqual([2, []]);
    }
  });

  test('is taken out once, whoever sees it first', async () => {
    await setTeam([lead, 'lead'], [colleague, 'lead'], [leaver, 'member']);
    await letGo(leaver);
    const states = await Promise.all([tidy(lead), tidy(colleague)]);
    expect(states.map(({ length }) => length)).toEqual([3, 3]);
    expect((await tidy(lead)).length).toBe(3);
  });

  test('stays for a member’s client, a colleague’s who is not on the project, and where nobody has left', async () => {
    expect((await tidy(lead)).length).toBe(1);
    await letGo(leaver);
    for (const person of [colleague, firm.partner]) expect((await tidy(person)).length).toBe(1);
  });

  test('and was the only lead leaves the lead to the partners on the project', async () => {
    await setTeam([lead, 'lead'], [colleague, 'member'], [firm.partner, 'member']);
    await letGo(lead);
    expect((await tidy(colleague)).length).toBe(2);
    expect((await tidy(firm.partner)).roster).toEqual(roster([colleague, 'member'], [firm.partner, 'lead']));
  });

  test('and was the only one to lead it stays until a handover, with the recovery kit', async () => {
    await letGo(lead);
    const state = await tidy(colleague);
    const known = firm.partner.log?.current() as OrganisationState;
    expect([state.length, departedFrom(state, known), awaitsDepartures(state, known)]).toEqual([1, [idOf(lead)], false]);
    const root = await openFirmKit((firm.kit.firmWords ?? []).join(' '), known.root);
    const client = await fresh(firm.partner);
    const after = await client.log.append((found, newest) => makeHandover(contextOf(firm, root, newest), found as ProjectState, { from: idOf(lead), to: idOf(colleague) }));
    expect([after?.roster, currentEpoch(after as ProjectState).number]).toEqual([roster([colleague, 'lead'], [leaver, 'member']), 2]);
  });
});

describe('a lead who became a researcher', () => {
  test('stays on the project and leads it no more; the key stays', async () => {
    await setTeam([lead, 'lead'], [colleague, 'lead'], [leaver, 'member']);
    await makeResearcher(lead);
    expect((await tidy(lead)).length).toBe(2);
    const state = await tidy(colleague);
    expect([state.roster, currentEpoch(state).number]).toEqual([roster([lead, 'member'], [colleague, 'lead'], [leaver, 'member']), 1]);
  });
});

describe('between a revocation and the line that follows from it', () => {
  const numbers = async (): Promise<number[]> => (await project.server.as(idOf(lead)).deposits(project.project, 0)).map(({ epoch }) => epoch);

  test('nothing is sealed to the epoch that the leaver opens, by who knows; then it is, to the next', async () => {
    const client = await fresh(colleague);
    await letGo(leaver);
    await client.log.organisation.refresh();
    await client.depositor.deposit(depositable('one'));
    expect(await numbers()).toEqual([]);
    await tidy(lead);
    await client.depositor.deposit(depositable('one'));
    expect(await numbers()).toEqual([2]);
  });

  test('it is all the same where nobody is left to make another: the successor must find it', async () => {
    const client = await fresh(colleague);
    await letGo(lead);
    await client.log.organisation.refresh();
    await client.depositor.deposit(depositable('one'));
    expect(await numbers()).toEqual([1]);
  });
});
