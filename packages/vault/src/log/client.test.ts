import { BatonError } from '@baton/base';
import { beforeAll, describe, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice } from '../device/memoryDevice.ts';
import type { AccountServer } from '../flows/server.ts';
import type { OrganisationLogStatement, Signed } from '../statements/statements.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { openOrganisationLog, type OrganisationLog } from './client.ts';
import { makeLogEntry } from './entry.ts';
import { memberOf, type OrganisationState } from './state.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

type LogServer = Pick<AccountServer, 'organisationLog' | 'appendOrganisationLog'>;

let firm: TestFirm;
let consultant: TestPerson;

beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  consultant = await firm.join('Cy', 'consultant');
});

const root = (): string => firm.partner.account.secrets.root;
const open = async (server: LogServer, device = makeMemoryDevice()): Promise<OrganisationLog> =>
  await openOrganisationLog({ server, device: await device.open(), root: root() });
const roleChange = (state: OrganisationState | null, role: 'consultant' | 'researcher'): Signed<OrganisationLogStatement> => {
  const { secrets, keys } = firm.partner.account;
  const actor = { account: secrets.account, organisation: secrets.organisation, keys };
  return makeLogEntry(state, actor, { type: 'role', account: consultant.account.secrets.account, role }, firm.clock.now());
};

describe('the log on a device', () => {
  test('is fetched, verified and remembered; a later page asks only for what is new', async () => {
    const device = makeMemoryDevice();
    await (await open(firm.server, device)).refresh();
    const asked: number[] = [];
    const counting: LogServer = { ...firm.server, organisationLog: (after) => (asked.push(after), firm.server.organisationLog(after)) };
    const again = await open(counting, device);
    expect(again.current()?.length).toBe(2);
    await again.refresh();
    expect(asked).toEqual([0]);
  });

  test('of a server that lost lines is a rollback', async () => {
    const device = makeMemoryDevice();
    await (await open(firm.server, device)).refresh();
    for (const kept of [0, 1]) {
      const rolledBack: LogServer = { ...firm.server, organisationLog: async (after) => (await firm.server.organisationLog(-1)).slice(0, kept).slice(after + 1) };
      await expect((await open(rolledBack, device)).refresh()).rejects.toMatchObject({ code: 'LOG_ROLLBACK' });
    }
  });

  test('of a server that shows others another history is a fork', async () => {
    const device = makeMemoryDevice();
    const honest = await open(firm.server, device);
    const before = await honest.refresh();
    const lines = await firm.server.organisationLog(-1);
    // The partner's device signs two lines for one place: the server keeps one for each audience.
    const [forOne, forOther] = [roleChange(before, 'researcher'), roleChange(before, 'consultant')];
    const showing = (line: unknown): LogServer => ({ ...firm.server, organisationLog: async (after) => [...lines, line].slice(after + 1) });
    await (await open(showing(forOne), device)).refresh();
    await expect((await open(showing(forOther), device)).refresh()).rejects.toMatchObject({ code: 'LOG_FORK' });
  });

  test('with a junk line is refused, and what was verified before is kept', async () => {
    const junk: LogServer = { ...firm.server, organisationLog: async (after) => [...(await firm.server.organisationLog(after)), { statement: 'junk' }] };
    const device = makeMemoryDevice();
    await (await open(firm.server, device)).refresh();
    const log = await open(junk, device);
    await expect(log.refresh()).rejects.toMatchObject({ code: 'MALFORMED_STATEMENT' });
    expect(log.current()?.length).toBe(2);
  });

  test('of another firm is refused from its first line', async () => {
    const other = await makeTestFirm();
    await expect((await open(other.server)).refresh()).rejects.toMatchObject({ code: 'WRONG_ROOT' });
  });
});

describe('appending', () => {
  test('is tried again on what a faster colleague made of the log', async () => {
    const slow = await open(firm.server);
    const length = (await slow.refresh())?.length ?? 0;
    let interrupted = false;
    const state = await slow.append((current) => {
      if (!interrupted) {
        interrupted = true;
        void firm.server.appendOrganisationLog(roleChange(current, 'researcher'));
      }
      return roleChange(current, 'consultant');
    });
    expect(state?.length).toBe(length + 2);
    expect(memberOf(state as OrganisationState, consultant.account.secrets.account).role).toBe('consultant');
  });

  test('gives up on a server that calls every line a conflict', async () => {
    let tries = 0;
    const stubborn: LogServer = { ...firm.server, appendOrganisationLog: async () => { tries++; throw new BatonError('CONFLICT'); } };
    const log = await open(stubborn);
    await expect(log.append((state) => roleChange(state, 'researcher'))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(tries).toBeLessThan(20);
  });

  test('sends nothing that others would refuse', async () => {
    let sent = 0;
    const log = await open({ ...firm.server, appendOrganisationLog: async () => void sent++ });
    const { secrets, keys } = consultant.account;
    const actor = { account: secrets.account, organisation: secrets.organisation, keys };
    const entry = { type: 'role', account: secrets.account, role: 'partner' } as const;
    await expect(log.append((state) => makeLogEntry(state, actor, entry, firm.clock.now()))).rejects.toMatchObject({ code: 'NOT_ADMIN' });
    expect(sent).toBe(0);
  });
});
