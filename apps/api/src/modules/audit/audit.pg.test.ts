import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import { claimAsCandidate, enterAsCandidate, openConversation } from '../../testing/candidates.ts';
import type { TestClient } from '../../testing/client.ts';
import { appendLog, makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { authKeyOf, passwordInput, recoveryInput } from '../../testing/passwords.ts';
import { makeCandidacy, makePerson, makeProject, recordDocuments } from '../../testing/records.ts';
import * as vault from '../../testing/signing.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;
let partner: TestPerson;
let lead: TestPerson;

beforeAll(async () => {
  api = await startTestApi();
  await vault.ready();
});
beforeEach(async () => {
  firm = await makeFirm(api);
  partner = firm.partner;
  lead = await firm.addMember('CONSULTANT');
});
afterAll(() => api.close());

const document = `query ($first: Int!, $after: String) { auditLog(first: $first, after: $after) {
  totalCount brokenAt pageInfo { hasNextPage hasPreviousPage endCursor }
  edges { cursor node { seq recordedAt actorId kind subjects previousHash hash } } } }`;

interface Entry {
  seq: number;
  recordedAt: string;
  actorId: string;
  kind: string;
  subjects: string[];
  previousHash: string | null;
  hash: string;
}

/** The whole log, oldest first. */
async function entries(): Promise<Entry[]> {
  const { auditLog } = await partner.client.must(document, { first: 200 });
  return auditLog.edges.map((edge: { node: Entry }) => edge.node).reverse();
}

/** What an act left in the log: `KIND by subjects`, oldest first. */
async function left(act: () => unknown): Promise<[kind: string, actor: string, ...subjects: string[]][]> {
  const { length } = await entries();
  await act();
  return (await entries()).slice(length).map(({ kind, actorId, subjects }) => [kind, actorId, ...subjects]);
}

/** What the ids of the newest page stand for. */
const namesOf = async (person: TestPerson, first: number): Promise<Record<string, string>> => {
  const { auditLog } = await person.client.must('query ($first: Int!) { auditLog(first: $first) { names { id name } } }', { first });
  return Object.fromEntries(auditLog.names.map(({ id, name }: { id: string; name: string }) => [id, name]));
};

const mutation = (client: TestClient, name: string, input: object, result = 'userErrors { code }') =>
  client.must(`mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { ${result} } }`, { input });
const sessionsOf = async (person: TestPerson): Promise<string[]> => (await person.client.must('{ sessions { id } }'))['sessions'].map((session: { id: string }) => session.id);
const idOf = async (table: string, column: string, value: string): Promise<string> => (await api.sql`select id from ${api.sql(table)} where ${api.sql(column)} = ${value} order by created_at desc limit 1`)[0]?.['id'] as string;

async function newConversation() {
  const project = await makeProject(lead.client);
  const candidacy = await makeCandidacy(lead.client, (await makePerson(lead.client)).id, project.id);
  return openConversation(api, firm, lead, candidacy.id);
}

describe('the log holds', () => {
  test('that somebody signed in, with what, and out again', async () => {
    const browser = api.client();
    const credentials = { email: lead.email, authKey: authKeyOf('correct horse'), deviceName: 'x' };
    const signedIn = await left(() => mutation(browser, 'signIn', credentials));
    const session = await idOf('sessions', 'account_id', lead.accountId);
    expect(signedIn).toEqual([['SIGNED_IN', lead.accountId, session]]);
    expect(await left(() => browser.must('mutation { signOut { signedOut } }'))).toEqual([['SIGNED_OUT', lead.accountId, session]]);
    const recovered = await left(() => mutation(browser, 'signInWithRecovery', { ...credentials, authKey: authKeyOf('twelve words') }));
    expect(recovered).toEqual([['SIGNED_IN_WITH_RECOVERY', lead.accountId, await idOf('sessions', 'account_id', lead.accountId)]]);
  });

  test('that a session was ended from afar, by its owner or by a partner', async () => {
    const other = api.client();
    await mutation(other, 'signIn', { email: lead.email, authKey: authKeyOf('correct horse'), deviceName: 'x' });
    const [own, second] = await sessionsOf(lead);
    expect(await left(() => mutation(lead.client, 'endSession', { sessionId: second }))).toEqual([['SESSION_ENDED', lead.accountId, second, lead.accountId]]);
    expect(await left(() => mutation(partner.client, 'endMemberSessions', { memberId: lead.accountId }))).toEqual([['SESSION_ENDED', partner.accountId, own, lead.accountId]]);
  });

  test('that a password and a recovery code were set', async () => {
    const input = { password: passwordInput('battery staple'), currentAuthKey: authKeyOf('correct horse') };
    expect(await left(() => mutation(lead.client, 'setPassword', input))).toEqual([['PASSWORD_SET', lead.accountId]]);
    const both = { ...input, currentAuthKey: authKeyOf('battery staple'), recovery: recoveryInput('other words') };
    expect(await left(() => mutation(lead.client, 'setPassword', both))).toEqual([['PASSWORD_SET', lead.accountId], ['RECOVERY_CODE_SET', lead.accountId]]);
  });

  test('that a colleague was invited, came, got another role, and left with what they had begun', async () => {
    let colleague = lead;
    const came = await left(async () => void (colleague = await firm.addMember('PARTNER')));
    const invitation = await idOf('invitations', 'claimed_by', colleague.accountId);
    const session = await idOf('sessions', 'account_id', colleague.accountId);
    expect(came).toEqual([['COLLEAGUE_INVITED', partner.accountId, invitation], ['INVITATION_CLAIMED', colleague.accountId, invitation], ['SIGNED_IN', colleague.accountId, session]]);

    const inviter = { account: colleague.accountId, organisation: firm.organisationId, root: firm.root.fingerprint, keys: colleague.keys };
    const begun = vault.makeInvitation(inviter, { for: { kind: 'colleague', role: 'researcher' }, now: api.clock.now() });
    await mutation(colleague.client, 'inviteColleague', { invitation: begun.invitation, inviteeName: 'x', sealedSecret: 'x' });
    expect(await left(() => appendLog(api, partner, { type: 'role', account: lead.accountId, role: 'researcher' }))).toEqual([['ROLE_SET_RESEARCHER', partner.accountId, lead.accountId]]);
    expect(await left(() => appendLog(api, partner, { type: 'revoke', account: colleague.accountId, reason: 'left' }))).toEqual([
      ['MEMBER_REVOKED', partner.accountId, colleague.accountId],
      ['INVITATION_REVOKED', partner.accountId, begun.id],
      ['SESSION_ENDED', partner.accountId, session, colleague.accountId],
    ]);
  });

  test('that an invitation was taken back, once', async () => {
    const made = vault.makeInvitation(
      { account: partner.accountId, organisation: firm.organisationId, root: firm.root.fingerprint, keys: partner.keys }, { for: { kind: 'colleague', role: 'partner' }, now: api.clock.now() },
    );
    await mutation(partner.client, 'inviteColleague', { invitation: made.invitation, inviteeName: 'x', sealedSecret: 'x' });
    const revoke = () => mutation(partner.client, 'revokeInvitation', { invitationId: made.id });
    expect(await left(revoke)).toEqual([['INVITATION_REVOKED', partner.accountId, made.id]]);
    expect(await left(revoke)).toEqual([]);
  });

  test('who came to a project and who went', async () => {
    const researcher = await firm.addMember('RESEARCHER');
    let projectId = '';
    expect(await left(async () => void ({ id: projectId } = await makeProject(lead.client)))).toEqual([['PROJECT_LEAD_SET', lead.accountId, projectId, lead.accountId]]);
    const set = (...members: object[]) => left(() => lead.client.must(recordDocuments.setMembers, { input: { projectId, members } }));
    const leads = { memberId: lead.accountId, role: 'LEAD' };
    expect(await set(leads, { memberId: researcher.accountId, role: 'MEMBER' })).toEqual([['PROJECT_MEMBER_SET', lead.accountId, projectId, researcher.accountId]]);
    expect(await set({ memberId: partner.accountId, role: 'LEAD' })).toEqual([
      ['PROJECT_LEAD_SET', lead.accountId, projectId, partner.accountId],
      ['PROJECT_MEMBER_REMOVED', lead.accountId, projectId, lead.accountId],
      ['PROJECT_MEMBER_REMOVED', lead.accountId, projectId, researcher.accountId],
    ]);
  });

  test('that a conversation was opened, claimed, left and blocked, each once', async () => {
    const project = await makeProject(lead.client);
    const candidacy = await makeCandidacy(lead.client, (await makePerson(lead.client)).id, project.id);
    let conversation = { id: '', roomId: '', invitation: { id: '' } } as Awaited<ReturnType<typeof openConversation>>;
    expect(await left(async () => void (conversation = await openConversation(api, firm, lead, candidacy.id)))).toEqual([
      ['CONVERSATION_OPENED', lead.accountId, conversation.id], ['CANDIDATE_INVITED', lead.accountId, conversation.invitation.id, conversation.id],
    ]);
    let candidate = lead;
    const came = await left(async () => void (candidate = await enterAsCandidate(api, firm, conversation)));
    expect(came.map(([kind, actor]) => [kind, actor])).toEqual([['INVITATION_CLAIMED', candidate.accountId], ['SIGNED_IN', candidate.accountId]]);
    const leave = (block: boolean) => left(() => mutation(candidate.client, 'leaveConversation', { conversationId: conversation.id, block }));
    expect(await leave(false)).toEqual([['CONVERSATION_LEFT', candidate.accountId, conversation.id]]);
    expect(await leave(false)).toEqual([]);
    expect(await leave(true)).toEqual([['CONVERSATION_BLOCKED', candidate.accountId, conversation.id]]);
    expect(await leave(true)).toEqual([]);
  });

  test('that a link was renewed: the old one ended, and whoever had claimed it is out', async () => {
    const conversation = await newConversation();
    const claimant = await claimAsCandidate(api, firm, conversation.invitation);
    const [session] = await sessionsOf(claimant);
    const made = vault.makeInvitation(
      { account: lead.accountId, organisation: firm.organisationId, root: firm.root.fingerprint, keys: lead.keys }, { for: { kind: 'candidate', conversation: conversation.id }, now: api.clock.now() },
    );
    const renewed = await left(() => mutation(lead.client, 'renewConversationInvitation', { conversationId: conversation.id, invitation: made.invitation, sealedSecret: 'x' }));
    expect(renewed).toEqual([['SESSION_ENDED', lead.accountId, session, claimant.accountId], ['CANDIDATE_INVITED', lead.accountId, made.id, conversation.id]]);
  });

  test('that people were imported, not that it was tried', async () => {
    const input = { id: newId('import'), rows: [{ line: 2, name: 'Somebody' }], fileName: 'x.csv' };
    expect(await left(() => mutation(lead.client, 'importPeople', { ...input, dryRun: true }))).toEqual([]);
    expect(await left(() => mutation(lead.client, 'importPeople', { ...input, dryRun: false }))).toEqual([['PEOPLE_IMPORTED', lead.accountId, input.id]]);
    expect(await left(() => mutation(lead.client, 'importPeople', { ...input, dryRun: false }))).toEqual([]);
  });

  test('nothing of what was refused', async () => {
    const refused = async () => {
      await mutation(api.client(), 'signIn', { email: lead.email, authKey: authKeyOf('a guess'), deviceName: 'x' });
      await mutation(lead.client, 'setPassword', { password: passwordInput('x'), currentAuthKey: authKeyOf('a guess') });
      await lead.client.ask('mutation ($id: ID!) { endMemberSessions(input: { memberId: $id }) { userErrors { code } } }', { id: partner.accountId });
    };
    expect(await left(refused)).toEqual([]);
  });
});

describe('auditLog', () => {
  test('comes in pages, newest first', async () => {
    const whole = (await entries()).reverse();
    const seen: Entry[] = [];
    let after: string | null = null;
    do {
      const { auditLog }: Record<string, any> = await partner.client.must(document, { first: 2, after });
      expect(auditLog).toMatchObject({ totalCount: whole.length, brokenAt: null, pageInfo: { hasPreviousPage: after !== null } });
      seen.push(...auditLog.edges.map((edge: { node: Entry }) => edge.node));
      after = auditLog.pageInfo.hasNextPage ? auditLog.pageInfo.endCursor : null;
    } while (after !== null);
    expect(seen).toEqual(whole);
    expect(whole.length).toBeGreaterThan(2);
  });

  test.each([[{ first: 0 }, 'OUT_OF_RANGE'], [{ first: 201 }, 'OUT_OF_RANGE'], [{ first: 1, after: 'x' }, 'INVALID_CURSOR']])('%j is refused', async (variables, refusal) => {
    const { codes, errors } = await partner.client.ask(document, variables);
    expect([codes, errors[0]?.extensions?.['refusal']]).toEqual([['BAD_REQUEST'], refusal]);
  });

  test('says what its ids stand for: colleagues, projects, candidates, invitees and files; of another firm’s nothing', async () => {
    const conversation = await newConversation();
    const input = { id: newId('import'), rows: [{ line: 2, name: 'Somebody' }], fileName: 'people.csv', dryRun: false };
    await mutation(lead.client, 'importPeople', input);
    const names = await namesOf(partner, 50);
    const [project] = await api.sql`select p.id, p.name, c.candidate_name, i.invitee_name from conversations c join projects p on p.id = c.project_id join invitations i on i.conversation_id = c.id where c.id = ${conversation.id}`;
    expect(names).toMatchObject({
      [lead.accountId]: (await api.sql`select name from accounts where id = ${lead.accountId}`)[0]?.['name'],
      [project?.['id'] as string]: project?.['name'], [conversation.id]: project?.['candidate_name'], [conversation.invitation.id]: project?.['invitee_name'], [input.id]: 'people.csv',
    });
    const log = await entries();
    const ids = new Set(log.flatMap(({ actorId, subjects }) => [actorId, ...subjects]));
    expect(Object.keys(names).filter((id) => !ids.has(id))).toEqual([]);
    expect(Object.keys(await namesOf((await makeFirm(api)).partner, 50))).not.toContain(lead.accountId);
    expect(Object.keys(await namesOf(partner, 1)), 'only of the page that was asked for').toEqual(expect.not.arrayContaining([project?.['id']]));
  });

  test('is for the firm’s partners: another firm’s see their own', async () => {
    expect((await lead.client.ask(document, { first: 5 })).codes).toEqual(['FORBIDDEN']);
    const other = await makeFirm(api);
    const { auditLog } = await other.partner.client.must(document, { first: 200 });
    expect(auditLog.edges.map((edge: { node: Entry }) => edge.node.actorId)).toEqual([other.partner.accountId]);
  });
});

describe('the chain', () => {
  const brokenAt = async (): Promise<number | null> => (await partner.client.must(document, { first: 1 }))['auditLog'].brokenAt;
  type Statement = (sql: typeof api.sql) => PromiseLike<unknown>;
  /** Somebody with every right over the database, who turns off what would stop them. */
  const tamper = (statements: Statement[]) =>
    api.sql.begin(async (sql) => {
      await sql`set local session_replication_role = replica`;
      for (const statement of statements) await statement(sql as never);
    });

  test('grows one by one, however many act at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => makeProject(lead.client)));
    const log = await entries();
    expect(log.map((entry) => entry.seq)).toEqual(log.map((_, at) => at));
    expect(log.map((entry) => entry.previousHash)).toEqual([null, ...log.slice(0, -1).map((entry) => entry.hash)]);
    expect(await brokenAt()).toBeNull();
  });

  const at = () => api.sql`organisation_id = ${firm.organisationId} and seq = 2`;
  const relabel: Statement = (sql) => sql`update audit_entries set kind = 'PASSWORD_SET' where ${at()}`;
  const remove: Statement = (sql) => sql`delete from audit_entries where ${at()}`;
  test.each<[string, Statement[], number]>([
    ['another actor', [(sql) => sql`update audit_entries set actor_id = ${partner.accountId} where ${at()}`], 2],
    ['another subject', [(sql) => sql`update audit_entries set subjects = array[${partner.accountId}] where ${at()}`], 2],
    ['another act', [relabel], 2],
    ['another time', [(sql) => sql`update audit_entries set recorded_at = recorded_at - interval '1 ms' where ${at()}`], 2],
    ['an entry that was altered and sealed anew', [relabel, (sql) => sql`update audit_entries e set hash = audit_hash(e) where ${at()}`], 3],
    ['an entry that is missing', [remove], 3],
    ['an entry that is missing, with the others moved up', [remove, (sql) => sql`update audit_entries set seq = seq - 1 where organisation_id = ${firm.organisationId} and seq > 2`], 2],
    ['a beginning that is missing', [(sql) => sql`delete from audit_entries where organisation_id = ${firm.organisationId} and seq = 0`], 1],
  ])('tells of %s', async (_what, statements, place) => {
    await lead.client.must('mutation { signOut { signedOut } }');
    await mutation(partner.client, 'signIn', { email: partner.email, authKey: authKeyOf('correct horse'), deviceName: 'x' });
    expect(await brokenAt()).toBeNull();
    await tamper(statements);
    expect(await brokenAt()).toBe(place);
  });

  test('can not be rewritten, neither by the API nor by the owner of the table', async () => {
    const settings = { account: partner.accountId, organisation: firm.organisationId, role: 'PARTNER' };
    for (const role of ['PARTNER', 'SYSTEM']) {
      await expect(asRole(api, { ...settings, role }, (sql) => sql`update audit_entries set kind = 'X'`)).rejects.toMatchObject({ code: '42501' });
      await expect(asRole(api, { ...settings, role }, (sql) => sql`delete from audit_entries`)).rejects.toMatchObject({ code: '42501' });
    }
    await expect(api.sql`update audit_entries set kind = 'X'`).rejects.toThrow('append-only');
    await expect(api.sql`delete from audit_entries`).rejects.toThrow('append-only');
    await expect(api.sql`truncate audit_entries`).rejects.toThrow('append-only');
  });

  test('takes nothing in somebody else’s name, at another place, or that is not an id', async () => {
    const settings = { account: lead.accountId, organisation: firm.organisationId, role: 'CONSULTANT' };
    const insert = (actor: string, subject: string) =>
      asRole(api, settings, (sql) => sql`
        insert into audit_entries (organisation_id, seq, previous_hash, hash, recorded_at, actor_id, kind, subjects)
        values (${firm.organisationId}, 0, 'x', 'x', 'epoch', ${actor}, 'PASSWORD_SET', array[${subject}])`);
    const { length } = await entries();
    await expect(insert(partner.accountId, lead.accountId)).rejects.toMatchObject({ code: '42501' });
    await expect(insert(lead.accountId, 'a name')).rejects.toMatchObject({ code: '23514' });
    await insert(lead.accountId, lead.accountId);
    const log = await entries();
    expect(log.slice(length)).toMatchObject([{ seq: length, actorId: lead.accountId, previousHash: log[length - 1]?.hash }]);
    expect(await brokenAt()).toBeNull();
    expect(await asRole(api, settings, (sql) => sql`select 1 from audit_entries`), 'who is no partner reads nothing').toEqual([]);
  });
});
