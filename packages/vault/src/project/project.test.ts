import { newId } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { openDeposit, verifyDeposit } from '../deposits/open.ts';
import { sealDeposit } from '../deposits/seal.ts';
import { replayOrganisationLog, verifyNextEntry } from '../log/replay.ts';
import { memberOf, type OrganisationState } from '../log/state.ts';
import { openFirmKit, type OrganisationRoot } from '../organisation/root.ts';
import { makeLogEntry } from '../log/entry.ts';
import { makeTestSession } from '../testing/testSession.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import type { ProjectLogStatement, Signed } from '../statements/statements.ts';
import { makeHandover, makeProjectGenesis, makeRosterChange, makeRotation, type ProjectActor } from './line.ts';
import { openEpochs } from './openEpochs.ts';
import { replayProjectLog, verifyNextProjectLine } from './replay.ts';
import { currentEpoch, type ProjectState } from './state.ts';

vi.setConfig({ testTimeout: 30_000, hookTimeout: 30_000 });

let firm: TestFirm;
let lead: TestPerson;
let successor: TestPerson;
let researcher: TestPerson;
let organisation: OrganisationState;
let root: OrganisationRoot;
const project = newId('project');

beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  lead = await firm.join('Cy', 'consultant');
  successor = await firm.join('Di', 'consultant');
  researcher = await firm.join('Ed', 'researcher');
  organisation = replayOrganisationLog(await firm.server.organisationLog(-1), { root: firm.partner.account.secrets.root });
  root = openFirmKit((firm.kit.firmWords ?? []).join(' '), organisation.root);
});

const idOf = (person: TestPerson): string => person.account.secrets.account;
const by = (actor: TestPerson | OrganisationRoot, known = organisation): { organisation: OrganisationState; actor: ProjectActor; now: number } => ({
  organisation: known,
  actor: 'account' in actor ? { account: idOf(actor), keys: actor.account.keys } : { root: actor },
  now: firm.clock.now(),
});
const holder = (person: TestPerson) => ({ id: idOf(person), box: person.account.keys.box });
const began = (): ProjectState => replayProjectLog([makeProjectGenesis(by(lead), project, [{ account: idOf(lead), role: 'lead' }, { account: idOf(researcher), role: 'member' }])], organisation, project);
const then = (state: ProjectState, line: Signed<ProjectLogStatement> | null, known = organisation): ProjectState => verifyNextProjectLine(state, line, known, { project });

describe('a project’s log', () => {
  test('a newcomer opens everything from the start, and the one who left nothing that comes after', () => {
    const first = began();
    const second = then(first, makeRotation(by(lead), first));
    const third = then(second, makeRosterChange(by(lead), second, [...second.roster, { account: idOf(firm.partner), role: 'member' }]));
    expect(openEpochs(third, holder(firm.partner)).keys.map(({ number }) => number)).toEqual([1, 2]);
    const fourth = then(third, makeRosterChange(by(lead), third, third.roster.filter(({ account }) => account !== idOf(researcher))));
    expect(currentEpoch(fourth).number).toBe(3);
    expect(openEpochs(fourth, holder(researcher)).keys.map(({ number }) => number)).toEqual([1, 2]);
    expect(() => openEpochs(fourth, holder(successor))).toThrow('EPOCH_CLOSED');
    expect(fourth.changes.map(({ type, came, left }) => [type, came.length, left.length])).toEqual([['genesis', 2, 0], ['rotate', 0, 0], ['roster', 1, 0], ['rotate', 0, 1]]);
  });

  test('is handed over by the keeper of the recovery kit alone, after the predecessor was let go', () => {
    const first = began();
    const revoked = verifyNextEntry(organisation, makeLogEntry(organisation, { account: idOf(firm.partner), organisation: first.organisation, keys: firm.partner.account.keys }, { type: 'revoke', account: idOf(lead), reason: 'gone' }, firm.clock.now()));
    expect(() => makeHandover(by(firm.partner, revoked), first, { from: idOf(lead), to: idOf(successor) })).toThrow('EPOCH_CLOSED');
    const second = then(first, makeHandover(by(root, revoked), first, { from: idOf(lead), to: idOf(successor) }), revoked);
    expect(second.roster).toEqual([{ account: idOf(successor), role: 'lead' }, { account: idOf(researcher), role: 'member' }].sort((a, b) => (a.account < b.account ? -1 : 1)));
    expect(openEpochs(second, holder(successor)).keys.map(({ number }) => number)).toEqual([1, 2]);
    // What was signed while the predecessor was a member stays valid for whoever reads the log later.
    expect(() => replayProjectLog([], revoked, project)).toThrow('BROKEN_CHAIN');
  });

  test('a deposit opens for the roster, and names who wrote only where they deposited their own', async () => {
    const state = began();
    const session = makeTestSession('!room:baton.test', 'one');
    const place = { organisation: state.organisation, project, epoch: currentEpoch(state) };
    const [epoch] = openEpochs(state, holder(researcher)).keys;
    const depositor = memberOf(organisation, idOf(lead));
    for (const own of [true, false]) {
      const opened = openDeposit(sealDeposit({ account: idOf(lead), keys: lead.account.keys }, place, { ...session, own }), epoch!);
      const verified = verifyDeposit(opened, { depositor, organisation: state.organisation, epoch: epoch!, room: session.room, session: session.session });
      expect(verified).toEqual({ exported: session.exported, writer: own ? lead.account.viewer.mxid : null, firstIndex: 0 });
    }
  });
});
