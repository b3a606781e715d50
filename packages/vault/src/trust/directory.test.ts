import { BatonError } from '@baton/base';
import { beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { makeAccount } from '../account/account.ts';
import { makeCertificate } from '../certificates/certificate.ts';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice, type MemoryDevice } from '../device/memoryDevice.ts';
import { publishIdentity } from '../flows/publishIdentity.ts';
import type { AccountServer } from '../flows/server.ts';
import { makeClaim } from '../invitations/claim.ts';
import { linkKeysIn, parseLink } from '../invitations/link.ts';
import { openOrganisationLog, openOrganisationLogView } from '../log/client.ts';
import { makeLogEntry } from '../log/entry.ts';
import type { CertificateChain } from '../statements/statements.ts';
import { makeTestFirm, testMasterKey, type TestFirm, type TestPerson } from '../testing/testFirm.ts';
import { openTrustDirectory, type TrustDirectory } from './directory.ts';

// Passwords are no part of this, and each firm needs many.
vi.mock('../crypto/argon2.ts', () => import('../testing/cheapArgon2.ts'));

let firm: TestFirm;
let consultant: TestPerson;
let candidate: TestPerson;

beforeAll(async () => {
  await ready();
  firm = await makeTestFirm();
  consultant = await firm.join('Cy', 'consultant');
  candidate = await firm.come(firm.link(consultant).link);
});

let device: MemoryDevice;
beforeEach(() => (device = makeMemoryDevice()));

const mxid = (person: TestPerson): string => person.account.viewer.mxid;
/** A member's directory, or with `log: false` a candidate's. */
async function directory(server: AccountServer = firm.server, options: { log: boolean } = { log: true }): Promise<TrustDirectory> {
  const { root } = firm.partner.account.secrets;
  const store = await device.open();
  const log = options.log ? await openOrganisationLog({ server, device: store, root }) : null;
  return await openTrustDirectory({ server, device: store, root, log, clock: firm.clock });
}
const chainOfPerson = async (person: TestPerson): Promise<CertificateChain> => (await firm.server.certificates([mxid(person)]))[0] as CertificateChain;
const serving = (...chains: unknown[]): AccountServer => ({ ...firm.server, certificates: async () => chains });
const certify = (person: TestPerson, matrixMasterKey: string, sequence: number) =>
  makeCertificate(person.account.secrets, person.account.keys, { mxid: mxid(person), matrixMasterKey, sequence, now: firm.clock.now() });

describe('certified master keys', () => {
  test.each([true, false])('are those of colleagues and candidates with a certificate (with the log: %s)', async (log) => {
    const trust = await directory(firm.server, { log });
    const known = await trust.certifiedMasterKeys([mxid(firm.partner), mxid(consultant), mxid(candidate), '@svc:baton.test', '@ghost:baton.test']);
    expect(known).toEqual(new Map([[mxid(firm.partner), firm.partner.masterKey], [mxid(consultant), consultant.masterKey], [mxid(candidate), candidate.masterKey]]));
  });

  test('are known without a network to a device that verified them before', async () => {
    await (await directory()).certifiedMasterKeys([mxid(consultant)]);
    const offline: AccountServer = { ...firm.server, certificates: async () => { throw new BatonError('OFFLINE'); }, organisationLog: async () => { throw new BatonError('OFFLINE'); } };
    const trust = await directory(offline);
    expect(await trust.certifiedMasterKeys([mxid(consultant)])).toEqual(new Map([[mxid(consultant), consultant.masterKey]]));
    await expect(trust.certifiedMasterKeys([mxid(candidate)])).rejects.toMatchObject({ code: 'OFFLINE' });
  });

  test('are asked for once a minute at most', async () => {
    let asked = 0;
    const trust = await directory({ ...firm.server, certificates: async (mxids) => (asked++, await firm.server.certificates(mxids)) });
    for (let call = 0; call < 5; call++) await trust.certifiedMasterKeys([mxid(consultant)]);
    expect(asked).toBe(1);
    firm.clock.pass(61_000);
    await Promise.all([trust.certifiedMasterKeys([mxid(consultant)]), trust.certifiedMasterKeys([mxid(consultant)])]);
    await trust.refresh([]);
    expect(asked).toBe(2);
  });

  test('of many rooms at once are one question', async () => {
    const asked: number[] = [];
    const trust = await directory({ ...firm.server, certificates: async (mxids) => (asked.push(mxids.length), await firm.server.certificates(mxids)) });
    const rooms = Array.from({ length: 250 }, (_, room) => [mxid(consultant), mxid(candidate), `@c-${room}:baton.test`]);
    const known = await Promise.all(rooms.map((members) => trust.certifiedMasterKeys(members)));
    expect(known.every((keys) => keys.size === 2)).toBe(true);
    expect(asked).toEqual([200, 52]);
  });
});

