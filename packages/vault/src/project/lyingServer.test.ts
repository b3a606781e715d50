import { BatonError, newId } from '@baton/base';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeAccount } from '../account/account.ts';
import { toBase64url } from '../crypto/bytes.ts';
import { ready } from '../crypto/sodium.ts';
import type { DeviceStore } from '../device/deviceStore.ts';
import { makeMemoryDevice } from '../device/memoryDevice.ts';
import type { DepositAnswer } from '../flows/projectServer.ts';
import { openOrganisationLogView } from '../log/client.ts';
import { makeLogEntry } from '../log/entry.ts';
import type { OrganisationState } from '../log/state.ts';
import { makeSignature } from '../statements/sign.ts';
import { domains, type ProjectLogStatement, type Signed } from '../statements/statements.ts';
import type { VaultServer } from '../testing/memoryProjectServer.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { depositable, idOf, makeTestProject, testRoom, type TestProject, type VaultClient } from '../testing/testProject.ts';
import { makeTestSession } from '../testing/testSession.ts';
import { openProjectLog, type ProjectLog } from './client.ts';
import { makeEpoch, epochStatement } from './epoch.ts';
import { makeHandover, makeProjectGenesis, makeRosterChange, makeRotation } from './line.ts';
import { currentEpoch, isInRoster, type ProjectState } from './state.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

// The API lies, alone or together with somebody who was let go; the clients are the real ones.

type Line = Signed<ProjectLogStatement>;

let firm: TestFirm;
let lead: TestPerson;
let member: TestPerson;
let successor: TestPerson;
let candidate: TestPerson;
beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  [lead, member, successor] = [await firm.join('Cy', 'consultant'), await firm.join('Di', 'consultant'), await firm.join('Ed', 'consultant')];
  candidate = await firm.come(firm.link(lead).link);
});

let project: TestProject;
let writer: VaultClient;
beforeEach(async () => {
  project = await makeTestProject(firm, [lead, member]);
  writer = await project.client(lead);
  await writer.log.refresh();
});

const lines = async (): Promise<Line[]> => (await writer.server.projectLog(project.project, -1)) as Line[];
/** A server whose log is this one. */
const showing = (shown: readonly unknown[]): Partial<VaultServer> => ({ projectLog: async (_, after) => structuredClone(shown.slice(after + 1)) });
const newDevice = () => makeMemoryDevice().open();
const victim = async (server: Partial<VaultServer>, person = member, device?: DeviceStore): Promise<VaultClient> => await project.client(person, { device: device ?? (await newDevice()), server });
const rotate = async (client = writer): Promise<ProjectState> => (await client.log.append((state, known) => makeRotation(client.context(known), state as ProjectState))) as ProjectState;
/** What a client would append. */
const proposed = (make: (state: ProjectState, known: OrganisationState) => Line | null): Line =>
  make(writer.log.current() as ProjectState, writer.log.organisation.current() as OrganisationState) as Line;
const changed = (line: Line, change: Partial<ProjectLogStatement>): Line => ({ ...line, statement: { ...line.statement, ...change } });
const isRefused = async (shown: readonly unknown[], code: string): Promise<void> => {
  await expect((await victim(showing(shown))).log.refresh()).rejects.toMatchObject({ code });
};

describe('a server that holds lines back', () => {
  test('in the middle is refused', async () => {
    await rotate();
    await rotate();
    const [first, , third] = await lines();
    await isRefused([first, third], 'BROKEN_CHAIN');
  });

  test('at the end is refused by every device that has seen more, and what it verified stands', async () => {
    const device = await newDevice();
    await rotate();
    await (await victim({}, member, device)).log.refresh();
    for (const kept of [0, 1]) {
      const { log } = await victim(showing((await lines()).slice(0, kept)), member, device);
      await expect(log.refresh()).rejects.toMatchObject({ code: 'LOG_ROLLBACK' });
      expect(log.current()?.length).toBe(2);
    }
  });

  test('at the end misleads a device that has seen less, until a message names the newer state', async () => {
    const before = await lines();
    const after = await rotate();
    const { log } = await victim(showing(before));
    expect((await log.refresh())?.length).toBe(1);
    await expect(log.holdTo({ length: after.length, head: after.head })).rejects.toMatchObject({ code: 'LOG_ROLLBACK' });
  });

  test('all of them says that there is no vault: nothing is deposited, and nothing is given to a stranger', async () => {
    const sent: unknown[] = [];
    const client = await victim({ ...showing([]), depositSessions: async (_, deposits) => void sent.push(deposits) }, candidate);
    await client.depositor.deposit(depositable('one'));
    expect([client.log.current(), sent]).toEqual([null, []]);
  });

  test('that it said were appended is found out by whoever appended them', async () => {
    const client = await victim({ appendProjectLog: async () => undefined }, lead);
    await client.log.refresh();
    expect((await rotate(client)).length).toBe(2);
    await expect(client.log.refresh()).rejects.toMatchObject({ code: 'LOG_ROLLBACK' });
  });
});

