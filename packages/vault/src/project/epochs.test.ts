import { newId } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { boxPairOf, sealTo } from '../crypto/box.ts';
import { fromBase64url, randomBytes, toBase64url, toUtf8 } from '../crypto/bytes.ts';
import { canonicalJson } from '../crypto/canonical.ts';
import { ready } from '../crypto/sodium.ts';
import { replayOrganisationLog } from '../log/replay.ts';
import { memberOf, type OrganisationState } from '../log/state.ts';
import { openFirmKit } from '../organisation/kit.ts';
import type { OrganisationRoot } from '../organisation/root.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { contextOf, idOf } from '../testing/testProject.ts';
import { commitmentOf, epochStatement, makeEpoch, openBackLink, openEpoch, sealEpoch, type EpochKeys } from './epoch.ts';
import { makeProjectGenesis, makeRosterChange, makeRotation } from './line.ts';
import { openEpochs, type EpochHolder } from './openEpochs.ts';
import { replayProjectLog, verifyNextProjectLine } from './replay.ts';
import type { ProjectEpoch, ProjectState } from './state.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let lead: TestPerson;
let member: TestPerson;
let newcomer: TestPerson;
let organisation: OrganisationState;
let root: OrganisationRoot;
const project = newId('project');

beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  [lead, member, newcomer] = [await firm.join('Cy', 'consultant'), await firm.join('Di', 'consultant'), await firm.join('Ed', 'researcher')];
  organisation = replayOrganisationLog(await firm.server.organisationLog(-1));
  root = await openFirmKit((firm.kit.firmWords ?? []).join(' '), organisation.root);
});

const holder = (person: TestPerson): EpochHolder => ({ id: idOf(person), box: person.account.keys.box });
const recovery = (): EpochHolder => ({ id: organisation.organisation.statement.organisation, box: root.recovery });
const by = (person: TestPerson) => contextOf(firm, person, organisation);
const then = (state: ProjectState, line: unknown): ProjectState => verifyNextProjectLine(state, line, organisation, { project });
const began = (): ProjectState =>
  replayProjectLog([makeProjectGenesis(by(lead), project, [{ account: idOf(lead), role: 'lead' }, { account: idOf(member), role: 'member' }])], organisation, project);
/** Three epochs, and `member` is there in all of them. */
const rotatedTwice = (): ProjectState => {
  const first = began();
  const two = then(first, makeRotation(by(lead), first));
  return then(two, makeRotation(by(lead), two));
};
const numbers = (state: ProjectState, who: EpochHolder): number[] => openEpochs(state, who).keys.map(({ number }) => number);
/** The state as it would be, had somebody signed a line with another epoch in it. */
const withEpoch = (state: ProjectState, number: number, change: Partial<ProjectEpoch>): ProjectState =>
  ({ ...state, epochs: state.epochs.map((epoch) => (epoch.number === number ? { ...epoch, ...change } : epoch)) });
const withWrap = (state: ProjectState, number: number, who: string, sealed: string): ProjectState =>
  withEpoch(state, number, { wraps: { ...state.epochs[number - 1]?.wraps, [who]: sealed } });

describe('who opens what', () => {
  test('a successor opens all epochs from the start', () => {
    const state = rotatedTwice();
    const granted = then(state, makeRosterChange(by(lead), state, [...state.roster, { account: idOf(newcomer), role: 'member' }]));
    expect(openEpochs(granted, holder(newcomer)).keys).toEqual(openEpochs(granted, holder(lead)).keys);
    expect(numbers(granted, holder(newcomer))).toEqual([1, 2, 3]);
  });

  test('a removed member goes on opening what they had, and nothing that came after: both are meant', () => {
    const state = rotatedTwice();
    const without = then(state, makeRosterChange(by(lead), state, state.roster.filter(({ account }) => account !== idOf(member))));
    expect(numbers(without, holder(lead))).toEqual([1, 2, 3, 4]);
    expect(openEpochs(without, holder(member))).toMatchObject({ keys: [{ number: 1 }, { number: 2 }, { number: 3 }], refused: [] });
  });

  test('the recovery kit opens everything, and makes a successor read everything', () => {
    const state = rotatedTwice();
    expect(numbers(state, recovery())).toEqual([1, 2, 3]);
    const line = makeRosterChange(contextOf(firm, root, organisation), state, [{ account: idOf(newcomer), role: 'member' }, { account: idOf(lead), role: 'lead' }]);
    expect(numbers(then(state, line), holder(newcomer))).toEqual([1, 2, 3, 4]);
  });

  test('somebody who was never there opens nothing', () => {
    expect(() => openEpochs(rotatedTwice(), holder(newcomer))).toThrow('EPOCH_CLOSED');
  });
});

