import { BatonError } from '@baton/base';
import { beforeAll, describe, expect, test } from 'vitest';
import { restoreAccount } from '../account/openedAccount.ts';
import { stretchPassword } from '../account/password.ts';
import { ready } from '../crypto/sodium.ts';
import { makeMemoryDevice } from '../device/memoryDevice.ts';
import { makeMemoryAccountServer, type MemoryAccountServer } from '../testing/memoryAccountServer.ts';
import { makeTestClock, makeTestFirm, testPassword, type TestFirm } from '../testing/testFirm.ts';
import type { FlowDependencies } from './dependencies.ts';
import { renewRecoveryCode, setPassword } from './password.ts';
import type { AccountServer } from './server.ts';
import { prepareFirm, setUpFirm } from './setUpFirm.ts';
import { signIn, signInWithRecovery } from './signIn.ts';

beforeAll(ready);

const email = 'ada@morgan.test';
const wanted = { firmName: 'Morgan Search', name: 'Ada Morgan', email, password: testPassword };
const offline = async (): Promise<never> => { throw new BatonError('OFFLINE'); };

async function browser(server: AccountServer, clock = makeTestClock()): Promise<FlowDependencies> {
  return { server, device: await makeMemoryDevice().open(), clock, deviceName: 'Firefox on macOS' };
}

describe('setting a firm up', () => {
  test('gives a kit, signs the partner in, and keeps the account on this device', async () => {
    const deps = await browser(makeMemoryAccountServer(makeTestClock()));
    const prepared = await prepareFirm(deps, wanted);
    const { account, matrix } = await setUpFirm(deps, prepared);
    expect(prepared.kit.firmWords).toHaveLength(24);
    expect(prepared.kit.accountWords).toHaveLength(12);
    expect(prepared.kit.fingerprint).toMatch(/^([0-9A-HJKMNP-TV-Z]{4} ){4}[0-9A-HJKMNP-TV-Z]{4}$/);
    expect(matrix.userId).toBe(account.viewer.mxid);
    expect(account.keys.matrixStorageKey).toHaveLength(32);
    expect(await restoreAccount(deps.device)).toEqual(account);
  });

  test('goes on after the answer was lost, and refuses when somebody else was faster', async () => {
    const clock = makeTestClock();
    const server = makeMemoryAccountServer(clock);
    const deps = await browser(server, clock);
    const prepared = await prepareFirm(deps, wanted);
    const losing: AccountServer = { ...server, setUpFirm: async (input) => (await server.setUpFirm(input), await offline()) };
    await expect(setUpFirm({ ...deps, server: losing }, prepared)).rejects.toMatchObject({ code: 'OFFLINE' });
    const { account } = await setUpFirm(deps, prepared);
    expect(account.viewer.accountId).toBe(prepared.input.accountId);
    await expect(setUpFirm(deps, await prepareFirm(deps, wanted))).rejects.toMatchObject({ code: 'ALREADY_SET_UP' });
  });

  test('refuses a weak password before anything is made', async () => {
    const deps = await browser(makeMemoryAccountServer(makeTestClock()));
    await expect(prepareFirm(deps, { ...wanted, password: 'ada morgan' })).rejects.toMatchObject({ code: 'WEAK_PASSWORD', details: { reason: 'personal' } });
  });

  test('leaves neither password, seed nor words with the server', async () => {
    const server = makeMemoryAccountServer(makeTestClock());
    const deps = await browser(server);
    const prepared = await prepareFirm(deps, wanted);
    const { account } = await setUpFirm(deps, prepared);
    const held = server.everything();
    expect(held).toContain(prepared.input.keys.signingKey);
    const secrets = [account.keys.seed, account.keys.matrixStorageKey, account.keys.signing.privateKey, account.keys.box.privateKey];
    const canaries = secrets.flatMap((secret) => (['hex', 'base64', 'base64url'] as const).map((form) => Buffer.from(secret).toString(form)));
    for (const canary of [...canaries, testPassword, prepared.kit.accountWords.join(' ')]) expect(held).not.toContain(canary);
  });
});

