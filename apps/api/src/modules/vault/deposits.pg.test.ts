import { replayProjectLog } from '@baton/vault/verify';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import { enterAsCandidate, openConversation, type TestConversation } from '../../testing/candidates.ts';
import { makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { makeCandidacy, makePerson, makeProject } from '../../testing/records.ts';
import * as vault from '../../testing/signing.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange } from '../../testing/subscribe.ts';
import { beginLog, lineContext, projectStateOf, rosterOf, sendLine, vaultDocuments } from '../../testing/vaults.ts';

let api: TestApi;
let firm: TestFirm;
let partner: TestPerson;
let lead: TestPerson;
let researcher: TestPerson;
let outsider: TestPerson;
let stranger: TestPerson;
let candidate: TestPerson;
let projectId: string;
let conversation: TestConversation;
let teamRoom: string;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  partner = firm.partner;
  lead = await firm.addMember('CONSULTANT');
  researcher = await firm.addMember('RESEARCHER');
  outsider = await firm.addMember('CONSULTANT');
  stranger = (await makeFirm(api)).partner;
});
beforeEach(async () => {
  projectId = (await makeProject(lead.client)).id;
  teamRoom = await beginLog(api, firm, lead, projectId, rosterOf([lead], [researcher]));
  conversation = await newConversation();
  candidate = await enterAsCandidate(api, firm, conversation);
});
afterAll(() => api.close());

const newConversation = async (): Promise<TestConversation> =>
  openConversation(api, firm, lead, (await makeCandidacy(lead.client, (await makePerson(lead.client)).id, projectId)).id);
const of = (sessionId: string, { roomId = conversation.roomId, epoch = 1, sealed = `sealed ${sessionId}` } = {}) => ({ roomId, sessionId, epoch, sealed });
const input = (deposits: object[]) => ({ input: { projectId, deposits } });
const deposit = async (person: TestPerson, ...deposits: object[]) => (await person.client.must(vaultDocuments.deposit, input(deposits)))['depositSessions'];
const denied = async (person: TestPerson, ...deposits: object[]) => (await person.client.ask(vaultDocuments.deposit, input(deposits))).codes;
const read = async (person: TestPerson, after = 0) => (await person.client.must(vaultDocuments.deposits, { id: projectId, after }))['project']?.vault.deposits as Record<string, unknown>[] | undefined;
const check = async (person: TestPerson, ...checks: { number: number; reachesFirst: boolean }[]) => (await person.client.must(vaultDocuments.check, { input: { projectId, checks } }))['checkDeposits'];
const rotateTo = async (...members: TestPerson[]) => {
  const line = vault.makeRotation(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId), rosterOf([lead], members));
  expect((await sendLine(lead.client, projectId, line)).userErrors).toEqual([]);
};
const kept = { deposited: true, userErrors: [] };