describe('a server that shows two histories', () => {
  /** It calls the first rotation a conflict, and has two good lines for one place. */
  const twoLines = async (): Promise<[Line, Line]> => {
    const kept: Line[] = [];
    const client = await victim({
      appendProjectLog: async (line) => {
        if (kept.push(line) === 1) throw new BatonError('CONFLICT');
      },
    }, lead);
    await rotate(client);
    return kept as [Line, Line];
  };

  test('one after the other to the same device is found out', async () => {
    const [genesis] = await lines();
    const [one, other] = await twoLines();
    const device = await newDevice();
    await (await victim(showing([genesis, one]), member, device)).log.refresh();
    await expect((await victim(showing([genesis, other]), member, device)).log.refresh()).rejects.toMatchObject({ code: 'LOG_FORK' });
    // Also where the other history has grown past the first.
    await expect((await victim(showing([genesis, other, other]), member, device)).log.refresh()).rejects.toMatchObject({ code: 'LOG_FORK' });
  });

  test('to two people is found out by the first message between them', async () => {
    const [genesis] = await lines();
    const [one, other] = await twoLines();
    const mine = (await (await victim(showing([genesis, one]))).log.refresh()) as ProjectState;
    const { log } = await victim(showing([genesis, other]), candidate);
    await log.refresh();
    await expect(log.holdTo({ length: mine.length, head: mine.head })).rejects.toMatchObject({ code: 'LOG_FORK' });
  });

  test('of the organisation, under one project, is found out', async () => {
    const device = await newDevice();
    const { secrets, keys } = firm.partner.account;
    const actor = { account: secrets.account, organisation: secrets.organisation, keys };
    const known = writer.log.organisation.current() as OrganisationState;
    const forked = makeLogEntry(known, actor, { type: 'role', account: idOf(member), role: 'consultant' }, firm.clock.now());
    const before = await firm.server.organisationLog(-1);
    await firm.join(`Jo ${newId('note')}`, 'researcher');
    await rotate();
    const organisationLog = await openOrganisationLogView({ server: { organisationLog: async (after) => [...before, forked].slice(after + 1) }, device, root: secrets.root });
    const log = await openProjectLog({ server: project.server.as(idOf(member)), device, organisationLog, project: project.project });
    await expect(log.refresh()).rejects.toMatchObject({ code: 'LOG_FORK' });
  });
});

describe('a server that changes lines', () => {
  test('puts its own key under the deposits: refused, and nothing is sealed to it', async () => {
    const [genesis] = (await lines()) as [Line];
    const own = epochStatement(makeEpoch(project.project, 1), null);
    const sent: unknown[] = [];
    for (const epoch of [own, { ...genesis.statement.epoch, depositKey: own.depositKey }]) {
      const client = await victim({ ...showing([changed(genesis, { epoch })]), depositSessions: async (_, deposits) => void sent.push(deposits) }, candidate);
      await expect(client.depositor.deposit(depositable('one'))).rejects.toMatchObject({ code: 'BAD_SIGNATURE' });
    }
    expect(sent).toEqual([]);
  });

  test('swaps two wraps, or gives one out for another’s: refused', async () => {
    const [genesis] = (await lines()) as [Line];
    const [one, two, ...rest] = genesis.statement.wraps as [{ for: string; sealed: string }, { for: string; sealed: string }];
    await isRefused([changed(genesis, { wraps: [{ ...one, sealed: two.sealed }, { ...two, sealed: one.sealed }, ...rest] })], 'BAD_SIGNATURE');
  });

  test('puts somebody into the roster, or a commitment of its own under the epoch: refused', async () => {
    const [genesis] = (await lines()) as [Line];
    const roster = [...genesis.statement.roster, { account: idOf(successor), role: 'member' as const }];
    await isRefused([changed(genesis, { roster })], 'BAD_SIGNATURE');
    await isRefused([changed(genesis, { epoch: { ...genesis.statement.epoch, commitment: toBase64url(makeAccount().seed) } })], 'BAD_SIGNATURE');
  });

  test('signs them itself: refused, in whosever name', async () => {
    const { signing } = makeAccount();
    const { statement } = proposed((state, known) => makeHandover(writer.context(known), state, { from: idOf(lead), to: idOf(successor) }));
    const [genesis] = await lines();
    await isRefused([genesis, { statement, signatures: [makeSignature('account', signing, domains.projectLog, statement)] }], 'WRONG_ACCOUNT');
    const asRoot = { ...statement, actor: statement.organisation };
    await isRefused([genesis, { statement: asRoot, signatures: [makeSignature('root', signing, domains.projectLog, asRoot)] }], 'WRONG_ROOT');
  });

  test('mixes in junk: refused, and what was verified stands', async () => {
    const device = await newDevice();
    await (await victim({}, member, device)).log.refresh();
    const { log } = await victim(showing([...(await lines()), { statement: 'junk' }]), member, device);
    await expect(log.refresh()).rejects.toMatchObject({ code: 'MALFORMED_STATEMENT' });
    expect(log.current()?.length).toBe(1);
  });

  test('serves the lines of another project, or of a firm of its own', async () => {
    const other = await makeTestProject(firm, [lead, member]);
    const ofOther = await other.server.as(idOf(lead)).projectLog(other.project, -1);
    await isRefused(ofOther, 'WRONG_PROJECT');
    const owned = await makeTestFirm();
    const ownProject = await makeTestProject(owned, [owned.partner], project.project);
    await isRefused(await ownProject.server.as(idOf(lead)).projectLog(project.project, -1), 'WRONG_ORGANISATION');
  });
});