describe('signing in', () => {
  let firm: TestFirm;
  let server: MemoryAccountServer;
  beforeAll(async () => {
    await ready();
    firm = await makeTestFirm();
    server = firm.server;
  });

  test('on an empty browser brings the same account', async () => {
    const { account } = await signIn(await browser(server), { email, password: testPassword });
    expect(account.secrets).toEqual(firm.partner.account.secrets);
    expect(account.keys).toEqual(firm.partner.account.keys);
  });

  test('with a wrong password, or as nobody, is refused alike', async () => {
    const deps = await browser(server);
    for (const given of [{ email, password: 'incorrect horse' }, { email: 'nobody@morgan.test', password: testPassword }]) {
      await expect(signIn(deps, given)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    }
    expect(await restoreAccount(deps.device)).toBeNull();
  });

  test('sends nothing to a server that makes stretching cheap', async () => {
    let sent = 0;
    const cheap: AccountServer = {
      ...server,
      passwordParameters: async (of) => ({ ...((await server.passwordParameters(of)) as object), passes: 1, memoryKiB: 1024 }),
      signIn: async (input) => (sent++, await server.signIn(input)),
    };
    await expect(signIn(await browser(cheap), { email, password: testPassword })).rejects.toMatchObject({ code: 'KDF_DOWNGRADE' });
    expect(sent).toBe(0);
  });

  test('to another organisation than the wrap names is refused', async () => {
    const other = await makeTestFirm();
    const swapping: AccountServer = { ...server, signIn: async (input) => ({ ...(await server.signIn(input)), organisation: other.partner.account.organisation }) };
    await expect(signIn(await browser(swapping), { email, password: testPassword })).rejects.toMatchObject({ code: 'WRONG_ROOT' });
  });

  test("with another account's wrap, or none, is refused", async () => {
    const bo = await firm.join('Bo', 'researcher');
    const authKey = (await stretchPassword(testPassword, await server.passwordParameters(email))).authKey;
    const { wraps } = await server.signIn({ email, authKey, deviceName: 'curl' });
    for (const wrong of [wraps, []]) {
      const mixing: AccountServer = { ...server, signIn: async () => ({ viewer: bo.account.viewer, organisation: bo.account.organisation, wraps: wrong, matrix: { token: '', userId: '', deviceId: '' } }) };
      await expect(signIn(await browser(mixing), { email, password: testPassword })).rejects.toMatchObject({ code: 'WRAP_DAMAGED' });
    }
  });

  test('is remembered, sealed, until the device is wiped', async () => {
    const device = makeMemoryDevice();
    const deps = { ...(await browser(server)), device: await device.open() };
    const { account } = await signIn(deps, { email, password: testPassword });
    expect(await restoreAccount(await device.open())).toEqual(account);
    await deps.device.wipe();
    expect(await restoreAccount(await device.open())).toBeNull();
  });
});

describe('losing a password', () => {
  test('the recovery code opens the account and sets a new one; the old one is gone, the code stays', async () => {
    const firm = await makeTestFirm();
    const mine = firm.server.as(firm.partner.account.secrets.account);
    const given = { email, words: firm.kit.accountWords.join('\n'), newPassword: 'quite another sentence' };
    const { account } = await signInWithRecovery(await browser(mine), given);
    expect(account.secrets).toEqual(firm.partner.account.secrets);
    await expect(signIn(await browser(mine), { email, password: testPassword })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    expect((await signIn(await browser(mine), { email, password: given.newPassword })).account.secrets).toEqual(account.secrets);
    await expect(signInWithRecovery(await browser(mine), given)).resolves.toBeDefined();
  });

  test('a word that is none, a code of somebody else and a weak new password are told apart', async () => {
    const firm = await makeTestFirm();
    const deps = await browser(firm.server);
    const words = firm.kit.accountWords.join(' ');
    const attempt = (change: object) => signInWithRecovery(deps, { email, words, newPassword: 'quite another sentence', ...change });
    await expect(attempt({ words: words.replace(/^\w+/, 'qqqqq') })).rejects.toMatchObject({ code: 'RECOVERY_WORD_UNKNOWN', details: { position: 1, word: 'qqqqq' } });
    await expect(attempt({ words: 'legal winner thank year wave sausage worth useful legal winner thank yellow' })).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    await expect(attempt({ newPassword: 'short' })).rejects.toMatchObject({ code: 'WEAK_PASSWORD' });
  });

  test('new words replace the old ones, for whoever knows the password', async () => {
    const firm = await makeTestFirm();
    const { account, server } = firm.partner;
    const deps = { ...(await browser(server)), device: firm.partner.device };
    await expect(renewRecoveryCode(deps, account, { currentPassword: 'not my password' })).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
    const kit = await renewRecoveryCode(deps, account, { currentPassword: testPassword });
    expect(kit.firmWords).toBeNull();
    const recover = async (words: string[]) => signInWithRecovery(await browser(server), { email, words: words.join(' '), newPassword: 'quite another sentence' });
    await expect(recover(firm.kit.accountWords)).rejects.toMatchObject({ code: 'WRONG_CREDENTIALS' });
    expect((await recover(kit.accountWords)).account.secrets).toEqual(account.secrets);
  });
});

describe('setting a password', () => {
  test("a candidate's first one lets them in from any device", async () => {
    const firm = await makeTestFirm();
    const candidate = await firm.come(firm.link().link);
    const deps = { ...(await browser(candidate.server)), device: candidate.device };
    const account = await setPassword(deps, candidate.account, { email: 'lin@example.test', newPassword: 'a quiet lake in May' });
    expect(account.viewer).toMatchObject({ hasPassword: true, email: 'lin@example.test' });
    expect((await restoreAccount(candidate.device))?.viewer.hasPassword).toBe(true);
    const elsewhere = await signIn(await browser(firm.server), { email: 'lin@example.test', password: 'a quiet lake in May' });
    expect(elsewhere.account.secrets).toEqual(candidate.account.secrets);
  });

  test('a change needs the current one', async () => {
    const firm = await makeTestFirm();
    const deps = { ...(await browser(firm.partner.server)), device: firm.partner.device };
    const change = (currentPassword: string) => setPassword(deps, firm.partner.account, { currentPassword, newPassword: 'quite another sentence' });
    await expect(change('not my password')).rejects.toMatchObject({ code: 'WRONG_PASSWORD' });
    await change(testPassword);
    await expect(signIn(await browser(firm.server), { email, password: 'quite another sentence' })).resolves.toBeDefined();
  });
});
