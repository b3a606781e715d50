import { newId } from '@baton/base';
import type { OrganisationLogStatement } from '@baton/vault/verify';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openConversation } from '../../testing/candidates.ts';
import { appendLog, kitLine, makeFirm, newPerson, nextLine, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { homeserverDone, homeserverTried } from '../../testing/matrixTasks.ts';
import { passwordInput, recoveryInput } from '../../testing/passwords.ts';
import { makeCandidacy, makePerson, makeProject } from '../../testing/records.ts';
import * as vault from '../../testing/signing.ts';
import { startTestApi, type TestApi } from '../../testing/startTestApi.ts';

let api: TestApi;
let firm: TestFirm;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
});
afterAll(() => api.close());

describe('setUpFirm', () => {
  const setUp = 'mutation ($input: SetUpFirmInput!) { setUpFirm(input: $input) { signedIn { viewer { role } } userErrors { code field } } }';
  const inputFor = (on: TestApi) => {
    const [organisationId, root] = [newId('organisation'), vault.makeRoot()];
    const person = newPerson(on, organisationId, 'Partner');
    return {
      organisationId, accountId: person.accountId, firmName: 'Second', name: person.name, email: person.email, organisation: vault.makeOrganisation(root, organisationId, on.clock.now()),
      keys: vault.publicKeysOf(person.keys), password: passwordInput('x'), recovery: recoveryInput('x'), deviceName: 'x',
    };
  };
  const codesOf = async (on: TestApi, input: object) => (await on.client().must(setUp, { input })).setUpFirm.userErrors;

  test('signs the first partner in', async () => {
    const { viewer } = await firm.partner.client.must('{ viewer { role account { mxid hasPassword } organisation { name members { role sessionCount lastSeenAt } } session { deviceName current } } }');
    expect(viewer).toMatchObject({
      role: 'PARTNER', account: { mxid: firm.partner.mxid, hasPassword: true },
      organisation: { name: firm.name, members: [{ role: 'PARTNER', sessionCount: 1, lastSeenAt: expect.any(String) }] }, session: { deviceName: 'Chrome on Linux', current: true },
    });
  });

  test('refuses a statement that another root signed, or of another firm', async () => {
    const [input, other] = [inputFor(api), inputFor(api)];
    const forged = { ...input.organisation, statement: { ...input.organisation.statement, rootKey: other.organisation.statement.rootKey } };
    expect(await codesOf(api, { ...input, organisation: forged })).toEqual([{ code: 'STATEMENT_INVALID', field: 'organisation' }]);
    expect(await codesOf(api, { ...input, organisation: other.organisation })).toEqual([{ code: 'STATEMENT_INVALID', field: 'organisation' }]);
  });

  test('refuses ids and addresses that are taken or none', async () => {
    const input = inputFor(api);
    expect(await codesOf(api, { ...input, email: firm.partner.email })).toEqual([{ code: 'EMAIL_TAKEN', field: 'email' }]);
    expect(await codesOf(api, { ...input, accountId: firm.partner.accountId })).toEqual([{ code: 'ID_TAKEN', field: 'accountId' }]);
    expect(await codesOf(api, { ...input, organisationId: 'org_1' })).toEqual([{ code: 'INVALID_ID', field: 'organisationId' }]);
    expect(await codesOf(api, { ...input, email: 'not one' })).toEqual([{ code: 'INVALID_EMAIL', field: 'email' }]);
    expect(await codesOf(api, { ...input, firmName: ' ' })).toEqual([{ code: 'REQUIRED', field: 'firmName' }]);
    expect(await codesOf(api, { ...input, firmName: '🦄' })).toEqual([{ code: 'NAME_NEEDS_LETTER', field: 'firmName' }]);
    expect(await codesOf(api, { ...input, name: '🦄' })).toEqual([{ code: 'NAME_NEEDS_LETTER', field: 'name' }]);
  });

  test('of five at once on a new installation, one is the firm; then it needs no set-up', async () => {
    const single = await startTestApi({ signUp: 'first' });
    try {
      const installation = async () => (await single.client().must('{ installation { needsSetUp takesFirms } }')).installation;
      expect(await installation()).toEqual({ needsSetUp: true, takesFirms: true });
      const codes = await Promise.all(Array.from({ length: 5 }, async () => (await codesOf(single, inputFor(single)))[0]?.code ?? 'OK'));
      expect(codes.sort()).toEqual(['ALREADY_SET_UP', 'ALREADY_SET_UP', 'ALREADY_SET_UP', 'ALREADY_SET_UP', 'OK']);
      expect(await installation()).toEqual({ needsSetUp: false, takesFirms: false });
    } finally {
      await single.close();
    }
  });
});

test('an installation that is open takes further firms and needs none', async () => {
  expect((await api.client().must('{ installation { needsSetUp takesFirms } }')).installation).toEqual({ needsSetUp: false, takesFirms: true });
});