describe('depositSessions', () => {
  test('keeps what the roster reads, in order and from where one has it', async () => {
    expect(await deposit(lead, of('one'), of('two', { roomId: teamRoom }))).toEqual(kept);
    expect(await deposit(candidate, of('three'))).toEqual(kept);
    const all = await read(researcher);
    expect(all).toEqual([
      { number: 1, roomId: conversation.roomId, sessionId: 'one', depositorId: lead.accountId, epoch: 1, sealed: 'sealed one' },
      { number: 2, roomId: teamRoom, sessionId: 'two', depositorId: lead.accountId, epoch: 1, sealed: 'sealed two' },
      { number: 3, roomId: conversation.roomId, sessionId: 'three', depositorId: candidate.accountId, epoch: 1, sealed: 'sealed three' },
    ]);
    expect(await read(lead, 2)).toEqual(all?.slice(2));
  });

  test('keeps each depositor’s own copy, and the newer of two under a new number', async () => {
    await deposit(lead, of('one', { sealed: 'first' }), of('two'));
    await deposit(researcher, of('one', { sealed: 'theirs' }));
    await deposit(lead, of('one', { sealed: 'older' }), of('one', { sealed: 'newest' }));
    expect((await read(lead))?.map(({ number, depositorId, sealed }) => [number, depositorId, sealed])).toEqual([
      [2, lead.accountId, 'sealed two'], [3, researcher.accountId, 'theirs'], [4, lead.accountId, 'newest'],
    ]);
  });

  test('lets nobody take back a copy that another member has found whole', async () => {
    await deposit(lead, of('good', { sealed: 'whole' }), of('bad', { sealed: 'garbage' }));
    await check(researcher, { number: 1, reachesFirst: true }, { number: 2, reachesFirst: false });
    expect(await deposit(lead, of('good', { sealed: 'sabotage' }), of('bad', { sealed: 'mended' }))).toEqual(kept);
    expect((await read(lead))?.map(({ number, sealed }) => [number, sealed])).toEqual([[1, 'whole'], [3, 'mended']]);
  });

  test('numbers without a gap, however many deposit at once', async () => {
    const sessions = Array.from({ length: 20 }, (_, at) => `s${at}`);
    await Promise.all(sessions.map((session, at) => deposit([lead, researcher, candidate][at % 3]!, of(session))));
    expect((await read(lead))?.map(({ number }) => number)).toEqual(sessions.map((_, at) => at + 1));
  });

  test('refuses what is not sealed to the newest key, all of it', async () => {
    await rotateTo(researcher);
    const outdated = { deposited: false, userErrors: [{ code: 'EPOCH_OUTDATED', field: 'deposits' }] };
    expect(await deposit(candidate, of('new', { epoch: 2 }), of('old'))).toEqual(outdated);
    expect(await deposit(lead, of('ahead', { epoch: 3 }))).toEqual(outdated);
    expect(await read(lead)).toEqual([]);
    expect(await deposit(candidate, of('new', { epoch: 2 }))).toEqual(kept);
  });

  test.each<[string, () => object[], { code: string; field: string }]>([
    ['more than 100', () => Array.from({ length: 101 }, (_, at) => of(`s${at}`)), { code: 'TOO_MANY', field: 'deposits' }],
    ['one without a seal', () => [of('one'), of('two', { sealed: ' ' })], { code: 'REQUIRED', field: 'deposits.1.sealed' }],
    ['one that is too long', () => [of('one', { sealed: 'x'.repeat(16_385) })], { code: 'TOO_LONG', field: 'deposits.0.sealed' }],
    ['a session’s name that is too long', () => [of('x'.repeat(101))], { code: 'TOO_LONG', field: 'deposits.0.sessionId' }],
  ])('refuses %s', async (_what, deposits, error) => {
    expect(await deposit(lead, ...deposits())).toEqual({ deposited: false, userErrors: [error] });
    expect(await read(lead)).toEqual([]);
  });

  test('takes 100 at once', async () => {
    expect(await deposit(lead, ...Array.from({ length: 100 }, (_, at) => of(`s${at}`)))).toEqual(kept);
  });

  test('is for rooms of the project', async () => {
    const elsewhere = await beginLog(api, firm, lead, (await makeProject(lead.client)).id);
    expect(await denied(lead, of('one'), of('two', { roomId: elsewhere }))).toEqual(['NOT_FOUND']);
    expect(await read(lead)).toEqual([]);
  });

  test('of a project without a log finds nothing', async () => {
    projectId = (await makeProject(lead.client)).id;
    expect(await denied(lead, of('one'))).toEqual(['NOT_FOUND']);
  });

  test('a candidate leaves sessions of their own conversation alone, while they are in it', async () => {
    const other = await newConversation();
    expect(await denied(candidate, of('one', { roomId: other.roomId }))).toEqual(['NOT_FOUND']);
    expect(await denied(candidate, of('one', { roomId: teamRoom }))).toEqual(['NOT_FOUND']);
    expect(await deposit(candidate, of('one'))).toEqual(kept);
    await candidate.client.must('mutation ($id: ID!) { leaveConversation(input: { conversationId: $id }) { userErrors { code } } }', { id: conversation.id });
    expect(await denied(candidate, of('two'))).toEqual(['NOT_FOUND']);
  });

  test('whoever is not on the project leaves none: a partner, an outsider, another firm, a former member', async () => {
    await rotateTo();
    for (const person of [partner, outsider, stranger, researcher]) expect(await denied(person, of('one', { epoch: 2 }))).toEqual(['NOT_FOUND']);
    expect((await api.client().ask(vaultDocuments.deposit, input([of('one')]))).codes).toEqual(['UNAUTHENTICATED']);
  });

  test('is told to the roster, once for a burst, and to nobody else', async () => {
    const burst = async () => {
      for (const session of ['one', 'two', 'three']) await deposit(lead, of(session));
    };
    expect(await nextChange(api, testOrigin, researcher.client.cookie(), burst)).toEqual({ change: { topic: 'VAULT', id: projectId } });
    for (const person of [partner, outsider, candidate]) expect(await nextChange(api, testOrigin, person.client.cookie(), burst)).toEqual({ silent: true });
    const told: unknown[] = [];
    const off = api.services.changes.subscribe(firm.organisationId, (event) => void told.push(event.topic));
    await burst();
    await expect.poll(() => told).toEqual(['VAULT']);
    off();
  });
});

