import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { claimAsCandidate, openConversation } from '../../testing/candidates.ts';
import type { TestClient } from '../../testing/client.ts';
import { certificateOf, makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { authKeyOf, passwordInput, recoveryInput } from '../../testing/passwords.ts';
import { makeCandidacy, makePerson, makeProject } from '../../testing/records.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange } from '../../testing/subscribe.ts';

let api: TestApi;
let firm: TestFirm;
let person: TestPerson;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
});
beforeEach(async () => {
  person = await firm.addMember('CONSULTANT');
});
afterAll(() => api.close());

const signedIn = 'signedIn { viewer { account { id email } session { id deviceName matrixDeviceId } } wraps { kind } matrix { token userId deviceId } }';
const signIn = `mutation ($input: SignInInput!) { signIn(input: $input) { ${signedIn} userErrors { code field } } }`;
const signInWithRecovery = `mutation ($input: SignInWithRecoveryInput!) { signInWithRecovery(input: $input) { ${signedIn} userErrors { code field } } }`;
const setPassword = 'mutation ($input: SetPasswordInput!) { setPassword(input: $input) { account { email hasPassword } userErrors { code field } } }';
const sessions = '{ sessions { id deviceName current } }';
const endSession = 'mutation ($id: ID!) { endSession(input: { sessionId: $id }) { endedSessionId userErrors { code } } }';
const credentials = (password = 'correct horse', email = person.email) => ({ input: { email, authKey: authKeyOf(password), deviceName: 'Edge on Windows' } });

async function secondBrowser(): Promise<TestClient> {
  const client = api.client();
  await client.must(signIn, credentials());
  return client;
}

describe('signIn', () => {
  test('opens a session with its own Matrix device, whatever case the address was typed in', async () => {
    const client = api.client();
    const { signIn: answer } = await client.must(signIn, credentials('correct horse', ` ${person.email.toUpperCase()} `));
    expect(answer.userErrors).toEqual([]);
    expect(answer.signedIn).toMatchObject({ viewer: { account: { id: person.accountId }, session: { deviceName: 'Edge on Windows' } }, wraps: [{ kind: 'PASSWORD' }, { kind: 'RECOVERY' }], matrix: { userId: person.mxid } });
    expect(answer.signedIn.matrix.deviceId).toBe(answer.signedIn.viewer.session.matrixDeviceId);
    expect((await client.must('{ viewer { account { id } } }')).viewer.account.id).toBe(person.accountId);
  });

  test('sets a cookie that script can not read and other sites can not send, and keeps only its hash', async () => {
    const response = await api.app.inject({ method: 'POST', url: '/graphql', payload: { query: signIn, variables: credentials() } });
    const cookie = String(response.headers['set-cookie']);
    expect(cookie).toMatch(/^baton=[\w-]{43}; .*Path=\/; HttpOnly; SameSite=Strict$/);
    const token = cookie.slice('baton='.length, 'baton='.length + 43);
    const dump = JSON.stringify(await api.sql`select s::text as row from sessions s`);
    expect(dump).not.toContain(token);
  });

  test('answers the same to a wrong password and to an address that nobody has', async () => {
    const answers = await Promise.all([credentials('wrong'), credentials('correct horse', 'nobody@example.com')].map((variables) => api.client().must(signIn, variables)));
    expect(answers[0]).toEqual({ signIn: { signedIn: null, userErrors: [{ code: 'WRONG_CREDENTIALS', field: null }] } });
    expect(answers[1]).toEqual(answers[0]);
  });

  test('is throttled for an account, from however many addresses it is tried, and says for how long', async () => {
    let last = { codes: [] as string[], errors: [] as { extensions?: Record<string, unknown> }[] };
    for (let i = 0; i < 12; i += 1) last = await api.client().ask(signIn, credentials('a guess'));
    expect(last.codes).toEqual(['THROTTLED']);
    expect(last.errors[0]?.extensions?.['seconds']).toBeGreaterThan(0);
    expect((await api.client().ask(signIn, credentials())).codes).toEqual(['THROTTLED']);
    expect((await api.client().ask(signIn, credentials('correct horse', firm.partner.email))).codes).toEqual([]);
  });

  test('does not let somebody in who has left the firm', async () => {
    await api.sql`update accounts set ended_at = now() where id = ${person.accountId}`;
    expect((await api.client().must(signIn, credentials())).signIn.userErrors).toEqual([{ code: 'WRONG_CREDENTIALS', field: null }]);
    expect((await person.client.must('{ viewer { account { id } } }')).viewer).toBeNull();
  });

  test('on a browser where somebody was signed in signs them out', async () => {
    await person.client.must(signIn, credentials('correct horse', firm.partner.email));
    expect(await api.sql`select 1 from sessions where account_id = ${person.accountId} and ended_at is null`).toHaveLength(0);
  });
});