describe('a lying server', () => {
  test('that puts its own master key into a certificate is refused', async () => {
    const chain = await chainOfPerson(candidate);
    chain.certificate.statement.matrixMasterKey = testMasterKey('Z');
    const trust = await directory(serving(chain));
    expect(await trust.certifiedMasterKeys([mxid(candidate)])).toEqual(new Map());
    expect(trust.refusals.current().get(mxid(candidate))).toBe('BAD_SIGNATURE');
  });

  test("that answers with another person's certificate is not believed", async () => {
    const trust = await directory(serving(await chainOfPerson(consultant)));
    expect(await trust.certifiedMasterKeys([mxid(candidate)])).toEqual(new Map());
  });

  test('that serves a member of another firm is refused', async () => {
    const other = await makeTestFirm();
    const [foreign] = await other.server.certificates([mxid(other.partner)]);
    const trust = await directory(serving(foreign));
    expect(await trust.certifiedMasterKeys([mxid(other.partner)])).toEqual(new Map());
    expect(trust.refusals.current().get(mxid(other.partner))).toBe('UNKNOWN_MEMBER');
    const asCandidate = await openTrustDirectory({ server: serving(foreign), device: await makeMemoryDevice().open(), root: firm.partner.account.secrets.root, log: null, clock: firm.clock });
    expect(await asCandidate.certifiedMasterKeys([mxid(other.partner)])).toEqual(new Map());
    expect(asCandidate.refusals.current().get(mxid(other.partner))).toBe('WRONG_ROOT');
  });

  test('that goes back to an older certificate is refused, and the newer one goes on counting', async () => {
    const old = await chainOfPerson(candidate);
    const renewed = { ...old, certificate: certify(candidate, testMasterKey('N'), 2) };
    let current: unknown = renewed;
    const trust = await directory({ ...firm.server, certificates: async () => [current] });
    expect(await trust.certifiedMasterKeys([mxid(candidate)])).toEqual(new Map([[mxid(candidate), testMasterKey('N')]]));
    current = old;
    await trust.refresh([mxid(candidate)]);
    expect(await trust.certifiedMasterKeys([mxid(candidate)])).toEqual(new Map([[mxid(candidate), testMasterKey('N')]]));
    expect(trust.refusals.current().get(mxid(candidate))).toBe('SEQUENCE_TOO_LOW');
  });

  test('that lets the thief of a link in under the name of the candidate is refused by whoever knows the candidate', async () => {
    const { link, invitation } = firm.link(consultant);
    const victim = await firm.come(link);
    const { account } = victim.account.secrets;
    const keys = makeAccount();
    const { vouch } = makeClaim(linkKeysIn(parseLink(link)), invitation.statement, { account, keys, now: firm.clock.now() });
    const thief: TestPerson = { ...victim, account: { ...victim.account, keys, secrets: { ...victim.account.secrets, vouch, seed: keys.seed } } };
    await (await directory()).certifiedMasterKeys([mxid(victim)]);
    const trust = await directory(serving({ ...(await chainOfPerson(victim)), certificate: certify(thief, testMasterKey('T'), 2) }));
    await trust.refresh([mxid(victim)]);
    expect(await trust.certifiedMasterKeys([mxid(victim)])).toEqual(new Map([[mxid(victim), victim.masterKey]]));
    expect(trust.refusals.current().get(mxid(victim))).toBe('REPLACED_IDENTITY');
  });

  test('that shows two certificates with one number is refused', async () => {
    const chain = await chainOfPerson(candidate);
    const trust = await directory(firm.server);
    await trust.certifiedMasterKeys([mxid(candidate)]);
    const other = await directory(serving({ ...chain, certificate: certify(candidate, testMasterKey('Y'), 1) }));
    await other.refresh([mxid(candidate)]);
    expect(await other.certifiedMasterKeys([mxid(candidate)])).toEqual(new Map([[mxid(candidate), candidate.masterKey]]));
    expect(other.refusals.current().get(mxid(candidate))).toBe('REPLACED_IDENTITY');
  });

  test('that hides a newer certificate of a member is found out by the log', async () => {
    const own = await makeTestFirm();
    const cy = await own.join('Cy', 'consultant');
    const [old] = await own.server.certificates([mxid(cy)]);
    await publishIdentity({ server: cy.server, clock: own.clock, log: cy.log }, cy.account, { mxid: mxid(cy), matrixMasterKey: testMasterKey('N') });
    const { root } = own.partner.account.secrets;
    const store = await device.open();
    const server: AccountServer = { ...own.server, certificates: async () => [old] };
    const log = await openOrganisationLog({ server, device: store, root });
    const trust = await openTrustDirectory({ server, device: store, root, log, clock: own.clock });
    expect(await trust.certifiedMasterKeys([mxid(cy)])).toEqual(new Map());
    expect(trust.refusals.current().get(mxid(cy))).toBe('SEQUENCE_TOO_LOW');
  });

  test('that cuts the log off is not believed in anything until the log holds again', async () => {
    await (await directory()).certifiedMasterKeys([mxid(consultant)]);
    let lying = true;
    const trust = await directory({ ...firm.server, organisationLog: async (after) => (lying ? [] : await firm.server.organisationLog(after)) });
    await expect(trust.refresh([mxid(consultant)])).rejects.toMatchObject({ code: 'LOG_ROLLBACK' });
    await expect(trust.certifiedMasterKeys([mxid(consultant)])).rejects.toMatchObject({ code: 'LOG_ROLLBACK' });
    lying = false;
    await trust.refresh([mxid(consultant)]);
    expect(await trust.certifiedMasterKeys([mxid(consultant)])).toEqual(new Map([[mxid(consultant), consultant.masterKey]]));
  });

  test.each([null, 'junk', { certificate: {} }])('that serves %j does no harm', async (junk) => {
    const trust = await directory(serving(junk, await chainOfPerson(consultant)));
    expect(await trust.certifiedMasterKeys([mxid(consultant)])).toEqual(new Map([[mxid(consultant), consultant.masterKey]]));
  });
});