describe('deposits are read', () => {
  test('by who is on the project now', async () => {
    await deposit(lead, of('one'));
    expect([(await read(lead))?.length, (await read(researcher))?.length, (await read(partner))?.length]).toEqual([1, 1, 0]);
    await rotateTo();
    expect([await read(researcher), await read(outsider), await read(stranger)]).toEqual([undefined, undefined, undefined]);
    expect((await candidate.client.ask(vaultDocuments.deposits, { id: projectId })).codes).toEqual(['FORBIDDEN']);
  });

  test('in pages of 500 at most', async () => {
    const page = (first: number) => lead.client.ask('query ($id: ID!, $first: Int!) { project(id: $id) { vault { deposits(first: $first) { number } } } }', { id: projectId, first });
    await deposit(lead, of('one'), of('two'));
    expect((await page(1)).data?.['project'].vault.deposits).toEqual([{ number: 1 }]);
    expect((await page(501)).errors[0]?.extensions).toMatchObject({ code: 'BAD_REQUEST', refusal: 'OUT_OF_RANGE' });
  });

  test('of the rooms that were deposited to last first, each room whole, as many as hold so many', async () => {
    const newest = async (person: TestPerson, first: number) => {
      const answer = await person.client.ask('query ($id: ID!, $first: Int!) { project(id: $id) { vault { newestDeposits(first: $first) { number roomId } } } }', { id: projectId, first });
      return answer.data?.['project']?.vault.newestDeposits.map(({ number, roomId }: { number: number; roomId: string }) => [number, roomId]);
    };
    const later = await newConversation();
    await deposit(lead, of('one'), of('two', { roomId: later.roomId }), of('three', { roomId: teamRoom }), of('four', { roomId: later.roomId }), of('five'));
    const [room, second, third] = [[[1, conversation.roomId], [5, conversation.roomId]], [[2, later.roomId], [4, later.roomId]], [[3, teamRoom]]];
    expect(await newest(researcher, 10)).toEqual([...room, ...second, ...third]);
    expect(await newest(researcher, 4)).toEqual([...room, ...second]);
    expect(await newest(researcher, 3)).toEqual(room);
    expect(await newest(researcher, 1)).toEqual([]);
    expect(await newest(partner, 10)).toEqual([]);
    expect(await newest(outsider, 10)).toBeUndefined();
    expect((await candidate.client.ask('query ($id: ID!) { project(id: $id) { vault { newestDeposits(first: 1) { number } } } }', { id: projectId })).codes).toEqual(['FORBIDDEN']);
  });

  test('by a successor, from before they came, with the log that opens them', async () => {
    await deposit(candidate, of('one'));
    const handover = vault.makeHandover(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId), { from: lead.accountId, to: outsider.accountId });
    await sendLine(lead.client, projectId, handover, 'handOver');
    expect((await read(outsider))?.map(({ sealed, epoch }) => [sealed, epoch])).toEqual([['sealed one', 1]]);
    const { log } = (await outsider.client.must('query ($id: ID!) { project(id: $id) { vault { log } } }', { id: projectId }))['project'].vault;
    const { organisation } = await lineContext(api, firm, outsider);
    const opened = vault.openEpochs(replayProjectLog(log, organisation, projectId), { id: outsider.accountId, box: outsider.keys.box });
    expect(opened.keys.map(({ number }) => number)).toEqual([1, 2]);
  });
});