describe('passwordParameters', () => {
  const parameters = 'query ($email: String!) { passwordParameters(email: $email) { algorithm passes memoryKiB parallelism salt } }';
  test('of an address that nobody has look like any other, and stay the same', async () => {
    const ask = async (email: string) => (await api.client().must(parameters, { email })).passwordParameters;
    const [known, unknown, again, other] = [await ask(person.email), await ask('nobody@example.com'), await ask(' Nobody@Example.com'), await ask('other@example.com')];
    expect(unknown).toEqual(again);
    expect(unknown.salt).not.toBe(other.salt);
    expect({ ...unknown, salt: '' }).toEqual({ ...known, salt: '' });
    expect(Buffer.from(unknown.salt, 'base64url')).toHaveLength(16);
  });
});

describe('signInWithRecovery', () => {
  test('lets the person set a new password within ten minutes, and not later', async () => {
    const client = api.client();
    const { signInWithRecovery: answer } = await client.must(signInWithRecovery, credentials('twelve words'));
    expect(answer.signedIn.viewer.account.id).toBe(person.accountId);
    const { setPassword: changed } = await client.must(setPassword, { input: { password: passwordInput('new one') } });
    expect(changed).toEqual({ account: { email: person.email, hasPassword: true }, userErrors: [] });
    expect((await api.client().must(signIn, credentials())).signIn.userErrors[0].code).toBe('WRONG_CREDENTIALS');
    expect((await api.client().must(signIn, credentials('new one'))).signIn.userErrors).toEqual([]);

    api.clock.advance(11 * 60_000);
    expect((await client.must(setPassword, { input: { password: passwordInput('newer') } })).setPassword.userErrors).toEqual([{ code: 'WRONG_PASSWORD', field: 'currentAuthKey' }]);
  });

  test('refuses a wrong code', async () => {
    expect((await api.client().must(signInWithRecovery, credentials('other words'))).signInWithRecovery.userErrors).toEqual([{ code: 'RECOVERY_CODE_WRONG', field: null }]);
  });
});

describe('setPassword', () => {
  test('wants the current one, and keeps a member\'s address', async () => {
    const change = async (currentAuthKey: string | null) => (await person.client.must(setPassword, { input: { email: 'new@example.com', password: passwordInput('new one'), currentAuthKey, recovery: recoveryInput('new words') } })).setPassword;
    expect((await change(null)).userErrors).toEqual([{ code: 'WRONG_PASSWORD', field: 'currentAuthKey' }]);
    expect((await change(authKeyOf('wrong'))).userErrors).toEqual([{ code: 'WRONG_PASSWORD', field: 'currentAuthKey' }]);
    expect(await change(authKeyOf('correct horse'))).toEqual({ account: { email: person.email, hasPassword: true }, userErrors: [] });
    expect((await api.client().must(signInWithRecovery, credentials('new words'))).signInWithRecovery.userErrors).toEqual([]);
    expect((await api.client().must(signInWithRecovery, credentials('twelve words'))).signInWithRecovery.userErrors).toHaveLength(1);
  });

  test('refuses parameters that are cheaper than ours', async () => {
    const password = passwordInput('new one');
    const { setPassword: refused } = await person.client.must(setPassword, { input: { currentAuthKey: authKeyOf('correct horse'), password: { ...password, parameters: { ...password.parameters, memoryKiB: 1024 } } } });
    expect(refused.userErrors).toEqual([{ code: 'WEAK_PARAMETERS', field: 'password.parameters' }]);
  });

  test('gives a candidate their first one, under an address that nobody has', async () => {
    const project = await makeProject(firm.partner.client);
    const conversation = await openConversation(api, firm, firm.partner, (await makeCandidacy(firm.partner.client, (await makePerson(firm.partner.client)).id, project.id)).id);
    const candidate = await claimAsCandidate(api, firm, conversation.invitation);
    const first = async (email: string | null) => (await candidate.client.must(setPassword, { input: { email, password: passwordInput('my first'), recovery: recoveryInput('words') } })).setPassword;
    expect((await first(null)).userErrors).toEqual([{ code: 'INVALID_EMAIL', field: 'email' }]);
    expect((await first(person.email)).userErrors).toEqual([{ code: 'EMAIL_TAKEN', field: 'email' }]);
    expect(await first('Siyuan@Example.com')).toEqual({ account: { email: 'siyuan@example.com', hasPassword: true }, userErrors: [] });
    const other = api.client();
    await other.must(signIn, credentials('my first', 'siyuan@example.com'));
    expect((await other.must('{ conversations { id } }')).conversations).toEqual([{ id: conversation.id }]);
    expect((await candidate.client.must(setPassword, { input: { password: passwordInput('again') } })).setPassword.userErrors).toEqual([{ code: 'WRONG_PASSWORD', field: 'currentAuthKey' }]);
  });
});

