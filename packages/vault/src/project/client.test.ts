import { BatonError, newId } from '@baton/base';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice } from '../device/memoryDevice.ts';
import { openOrganisationLogView } from '../log/client.ts';
import { makeLogEntry } from '../log/entry.ts';
import type { OrganisationState } from '../log/state.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { idOf, makeTestProject, type TestProject, type VaultClient } from '../testing/testProject.ts';
import { openProjectLog } from './client.ts';
import { makeRosterChange, makeRotation } from './line.ts';
import { currentEpoch, type ProjectState } from './state.ts';

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
let writer: VaultClient;
beforeEach(async () => {
  project = await makeTestProject(firm, [lead, member]);
  writer = await project.client(lead);
  await writer.log.refresh();
});

const rotate = (client: VaultClient = writer): Promise<ProjectState | null> =>
  client.log.append((state, known) => makeRotation(client.context(known), state as ProjectState));
const newDevice = () => makeMemoryDevice().open();

describe('a project’s log on a device', () => {
  test('is fetched, verified and remembered; later only what is new is asked for', async () => {
    const device = await newDevice();
    const asked: number[] = [];
    const projectLog = (id: string, after: number) => (asked.push(after), writer.server.projectLog(id, after));
    expect((await (await project.client(member, { device, server: { projectLog } })).log.refresh())?.length).toBe(1);
    await rotate();
    const again = await project.client(member, { device, server: { projectLog } });
    expect(again.log.current()?.length).toBe(1);
    expect((await again.log.refresh())?.length).toBe(2);
    expect(asked).toEqual([-1, -1]);
    await rotate();
    await again.log.refresh();
    expect(asked).toEqual([-1, -1, 0]);
  });

  test('is nothing before its genesis', async () => {
    const log = await openProjectLog({ server: writer.server, device: lead.device, organisationLog: writer.log.organisation, project: newId('project') });
    expect(await log.refresh()).toBeNull();
  });

  test('is followed by a candidate with the organisation’s log that came along, under the pinned root', async () => {
    const { root } = candidate.account.secrets;
    const organisationLog = await openOrganisationLogView({ server: firm.server, device: candidate.device, root });
    const log = await openProjectLog({ server: project.server.as(idOf(candidate)), device: candidate.device, organisationLog, project: project.project });
    expect(organisationLog.current()).toBeNull();
    expect(currentEpoch((await log.refresh()) as ProjectState).number).toBe(1);
    const other = await makeTestFirm();
    const foreign = await openOrganisationLogView({ server: other.server, device: await newDevice(), root });
    const misled = await openProjectLog({ server: project.server.as(idOf(candidate)), device: await newDevice(), organisationLog: foreign, project: project.project });
    await expect(misled.refresh()).rejects.toMatchObject({ code: 'WRONG_ROOT' });
  });

  test('fetches the organisation’s log once where a line names a newer one', async () => {
    const reader = await project.client(member, { device: await newDevice() });
    await reader.log.refresh();
    const before = reader.log.organisation.current()?.length ?? 0;
    await firm.join(`Jo ${newId('note')}`, 'researcher');
    await rotate();
    expect((await reader.log.refresh())?.length).toBe(2);
    expect(reader.log.organisation.current()?.length).toBe(before + 1);
  });

  test('is not believed where its server never shows the organisation’s log that a line names', async () => {
    const device = await newDevice();
    const known = await firm.server.organisationLog(-1);
    const organisationLog = await openOrganisationLogView({ server: { organisationLog: async (after) => known.slice(after + 1) }, device, root: lead.account.secrets.root });
    await firm.join(`Jo ${newId('note')}`, 'researcher');
    await rotate();
    const log = await openProjectLog({ server: project.server.as(idOf(member)), device, organisationLog, project: project.project });
    await expect(log.refresh()).rejects.toMatchObject({ code: 'ORGANISATION_LOG_AHEAD' });
  });
});

describe('appending', () => {
  test('of two rotations at once, both are made: the slower one again, on top of the faster', async () => {
    const colleague = await project.client(lead, { device: await newDevice() });
    const [one, other] = await Promise.all([rotate(), rotate(colleague)]);
    expect([one?.length, other?.length].sort()).toEqual([2, 3]);
    expect(currentEpoch((await writer.log.refresh()) as ProjectState).number).toBe(3);
    expect(writer.epochs().keys.map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('is built again when the organisation’s log has grown meanwhile', async () => {
    let grown = false;
    const state = await writer.log.append((current, known) => {
      const line = makeRotation(writer.context(known), current as ProjectState);
      if (!grown) {
        grown = true;
        const { secrets, keys } = firm.partner.account;
        const actor = { account: secrets.account, organisation: secrets.organisation, keys };
        void firm.server.appendOrganisationLog(makeLogEntry(known, actor, { type: 'role', account: idOf(member), role: 'consultant' }, firm.clock.now()));
      }
      return line;
    });
    expect(state?.length).toBe(2);
    expect(state?.organisationLength).toBe(writer.log.organisation.current()?.length);
  });

  test('gives up on a server that calls every line a conflict', async () => {
    let tries = 0;
    const stubborn = await project.client(lead, { device: await newDevice(), server: { appendProjectLog: async () => { tries++; throw new BatonError('CONFLICT'); } } });
    await expect(rotate(stubborn)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(tries).toBeLessThan(20);
  });

  test('sends nothing that others would refuse, and nothing where nothing is to be said', async () => {
    let sent = 0;
    const server = { appendProjectLog: async () => void sent++ };
    const posing = await project.client(member, { device: await newDevice(), server });
    await expect(rotate(posing)).rejects.toMatchObject({ code: 'NOT_LEAD' });
    const idle = await project.client(lead, { device: await newDevice(), server });
    expect((await idle.log.append((state, known) => makeRosterChange(idle.context(known), state as ProjectState, state?.roster ?? [])))?.length).toBe(1);
    expect(sent).toBe(0);
  });
});

describe('a head that a colleague names in a message', () => {
  const headOf = ({ length, head }: ProjectState | OrganisationState) => ({ length, head });

  test('is fetched where it is newer, and holds where it is older', async () => {
    const reader = await project.client(member, { device: await newDevice() });
    const first = (await reader.log.refresh()) as ProjectState;
    const second = (await rotate()) as ProjectState;
    await reader.log.holdTo(headOf(second));
    expect(reader.log.current()?.head).toBe(second.head);
    await reader.log.holdTo(headOf(first));
    await reader.log.organisation.holdTo(headOf(reader.log.organisation.current() as OrganisationState));
  });

  test('gives a server away that keeps the newest lines back: even to a device that has seen nothing yet', async () => {
    const before = await writer.server.projectLog(project.project, -1);
    const second = (await rotate()) as ProjectState;
    const reader = await project.client(member, { device: await newDevice(), server: { projectLog: async (_, after) => before.slice(after + 1) } });
    await expect(reader.log.holdTo(headOf(second))).rejects.toMatchObject({ code: 'LOG_ROLLBACK' });
  });

  test('gives a server away that shows two histories', async () => {
    const reader = await project.client(member, { device: await newDevice() });
    await reader.log.refresh();
    await expect(reader.log.holdTo({ length: 1, head: 'A'.repeat(43) })).rejects.toMatchObject({ code: 'LOG_FORK' });
  });
});