describe('a wrap', () => {
  const sealed = (epoch: EpochKeys, person: TestPerson): string => sealEpoch(epoch, idOf(person), memberOf(organisation, idOf(person)).boxKey);
  const opened = (wrap: string, epoch: EpochKeys, person = member) =>
    () => openEpoch(wrap, person.account.keys.box, { project, holder: idOf(person), epoch: epochStatement(epoch, null) });

  test('opens for whom it was made, with the keys that the log names', () => {
    const epoch = makeEpoch(project, 1);
    expect(opened(sealed(epoch, member), epoch)()).toEqual(epoch);
  });

  test.each(['', '!!', 'AAAA', 'A'.repeat(400)])('of garbage is unreadable: %s', (garbage) => {
    expect(opened(garbage, makeEpoch(project, 1))).toThrow(expect.objectContaining({ code: 'EPOCH_WRAP_UNREADABLE' }));
  });

  test('for somebody else is unreadable, and what is no wrap inside too', () => {
    const epoch = makeEpoch(project, 1);
    expect(opened(sealed(epoch, lead), epoch)).toThrow('EPOCH_WRAP_UNREADABLE');
    const seal = (plain: string): string => toBase64url(sealTo(member.account.keys.box.publicKey, toUtf8(plain)) as Uint8Array);
    for (const plain of ['null', '[]', 'junk', canonicalJson({ seed: 7 }), canonicalJson({ seed: 'AAAA' })]) expect(opened(seal(plain), epoch)).toThrow('EPOCH_WRAP_UNREADABLE');
  });

  test('of another project, epoch or holder, put into this one’s place, is transplanted', () => {
    const epoch = makeEpoch(project, 1);
    for (const other of [{ ...epoch, project: newId('project') }, { ...epoch, number: 2 }]) expect(opened(sealed(other, member), epoch)).toThrow('EPOCH_WRAP_TRANSPLANTED');
    const forAnother = sealEpoch(epoch, idOf(lead), memberOf(organisation, idOf(member)).boxKey);
    expect(opened(forAnother, epoch)).toThrow('EPOCH_WRAP_TRANSPLANTED');
  });

  test('of another seed than the log commits to is refused: nobody can be given a key of their own', () => {
    const epoch = makeEpoch(project, 1);
    expect(opened(sealed({ ...epoch, seed: randomBytes(32) }, member), epoch)).toThrow('COMMITMENT_MISMATCH');
    for (const change of [{ depositKey: toBase64url(randomBytes(32)) }, { commitment: toBase64url(randomBytes(32)) }]) {
      const expected = { project, holder: idOf(member), epoch: { ...epochStatement(epoch, null), ...change } };
      expect(() => openEpoch(sealed(epoch, member), member.account.keys.box, expected)).toThrow('COMMITMENT_MISMATCH');
    }
  });

  test('is not made for a key of low order', () => {
    expect(() => sealEpoch(makeEpoch(project, 1), idOf(member), toBase64url(new Uint8Array(32)))).toThrow('WRAP_MISSING');
  });
});