test('a colleague who was revoked counts no more, for candidates either, though the server goes on to serve their certificate; the candidates they invited still do', async () => {
  const own = await makeTestFirm();
  const leaver = await own.join('Cy', 'consultant');
  const invited = await own.come(own.link(leaver).link);
  const mxids = [mxid(leaver), mxid(invited)];
  expect((await own.partner.trust.certifiedMasterKeys(mxids)).size).toBe(2);
  const certificates = await own.server.certificates([mxid(leaver)]);
  own.clock.pass(86_400_000);
  const { secrets, keys } = own.partner.account;
  const actor = { account: secrets.account, organisation: secrets.organisation, keys };
  const entry = { type: 'revoke', account: leaver.account.secrets.account, reason: 'left' } as const;
  await own.partner.log?.append((state) => makeLogEntry(state, actor, entry, own.clock.now()));
  const fresh = await device.open();
  const log = await openOrganisationLog({ server: own.server, device: fresh, root: secrets.root });
  const newcomer = await openTrustDirectory({ server: own.server, device: fresh, root: secrets.root, log, clock: own.clock });
  const phone = await makeMemoryDevice().open();
  const shown = await openOrganisationLogView({ server: own.server, device: phone, root: secrets.root });
  const [chain] = certificates;
  const serves: AccountServer = { ...own.server, certificates: async (asked) => [...(await own.server.certificates(asked)), ...(asked.includes(mxid(leaver)) ? [chain] : [])] };
  const candidates = await openTrustDirectory({ server: serves, device: phone, root: secrets.root, log: shown, clock: own.clock });
  for (const trust of [own.partner.trust, newcomer, candidates]) {
    expect([...(await trust.certifiedMasterKeys(mxids)).keys()]).toEqual([mxid(invited)]);
  }
});