describe('a server together with somebody who was let go', () => {
  /** The lead is revoked, and signs as if it were the day before. */
  async function revokedLead() {
    const own = await makeTestFirm();
    const [leaver, stays, friend] = [await own.join('Cy', 'consultant'), await own.join('Di', 'consultant'), await own.join('Ed', 'consultant')];
    const ownProject = await makeTestProject(own, [leaver, stays]);
    const leaving = await ownProject.client(leaver);
    const state = (await leaving.log.refresh()) as ProjectState;
    const before = leaving.log.organisation.current() as OrganisationState;
    const backdated = makeHandover(leaving.context(before), state, { from: idOf(leaver), to: idOf(friend) });
    const { secrets, keys } = own.partner.account;
    const actor = { account: secrets.account, organisation: secrets.organisation, keys };
    await own.partner.log?.append((known) => makeLogEntry(known, actor, { type: 'revoke', account: idOf(leaver), reason: 'left' }, own.clock.now()));
    const honest = await ownProject.server.as(idOf(stays)).projectLog(ownProject.project, -1);
    return { own, ownProject, stays, leaver, shown: showing([...honest, backdated]), backdated };
  }

  test('can not append by a right that was lost: not to an honest API, not to a device that knew before the line was there', async () => {
    const { own, ownProject, stays, leaver, shown, backdated } = await revokedLead();
    await expect(ownProject.server.as(idOf(leaver)).appendProjectLog(backdated)).rejects.toMatchObject({ code: 'CONFLICT' });
    const device = await newDevice();
    const organisationLog = await openOrganisationLogView({ server: own.server, device, root: stays.account.secrets.root });
    await organisationLog.refresh();
    const open = async (server: Partial<VaultServer>): Promise<ProjectLog> =>
      await openProjectLog({ server: { ...ownProject.server.as(idOf(stays)), ...server }, device, organisationLog, project: ownProject.project });
    expect((await (await open({})).refresh())?.length).toBe(1);
    await expect((await open(shown)).refresh()).rejects.toMatchObject({ code: 'REVOKED_MEMBER' });
  });

  test('can append to what a device shows that has seen nothing before: it can’t know when the line was made', async () => {
    const { own, ownProject, stays, shown } = await revokedLead();
    const device = await newDevice();
    const organisationLog = await openOrganisationLogView({ server: own.server, device, root: stays.account.secrets.root });
    const log = await openProjectLog({ server: { ...ownProject.server.as(idOf(stays)), ...shown }, device, organisationLog, project: ownProject.project });
    expect((await log.refresh())?.length).toBe(2);
  });

  test('reads on, where it keeps the new epoch back from a sender who has not seen it; nobody else’s sessions', async () => {
    const before = await lines();
    await writer.log.append((state, known) => makeRosterChange(writer.context(known), state as ProjectState, [{ account: idOf(lead), role: 'lead' }]));
    const caught: DepositAnswer[] = [];
    const catching = (by: TestPerson): Partial<VaultServer> => ({
      depositSessions: async (_, deposits) => void caught.push(...deposits.map((deposit, at) => ({ ...deposit, number: at + 1, depositorId: idOf(by) }))),
    });
    await (await victim({ ...showing(before), ...catching(candidate) }, candidate)).depositor.deposit(depositable('one'));
    const informed = await victim({ ...showing(before), ...catching(lead) }, lead, lead.device);
    await informed.depositor.deposit(depositable('two'));
    expect(caught.map(({ epoch }) => epoch)).toEqual([1, 2]);
    const removed = await victim({ deposits: async () => caught });
    const { sessions, refused } = await removed.read();
    expect([sessions.map(({ sessionId }) => sessionId), refused.map(({ code }) => code)]).toEqual([[makeTestSession(testRoom, 'one').session], ['EPOCH_CLOSED']]);
  });
});