describe('a back link', () => {
  test('opens the epoch before, and only with the keys of the one after', () => {
    const [first, second] = [makeEpoch(project, 1), makeEpoch(project, 2)];
    const { backLink } = epochStatement(second, first);
    const before = epochStatement(first, null);
    expect(openBackLink(second, backLink as string, before)).toEqual(first);
    for (const other of [makeEpoch(project, 2), { ...second, number: 3 }, { ...second, project: newId('project') }]) {
      expect(() => openBackLink(other, backLink as string, before)).toThrow('BACK_LINK_DAMAGED');
    }
  });

  test.each(['A'.repeat(96), 'A'.repeat(41), '_'.repeat(43)])('of garbage is damaged: %s', (garbage) => {
    expect(() => openBackLink(makeEpoch(project, 2), garbage, epochStatement(makeEpoch(project, 1), null))).toThrow(expect.objectContaining({ code: 'BACK_LINK_DAMAGED' }));
  });

  test('to another seed than the log commits to is refused', () => {
    const [first, second] = [makeEpoch(project, 1), makeEpoch(project, 2)];
    const { backLink } = epochStatement(second, makeEpoch(project, 1));
    expect(() => openBackLink(second, backLink as string, epochStatement(first, null))).toThrow('COMMITMENT_MISMATCH');
  });
});

describe('what one spoilt line takes away', () => {
  test('a damaged back link: nothing from those who were there before, nothing from the kit; from newcomers what lies behind it', () => {
    const whole = rotatedTwice();
    const granted = then(whole, makeRosterChange(by(lead), whole, [...whole.roster, { account: idOf(newcomer), role: 'member' }]));
    const spoilt = withEpoch(granted, 3, { backLink: toBase64url(randomBytes(72)) });
    for (const who of [holder(lead), holder(member), recovery()]) expect(openEpochs(spoilt, who)).toMatchObject({ keys: [{ number: 1 }, { number: 2 }, { number: 3 }], refused: [] });
    expect(openEpochs(spoilt, holder(newcomer))).toMatchObject({ keys: [{ number: 3 }], refused: [{ number: 1, code: 'EPOCH_CLOSED' }, { number: 2, code: 'BACK_LINK_DAMAGED' }] });
  });

  test('a garbage wrap: that epoch, from whom it was for, until the next one', () => {
    const spoilt = withWrap(rotatedTwice(), 3, idOf(member), 'A'.repeat(400));
    expect(openEpochs(spoilt, holder(member))).toMatchObject({ keys: [{ number: 1 }, { number: 2 }], refused: [{ number: 3, code: 'EPOCH_WRAP_UNREADABLE' }] });
    const mended = then(spoilt, makeRotation(by(lead), spoilt));
    expect(numbers(mended, holder(member))).toEqual([1, 2, 3, 4]);
  });

  test('a wrap of another project in the place of one’s own: the same, and it says so', () => {
    const elsewhere = sealEpoch(makeEpoch(newId('project'), 3), idOf(member), memberOf(organisation, idOf(member)).boxKey);
    const spoilt = withWrap(rotatedTwice(), 3, idOf(member), elsewhere);
    expect(openEpochs(spoilt, holder(member)).refused).toEqual([{ number: 3, code: 'EPOCH_WRAP_TRANSPLANTED' }]);
  });
});

describe('what the log shows', () => {
  test('of an epoch is nothing to open it with', () => {
    const epoch = makeEpoch(project, 2);
    const shown = JSON.stringify(epochStatement(epoch, makeEpoch(project, 1)));
    for (const secret of [epoch.seed, epoch.deposits.privateKey]) expect(shown).not.toContain(toBase64url(secret));
    const guess = boxPairOf(randomBytes(32));
    expect(() => openEpoch(sealEpoch(epoch, idOf(member), memberOf(organisation, idOf(member)).boxKey), guess, { project, holder: idOf(member), epoch: epochStatement(epoch, null) })).toThrow('EPOCH_WRAP_UNREADABLE');
  });

  test('commits to project, number and seed', () => {
    const epoch = makeEpoch(project, 1);
    const commitment = commitmentOf(epoch);
    for (const other of [{ ...epoch, number: 2 }, { ...epoch, project: newId('project') }, { ...epoch, seed: randomBytes(32) }]) expect(commitmentOf(other)).not.toBe(commitment);
    expect(fromBase64url(commitment)).toHaveLength(32);
  });
});