describe('checkDeposits', () => {
  const whole = async () => (await api.sql`select number, checker_id, reaches_first from vault_checks where project_id = ${projectId} order by number`).map((row) => [row['number'], row['checker_id'], row['reaches_first']]);
  const passed = { checked: true, userErrors: [] };

  test('keeps what members find in deposits of others; what they say later counts', async () => {
    await deposit(lead, of('one'));
    await deposit(candidate, of('two'));
    expect(await check(researcher, { number: 1, reachesFirst: true }, { number: 2, reachesFirst: false })).toEqual(passed);
    expect(await check(lead, { number: 2, reachesFirst: true })).toEqual(passed);
    expect(await check(researcher, { number: 2, reachesFirst: true }, { number: 2, reachesFirst: false })).toEqual(passed);
    expect(await whole()).toEqual(expect.arrayContaining([[1, researcher.accountId, true], [2, researcher.accountId, false], [2, lead.accountId, true]]));
  });

  test('passes over one’s own, replaced ones and numbers that nobody has', async () => {
    await deposit(lead, of('one'));
    await check(researcher, { number: 1, reachesFirst: false });
    await deposit(lead, of('one', { sealed: 'anew' }));
    expect(await check(researcher, { number: 1, reachesFirst: true }, { number: 99, reachesFirst: true })).toEqual(passed);
    expect(await check(lead, { number: 2, reachesFirst: true })).toEqual(passed);
    expect(await whole()).toEqual([]);
  });

  test('is for who is on the project', async () => {
    await deposit(lead, of('one'));
    const variables = { input: { projectId, checks: [{ number: 1, reachesFirst: true }] } };
    for (const person of [partner, outsider, stranger]) expect((await person.client.ask(vaultDocuments.check, variables)).codes).toEqual(['NOT_FOUND']);
    expect((await candidate.client.ask(vaultDocuments.check, variables)).codes).toEqual(['FORBIDDEN']);
    expect(await whole()).toEqual([]);
  });

  test('takes 100 at once', async () => {
    expect(await check(lead, ...Array.from({ length: 101 }, (_, at) => ({ number: at, reachesFirst: true })))).toEqual({ checked: false, userErrors: [{ code: 'TOO_MANY', field: 'checks' }] });
  });
});

describe('row-level security', () => {
  const as = ({ accountId: account, organisationId: organisation }: TestPerson, role: string) => ({ account, organisation, role });

  test('shows deposits to the roster alone, without a WHERE', async () => {
    await deposit(candidate, of('one'));
    const seen = async (person: TestPerson, role: string) => (await asRole(api, as(person, role), (sql) => sql`select project_id from vault_deposits`)).some((row) => row['project_id'] === projectId);
    expect([await seen(lead, 'CONSULTANT'), await seen(researcher, 'RESEARCHER')]).toEqual([true, true]);
    expect([await seen(partner, 'PARTNER'), await seen(outsider, 'CONSULTANT'), await seen(candidate, 'CANDIDATE'), await seen(stranger, 'PARTNER'), await seen(lead, '')]).toEqual([false, false, false, false, false]);
    await rotateTo();
    expect(await seen(researcher, 'RESEARCHER')).toBe(false);
  });

  test('lets nobody write deposits and checks by hand', async () => {
    await deposit(candidate, of('one'));
    for (const [person, role] of [[lead, 'CONSULTANT'], [candidate, 'CANDIDATE']] as const) {
      const insert = asRole(api, as(person, role), (sql) => sql`
        insert into vault_deposits (organisation_id, project_id, room_id, session_id, depositor_id, number, epoch, sealed)
        values (${firm.organisationId}, ${projectId}, ${conversation.roomId}, 'x', ${person.accountId}, 9, 1, 'x')`);
      await expect(insert).rejects.toThrow(/row-level security/);
      expect(await asRole(api, as(person, role), (sql) => sql`delete from vault_deposits returning 1`)).toEqual([]);
      const checks = asRole(api, as(person, role), (sql) => sql`
        insert into vault_checks (organisation_id, project_id, number, checker_id, reaches_first) values (${firm.organisationId}, ${projectId}, 1, ${person.accountId}, true)`);
      await expect(checks).rejects.toThrow(/row-level security/);
    }
  });
});