describe('a server and epochs', () => {
  test('never gets a session sealed to an older epoch by a device that knows a newer one', async () => {
    const before = await lines();
    await rotate();
    const sent: number[] = [];
    const client = await victim({ ...showing(before), depositSessions: async (_, deposits) => { sent.push(...deposits.map(({ epoch }) => epoch)); throw new BatonError('EPOCH_OUTDATED'); } }, lead, lead.device);
    await expect(client.depositor.deposit(depositable('one'))).rejects.toMatchObject({ code: 'LOG_ROLLBACK' });
    expect(sent).toEqual([2]);
  });

  test('can not make anybody take part in a rotation without end', async () => {
    let asked = 0;
    const client = await victim({
      depositSessions: async () => {
        asked++;
        await rotate();
        throw new BatonError('EPOCH_OUTDATED');
      },
    }, candidate);
    await expect(client.depositor.deposit(depositable('one'))).rejects.toMatchObject({ code: 'EPOCH_OUTDATED' });
    expect(asked).toBeLessThan(10);
  });
});

describe('a server and deposits', () => {
  const deposited = async (): Promise<DepositAnswer[]> => {
    for (const [person, name] of [[lead, 'one'], [candidate, 'two']] as const) await (await victim({}, person)).depositor.deposit(depositable(name));
    return await writer.server.deposits(project.project, 0);
  };
  const readFrom = async (answers: readonly DepositAnswer[]) => await (await victim({ deposits: async () => [...answers] })).read();
  const codes = async (answers: readonly DepositAnswer[]): Promise<string[]> => (await readFrom(answers)).refused.map(({ code }) => code);

  test('that exchanges, relabels or spoils them is refused deposit by deposit', async () => {
    const [one, two] = (await deposited()) as [DepositAnswer, DepositAnswer];
    expect(await codes([{ ...one, sealed: two.sealed }, { ...two, sealed: one.sealed }])).toEqual(['DEPOSIT_TRANSPLANTED', 'DEPOSIT_TRANSPLANTED']);
    expect(await codes([{ ...one, sessionId: two.sessionId }, { ...one, roomId: '!other:baton.test' }])).toEqual(['DEPOSIT_TRANSPLANTED', 'DEPOSIT_TRANSPLANTED']);
    expect(await codes([{ ...one, sealed: `${one.sealed.slice(0, -4)}AAAA` }])).toEqual(['DEPOSIT_UNREADABLE']);
    expect((await readFrom([one, { ...two, sealed: 'AAAA' }])).sessions.map(({ sessionId }) => sessionId)).toEqual([one.sessionId]);
  });

  test('that holds some back can’t hide it from whoever sees the room’s messages, and any member mends it', async () => {
    const [, two] = (await deposited()) as [DepositAnswer, DepositAnswer];
    const inTheRoom = [makeTestSession(testRoom, 'one').session, makeTestSession(testRoom, 'two').session];
    const read = await readFrom([two]);
    const missing = inTheRoom.filter((session) => !read.sessions.some(({ sessionId }) => sessionId === session));
    expect(missing).toEqual([makeTestSession(testRoom, 'one').session]);
    await (await victim({}, member)).depositor.share([depositable('one')]);
    const mended = await (await victim({}, member)).read();
    expect(mended.sessions.find(({ sessionId }) => sessionId === missing[0])?.copies.map(({ depositor }) => depositor)).toContain(member.account.viewer.mxid);
  });

  test('keeps a successor from nothing that it serves', async () => {
    await deposited();
    await writer.log.append((state, known) => makeHandover(writer.context(known), state as ProjectState, { from: idOf(lead), to: idOf(successor) }));
    const client = await project.client(successor, { device: await newDevice() });
    expect((await client.read()).sessions).toHaveLength(2);
    const state = client.log.current() as ProjectState;
    expect([isInRoster(state, idOf(lead)), currentEpoch(state).number]).toEqual([false, 2]);
  });
});

test('a project that somebody else begins under the same id is another one to whoever knows the first', async () => {
  const usurper = await project.client(successor, { device: await newDevice() });
  const known = (await usurper.log.organisation.refresh()) as OrganisationState;
  const own = makeProjectGenesis(usurper.context(known), project.project, [{ account: idOf(successor), role: 'lead' }]);
  const device = await newDevice();
  await (await victim({}, candidate, device)).log.refresh();
  await expect((await victim(showing([own]), candidate, device)).log.refresh()).rejects.toMatchObject({ code: 'LOG_FORK' });
  // A device that has seen nothing takes it for the project, until a message of the team names the true state.
  const fresh = await victim(showing([own]), candidate);
  expect((await fresh.log.refresh())?.roster).toEqual(own.statement.roster);
  const { length, head } = writer.log.current() as ProjectState;
  await expect(fresh.log.holdTo({ length, head })).rejects.toMatchObject({ code: 'LOG_FORK' });
});