describe('sessions', () => {
  test('are listed, this one first, and end from afar with their Matrix device and subscription', async () => {
    const other = await secondBrowser();
    const { sessions: listed } = await person.client.must(sessions);
    expect(listed.map((each: { deviceName: string; current: boolean }) => [each.deviceName, each.current])).toEqual([['Firefox on Linux', true], ['Edge on Windows', false]]);
    const before = [...(api.matrix.users.get(person.mxid)?.devices ?? [])];
    const heard = await nextChange(api, testOrigin, other.cookie(), async () => {
      expect((await person.client.must(endSession, { id: listed[1].id })).endSession).toEqual({ endedSessionId: listed[1].id, userErrors: [] });
    });
    expect(heard).toEqual({ closed: 4401 });
    expect((await other.ask(sessions)).codes).toEqual(['UNAUTHENTICATED']);
    expect(before).toHaveLength(2);
    // The runner's own sweep may have taken the task a moment before.
    await expect.poll(() => api.matrix.users.get(person.mxid)?.devices.size).toBe(1);
    expect((await person.client.must(endSession, { id: listed[1].id })).endSession.userErrors).toEqual([{ code: 'SESSION_UNKNOWN' }]);
  });

  test('end at once though the homeserver is down; the device follows', async () => {
    const other = await secondBrowser();
    const [, session] = (await person.client.must(sessions)).sessions;
    api.matrix.down = true;
    await person.client.must(endSession, { id: session.id }).finally(() => (api.matrix.down = false));
    expect((await other.must('{ viewer { account { id } } }')).viewer).toBeNull();
    expect(api.matrix.users.get(person.mxid)?.devices.size).toBe(2);
    api.clock.advance(10_000);
    await api.services.matrixTasks.run();
    expect(api.matrix.users.get(person.mxid)?.devices.size).toBe(1);
  });

  test('end with signOut, which clears the cookie', async () => {
    await person.client.must('mutation { signOut { signedOut } }');
    expect(person.client.cookie()).toBe('');
    expect((await person.client.must('{ viewer { account { id } } }')).viewer).toBeNull();
    expect(await api.sql`select 1 from sessions where account_id = ${person.accountId} and ended_at is null`).toHaveLength(0);
  });

  test('remember when they were last seen, at most once a minute', async () => {
    const seen = async (): Promise<Date> => (await api.sql`select last_seen_at from sessions where account_id = ${person.accountId}`)[0]?.['last_seen_at'] as Date;
    const first = await seen();
    await person.client.must(sessions);
    expect(await seen()).toEqual(first);
    api.clock.advance(61_000);
    await person.client.must(sessions);
    expect((await seen()).getTime()).toBeGreaterThan(first.getTime() + 60_000);
  });
});

describe('matrixLogin', () => {
  test('gives this browser a fresh token for the device it has', async () => {
    const { viewer } = await person.client.must('{ viewer { session { matrixDeviceId } } }');
    const { matrixLogin } = await person.client.must('mutation { matrixLogin { matrix { token userId deviceId } userErrors { code } } }');
    expect(matrixLogin.matrix).toMatchObject({ userId: person.mxid, deviceId: viewer.session.matrixDeviceId });
  });
});

describe('publishCertificate', () => {
  const publish = 'mutation ($certificate: Statement!) { publishCertificate(input: { certificate: $certificate }) { account { id } userErrors { code } } }';
  const codeOf = async (certificate: unknown) => (await person.client.must(publish, { certificate })).publishCertificate.userErrors[0]?.code ?? 'OK';

  test('takes a newer one, and no older, foreign or damaged one', async () => {
    expect(await codeOf(certificateOf(api, person, 2))).toBe('OK');
    expect(await codeOf(certificateOf(api, person, 2))).toBe('CERTIFICATE_OUTDATED');
    expect(await codeOf(certificateOf(api, firm.partner, 3))).toBe('STATEMENT_INVALID');
    const damaged = certificateOf(api, person, 3);
    damaged.statement.matrixMasterKey = Buffer.alloc(32, 99).toString('base64').replace(/=+$/, '');
    expect(await codeOf(damaged)).toBe('STATEMENT_INVALID');
    expect(await codeOf({})).toBe('STATEMENT_INVALID');
  });

  test('shows it to colleagues with the chain up to the root', async () => {
    const { certificates } = await firm.partner.client.must('query ($mxids: [String!]!) { certificates(mxids: $mxids) }', { mxids: [person.mxid, '@m-unknown:baton.test'] });
    expect(certificates).toHaveLength(1);
    expect(certificates[0]).toMatchObject({ certificate: { statement: { mxid: person.mxid } }, invitation: { statement: { inviter: firm.partner.accountId } }, inviter: { certificate: { statement: { account: firm.partner.accountId } }, invitation: null } });
  });
});

describe('updateProfile', () => {
  test('renames the person here and at the homeserver', async () => {
    const { updateProfile } = await person.client.must('mutation { updateProfile(input: { name: "  林悦  " }) { account { name } userErrors { code } } }');
    expect(updateProfile.account.name).toBe('林悦');
    expect(api.matrix.users.get(person.mxid)?.displayName).toBe('林悦');
  });

  test.each([[' ', 'REQUIRED'], ['🦄', 'NAME_NEEDS_LETTER']])('refuses one that says nothing (%j)', async (name, code) => {
    const { updateProfile } = await person.client.must('mutation ($name: String!) { updateProfile(input: { name: $name }) { userErrors { code field } } }', { name });
    expect(updateProfile.userErrors).toEqual([{ code, field: 'name' }]);
  });
});
