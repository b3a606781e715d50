import { BatonError } from '@baton/base';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice } from '../device/memoryDevice.ts';
import { makeRotation } from '../project/line.ts';
import type { ProjectState } from '../project/state.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { depositable, idOf, makeTestProject, type TestProject, type VaultClient } from '../testing/testProject.ts';
import type { SealedSession } from './projectServer.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let lead: TestPerson;
let member: TestPerson;
let candidate: TestPerson;
beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  [lead, member] = [await firm.join('Cy', 'consultant'), await firm.join('Di', 'consultant')];
  candidate = await firm.come(firm.link(lead).link);
});

let project: TestProject;
beforeEach(async () => (project = await makeTestProject(firm, [lead, member])));

const mxid = (person: TestPerson): string => person.account.viewer.mxid;
const fresh = async (person: TestPerson, server: Parameters<TestProject['client']>[1] = {}): Promise<VaultClient> => await project.client(person, { device: await makeMemoryDevice().open(), ...server });
const rotate = async (): Promise<void> => {
  const client = await fresh(lead);
  await client.log.append((state, known) => makeRotation(client.context(known), state as ProjectState));
};
/** A server that notes what it is sent. */
const noting = (server: VaultClient['server']) => {
  const lots: SealedSession[][] = [];
  const depositSessions: typeof server.depositSessions = async (to, deposits) => {
    await server.depositSessions(to, deposits);
    lots.push([...deposits]);
  };
  return { lots, depositSessions };
};

describe('a session in use', () => {
  test('is readable for the team before its first message is sent, whoever writes', async () => {
    for (const [person, name] of [[lead, 'one'], [candidate, 'two']] as const) await (await fresh(person)).depositor.deposit(depositable(name));
    const { sessions, refused } = await (await fresh(member)).read();
    expect(refused).toEqual([]);
    expect(sessions.map(({ copies }) => copies.map(({ writer }) => writer))).toEqual([[mxid(lead)], [mxid(candidate)]]);
  });

  test('is deposited once, however many messages are sent on it, and however many wait for it at once', async () => {
    const { lots, depositSessions } = noting(project.server.as(idOf(lead)));
    const client = await fresh(lead, { server: { depositSessions } });
    await Promise.all([1, 2, 3].map(() => client.depositor.deposit(depositable('one'))));
    await client.depositor.deposit(depositable('one'));
    expect(lots.map((lot) => lot.length)).toEqual([1]);
  });

  test('goes together with others that wait at the same time', async () => {
    const { lots, depositSessions } = noting(project.server.as(idOf(lead)));
    const client = await fresh(lead, { server: { depositSessions } });
    await client.log.refresh();
    await Promise.all(['one', 'two', 'three', 'four'].map((name) => client.depositor.deposit(depositable(name))));
    expect(lots.map((lot) => lot.length)).toEqual([1, 3]);
  });

  test('of a room that belongs to no vault is nobody’s to deposit', async () => {
    const { lots, depositSessions } = noting(project.server.as(idOf(lead)));
    await (await fresh(lead, { server: { depositSessions } })).depositor.deposit({ ...depositable('one'), roomId: '!elsewhere:baton.test' });
    expect(lots).toEqual([]);
  });

  test('waits where the deposit did not arrive, and is tried again', async () => {
    const server = project.server.as(idOf(lead));
    let online = false;
    const client = await fresh(lead, { server: { depositSessions: async (to, deposits) => { if (!online) throw new BatonError('OFFLINE'); await server.depositSessions(to, deposits); } } });
    await expect(client.depositor.deposit(depositable('one'))).rejects.toMatchObject({ code: 'OFFLINE' });
    online = true;
    await client.depositor.deposit(depositable('one'));
    expect(await server.deposits(project.project, 0)).toHaveLength(1);
  });

  test('waits for the session where it can not be exported yet', async () => {
    const client = await fresh(lead);
    await expect(client.depositor.deposit({ ...depositable('one'), exportSession: async () => { throw new BatonError('OFFLINE'); } })).rejects.toMatchObject({ code: 'OFFLINE' });
    await client.depositor.deposit(depositable('one'));
    expect(await client.server.deposits(project.project, 0)).toHaveLength(1);
  });
});

describe('an epoch that has passed', () => {
  test('is noticed by the server: the log is fetched and the session sealed again', async () => {
    const writer = await fresh(candidate);
    await writer.log.refresh();
    await rotate();
    await writer.depositor.deposit(depositable('one'));
    expect((await writer.server.deposits(project.project, 0)).map(({ epoch }) => epoch)).toEqual([2]);
    expect((await (await fresh(member)).read()).sessions).toHaveLength(1);
  });

  test('leaves what was deposited under it where it is: the back links open it', async () => {
    const { lots, depositSessions } = noting(project.server.as(idOf(lead)));
    const writer = await fresh(lead, { server: { depositSessions } });
    await writer.depositor.deposit(depositable('one'));
    await rotate();
    await writer.log.refresh();
    await writer.depositor.deposit(depositable('one'));
    expect(lots).toHaveLength(1);
    expect((await (await fresh(member)).read()).sessions).toHaveLength(1);
  });

  test('that a server names without showing the next one stops the message', async () => {
    let tries = 0;
    const client = await fresh(lead, { server: { depositSessions: async () => { tries++; throw new BatonError('EPOCH_OUTDATED'); } } });
    await expect(client.depositor.deposit(depositable('one'))).rejects.toMatchObject({ code: 'EPOCH_OUTDATED' });
    expect(tries).toBe(1);
  });

  test('is sealed to again only after the log was verified', async () => {
    const writer = await fresh(candidate);
    await writer.log.refresh();
    const honest = await writer.server.projectLog(project.project, -1);
    const spoilt = await fresh(candidate, {
      server: { projectLog: async (_, after) => [...honest, { statement: 'junk' }].slice(after + 1), depositSessions: async () => { throw new BatonError('EPOCH_OUTDATED'); } },
    });
    await expect(spoilt.depositor.deposit(depositable('one'))).rejects.toMatchObject({ code: 'MALFORMED_STATEMENT' });
  });
});

describe('sessions of others', () => {
  test('are shared in lots, and prove nothing of who wrote', async () => {
    const { lots, depositSessions } = noting(project.server.as(idOf(member)));
    const client = await fresh(member, { server: { depositSessions } });
    const received = Array.from({ length: 250 }, (_, at) => depositable(`received ${at}`));
    await client.depositor.share(received);
    await client.depositor.share(received);
    expect(lots.map((lot) => lot.length)).toEqual([100, 100, 50]);
    const { sessions } = await (await fresh(lead)).read();
    expect(sessions).toHaveLength(250);
    expect(sessions.every(({ copies }) => copies.every(({ writer, depositor }) => writer === null && depositor === mxid(member)))).toBe(true);
  });
});