describe('appendOrganisationLog', () => {
  const append = 'mutation ($entry: Statement!) { appendOrganisationLog(input: { entry: $entry }) { organisation { log } userErrors { code field } } }';
  const roleOf = async (person: TestPerson) => (await person.client.must('{ viewer { role } }')).viewer?.role;
  const codesOf = async (person: TestPerson, entry: unknown) => (await person.client.must(append, { entry })).appendOrganisationLog.userErrors;

  test('a role takes effect with its line', async () => {
    const person = await firm.addMember('RESEARCHER');
    await appendLog(api, firm.partner, { type: 'role', account: person.accountId, role: 'consultant' });
    expect(await roleOf(person)).toBe('CONSULTANT');
  });

  test('of two lines after the same one, the first counts and the other is told', async () => {
    const person = await firm.addMember('RESEARCHER');
    const lines = await Promise.all((['consultant', 'partner'] as const).map((role) => nextLine(api, firm.partner, { type: 'role', account: person.accountId, role })));
    const codes = await Promise.all(lines.map(async (line) => (await codesOf(firm.partner, line))[0]?.code ?? 'OK'));
    expect(codes.sort()).toEqual(['CONFLICT', 'OK']);
  });

  test('refuses a line by whoever may not, of somebody else, damaged, or that leaves no partner', async () => {
    const person = await firm.addMember('CONSULTANT');
    const promote: OrganisationLogStatement['entry'] = { type: 'role', account: person.accountId, role: 'partner' };
    expect(await codesOf(person, await nextLine(api, person, promote))).toEqual([{ code: 'STATEMENT_INVALID', field: 'entry' }]);
    expect(await codesOf(person, await nextLine(api, firm.partner, promote))).toEqual([{ code: 'STATEMENT_INVALID', field: 'entry' }]);
    const damaged = await nextLine(api, firm.partner, promote);
    damaged.statement.at = new Date(0).toISOString();
    expect(await codesOf(firm.partner, damaged)).toEqual([{ code: 'STATEMENT_INVALID', field: 'entry' }]);
    const partners = await api.sql`select id from accounts where organisation_id = ${firm.organisationId} and role = 'PARTNER' and id <> ${firm.partner.accountId}`;
    for (const { id } of partners) await appendLog(api, firm.partner, { type: 'role', account: id, role: 'researcher' });
    expect(await codesOf(firm.partner, await nextLine(api, firm.partner, { type: 'role', account: firm.partner.accountId, role: 'researcher' }))).toEqual([{ code: 'LAST_PARTNER', field: 'entry' }]);
    expect(await roleOf(person)).toBe('CONSULTANT');
  });

  test('takes what the recovery kit signed from a partner, in nobody’s name but the firm’s', async () => {
    const [person, rescued] = [await firm.addMember('CONSULTANT'), await firm.addMember('RESEARCHER')];
    const promote: OrganisationLogStatement['entry'] = { type: 'role', account: rescued.accountId, role: 'partner' };
    const line = await kitLine(api, firm, promote);
    expect(await codesOf(person, line)).toEqual([{ code: 'STATEMENT_INVALID', field: 'entry' }]);
    expect(await codesOf(firm.partner, await kitLine(api, firm, promote, vault.makeRoot()))).toEqual([{ code: 'STATEMENT_INVALID', field: 'entry' }]);
    expect(await codesOf((await makeFirm(api)).partner, line)).toEqual([{ code: 'CONFLICT', field: 'entry' }]);
    expect(await codesOf(firm.partner, line)).toEqual([]);
    expect(await roleOf(rescued)).toBe('PARTNER');
    expect(await codesOf(firm.partner, await kitLine(api, firm, { type: 'revoke', account: person.accountId, reason: 'gone' }))).toEqual([]);
    expect(await roleOf(person)).toBeUndefined();
    const { auditLog } = await firm.partner.client.must('{ auditLog(first: 10) { edges { node { kind actorId subjects } } } }');
    const used = auditLog.edges.map((edge: { node: { kind: string } }) => edge.node).filter(({ kind }: { kind: string }) => kind === 'RECOVERY_KIT_USED');
    expect(used).toEqual(Array.from({ length: 2 }, () => ({ kind: 'RECOVERY_KIT_USED', actorId: firm.partner.accountId, subjects: [firm.organisationId] })));
  });

  test('whoever is revoked is out: sessions, devices, rooms, open invitations', async () => {
    const [leaver, colleague] = [await firm.addMember('PARTNER'), await firm.addMember('CONSULTANT')];
    const project = await makeProject(colleague.client, { members: [{ memberId: leaver.accountId, role: 'LEAD' }] });
    const conversation = await openConversation(api, firm, leaver, (await makeCandidacy(colleague.client, (await makePerson(colleague.client)).id, project.id)).id);
    const made = vault.makeInvitation({ account: leaver.accountId, organisation: firm.organisationId, root: firm.root.fingerprint, keys: leaver.keys }, { for: { kind: 'colleague', role: 'partner' }, now: api.clock.now() });
    await leaver.client.must('mutation ($input: InviteColleagueInput!) { inviteColleague(input: $input) { userErrors { code } } }', { input: { invitation: made.invitation, inviteeName: 'Friend', sealedSecret: made.sealedSecret } });

    await appendLog(api, firm.partner, { type: 'revoke', account: leaver.accountId, reason: 'left the firm' });
    await homeserverDone(api);
    expect((await leaver.client.must('{ viewer { role } }')).viewer).toBeNull();
    expect(api.matrix.users.get(leaver.mxid)?.devices.size).toBe(0);
    expect([...(api.matrix.rooms.get(conversation.roomId)?.joined ?? [])]).toEqual([colleague.mxid]);
    const { publicInvitation } = await api.client().must('query ($id: ID!) { publicInvitation(id: $id) { state } }', { id: made.id });
    expect(publicInvitation.state).toBe('REVOKED');
    const { conversation: seen } = await colleague.client.must('query ($id: ID!) { conversation(id: $id) { owner { accountId } } }', { id: conversation.id });
    expect(seen.owner.accountId).toBe(colleague.accountId);
  });

  test('takes their access away in this order, though the homeserver is down meanwhile: here, on their devices, in every room, for good', async () => {
    const [leaver, colleague] = [await firm.addMember('CONSULTANT'), await firm.addMember('CONSULTANT')];
    const project = await makeProject(colleague.client, { members: [{ memberId: leaver.accountId, role: 'MEMBER' }] });
    for (let i = 0; i < 2; i += 1) await openConversation(api, firm, leaver, (await makeCandidacy(colleague.client, (await makePerson(colleague.client)).id, project.id)).id);
    await homeserverDone(api);
    api.matrix.down = true;
    await appendLog(api, firm.partner, { type: 'revoke', account: leaver.accountId, reason: '' });
    expect((await leaver.client.must('{ viewer { role } }')).viewer, 'at once').toBeNull();
    const ordered = await api.sql`select kind from matrix_tasks where payload ->> 'mxid' = ${leaver.mxid} order by id`;
    expect(ordered.map(({ kind }) => kind as string)).toEqual(['delete-devices', 'remove', 'remove', 'deactivate']);
    await homeserverTried(api);
    api.matrix.down = false;
    api.clock.advance(60_000);
    await api.services.matrixTasks.run();
    await homeserverDone(api);
    expect(api.matrix.users.get(leaver.mxid)).toMatchObject({ devices: new Set(), deactivated: true });
  });

  test('the log is given from where one has it', async () => {
    const { viewer } = await firm.partner.client.must('{ viewer { organisation { all: log rest: log(after: 1) } } }');
    expect(viewer.organisation.rest).toEqual(viewer.organisation.all.slice(2));
    expect(viewer.organisation.all[0].statement).toMatchObject({ seq: 0, prev: null, entry: { type: 'genesis' } });
  });
});

