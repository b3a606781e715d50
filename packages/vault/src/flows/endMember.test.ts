import { beforeAll, expect, test, vi } from 'vitest';
import { ready } from '../crypto/sodium.ts';
import type { OrganisationLog } from '../log/client.ts';
import { makeTestFirm, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { idOf } from '../testing/testProject.ts';
import { endMember } from './endMember.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let cy: TestPerson;
let di: TestPerson;

beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  [cy, di] = [await firm.join('Cy', 'consultant'), await firm.join('Di', 'consultant')];
});

const end = (by: TestPerson, colleague: TestPerson): Promise<void> => endMember({ log: by.log as OrganisationLog, clock: firm.clock }, by.account, idOf(colleague));
const lines = async (): Promise<number> => (await firm.partner.server.organisationLog(-1)).length;

test('who is no partner lets nobody go', async () => {
  await expect(end(cy, di)).rejects.toMatchObject({ code: 'NOT_ADMIN' });
});

test('the last partner can’t be let go, not even by themselves', async () => {
  await expect(end(firm.partner, firm.partner)).rejects.toMatchObject({ code: 'LAST_PARTNER' });
});

test('who was let go counts no more, and why is written nowhere; twice is once', async () => {
  await end(firm.partner, di);
  const after = await lines();
  const state = await cy.log?.refresh();
  expect(state?.members[idOf(di)]?.revokedAt).not.toBeNull();
  expect((await firm.partner.server.organisationLog(-1)).at(-1)).toMatchObject({ statement: { entry: { type: 'revoke', reason: '' } } });
  await end(firm.partner, di);
  expect(await lines()).toBe(after);
});