describe('renameOrganisation', () => {
  const rename = 'mutation ($name: String!) { renameOrganisation(input: { name: $name }) { organisation { name } userErrors { code field } } }';
  test('is for partners', async () => {
    expect((await firm.partner.client.must(rename, { name: '接力 Search' })).renameOrganisation.organisation.name).toBe('接力 Search');
    expect((await firm.partner.client.must(rename, { name: '' })).renameOrganisation.userErrors).toEqual([{ code: 'REQUIRED', field: 'name' }]);
    expect((await firm.partner.client.must(rename, { name: '🦄' })).renameOrganisation.userErrors).toEqual([{ code: 'NAME_NEEDS_LETTER', field: 'name' }]);
    expect((await (await firm.addMember('CONSULTANT')).client.ask(rename, { name: 'Mine' })).codes).toEqual(['FORBIDDEN']);
  });
});

describe('endMemberSessions', () => {
  const end = 'mutation ($id: ID!) { endMemberSessions(input: { memberId: $id }) { member { id sessionCount } userErrors { code } } }';
  test('a partner signs a colleague out everywhere; a consultant only themself; nobody another firm\'s', async () => {
    const [person, other] = [await firm.addMember('CONSULTANT'), await firm.addMember('CONSULTANT')];
    expect((await other.client.ask(end, { id: person.accountId })).codes).toEqual(['FORBIDDEN']);
    expect((await (await makeFirm(api)).partner.client.ask(end, { id: person.accountId })).codes).toEqual(['NOT_FOUND']);
    expect((await firm.partner.client.must(end, { id: person.accountId })).endMemberSessions.member).toEqual({ id: person.accountId, sessionCount: 0 });
    expect((await person.client.must('{ viewer { role } }')).viewer).toBeNull();
    expect(api.matrix.users.get(person.mxid)?.devices.size).toBe(0);
    await other.client.must(end, { id: other.accountId });
    expect((await other.client.must('{ viewer { role } }')).viewer).toBeNull();
  });
});
