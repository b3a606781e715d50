import { newId } from '@baton/base';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { asRole } from '../../testing/asRole.ts';
import { openConversation, type TestConversation } from '../../testing/candidates.ts';
import { appendLog, makeFirm, type TestFirm, type TestPerson } from '../../testing/firm.ts';
import { homeserverDone } from '../../testing/matrixTasks.ts';
import { makeCandidacy, makePerson, makeProject } from '../../testing/records.ts';
import * as vault from '../../testing/signing.ts';
import { startTestApi, testOrigin, type TestApi } from '../../testing/startTestApi.ts';
import { nextChange } from '../../testing/subscribe.ts';
import { beginLog, lineContext, projectStateOf, rosterOf, sendLine } from '../../testing/vaults.ts';

let api: TestApi;
let firm: TestFirm;
let partner: TestPerson;
let lead: TestPerson;
let member: TestPerson;
let outsider: TestPerson;
let projectId: string;

beforeAll(async () => {
  api = await startTestApi();
  firm = await makeFirm(api);
  partner = firm.partner;
  lead = await firm.addMember('CONSULTANT', 'Lena Hoff');
  member = await firm.addMember('CONSULTANT');
  outsider = await firm.addMember('CONSULTANT');
});
beforeEach(async () => {
  projectId = (await makeProject(lead.client, { members: [{ memberId: member.accountId, role: 'MEMBER' }] })).id;
  await beginLog(api, firm, lead, projectId, rosterOf([lead], [member]));
});
afterAll(() => api.close());

const documents = {
  plan: 'mutation ($input: PlanHandoverInput!) { planHandover(input: $input) { project { id } userErrors { code field } } }',
  cancel: 'mutation ($input: CancelHandoverPlanInput!) { cancelHandoverPlan(input: $input) { project { id } userErrors { code } } }',
  waiting: 'query ($id: ID!) { project(id: $id) { handoverPlan { plan counts from { id } successorName invitationState plannedBy { id } } } }',
};
/** An invitation of a colleague that nobody has claimed. */
async function invite(name = 'Tomas Beran', role: 'consultant' | 'researcher' = 'consultant'): Promise<string> {
  const { accountId, keys } = partner;
  const made = vault.makeInvitation({ account: accountId, organisation: firm.organisationId, root: firm.root.fingerprint, keys }, { for: { kind: 'colleague', role }, now: api.clock.now() });
  await partner.client.must('mutation ($input: InviteColleagueInput!) { inviteColleague(input: $input) { userErrors { code } } }', { input: { invitation: made.invitation, inviteeName: name, sealedSecret: made.sealedSecret } });
  return made.id;
}
const planOf = async (to: string, { by = lead, from = lead } = {}) =>
  vault.makeHandoverPlan({ account: by.accountId, keys: by.keys, now: api.clock.now() }, await projectStateOf(api, firm, projectId), { from: from.accountId, to });
const plan = async (sender: TestPerson, made: unknown): Promise<string[]> =>
  (await sender.client.must(documents.plan, { input: { projectId, plan: made } }))['planHandover'].userErrors.map(({ code }: { code: string }) => code);
const waiting = async (viewer = lead) => (await viewer.client.must(documents.waiting, { id: projectId }))['project'].handoverPlan;
const ownerOf = async ({ id }: TestConversation): Promise<string> => (await api.sql`select owner_id from conversations where id = ${id}`)[0]?.['owner_id'] as string;
const cancel = (viewer: TestPerson) => viewer.client.must(documents.cancel, { input: { projectId } });
const audited = async () => {
  const { auditLog } = await partner.client.must('{ auditLog(first: 1) { edges { node { kind subjects } } } }');
  return auditLog.edges[0].node;
};

describe('a handover to a colleague who has not signed in', () => {
  test('waits, and says for whom', async () => {
    const to = await invite();
    const made = await planOf(to);
    const hint = await nextChange(api, testOrigin, member.client.cookie(), async () => void expect(await plan(lead, made)).toEqual([]));
    expect(hint).toEqual({ change: { topic: 'PROJECT', id: projectId } });
    expect(await audited()).toEqual({ kind: 'HANDOVER_PLANNED', subjects: [projectId, lead.accountId, to] });
    expect(await waiting(member)).toEqual({ plan: made, counts: true, from: { id: lead.accountId }, successorName: 'Tomas Beran', invitationState: 'OPEN', plannedBy: { id: lead.accountId } });
    expect(await plan(lead, made), 'sent twice it is kept once').toEqual([]);
  });

  test('a partner who is not on the project plans it, too', async () => {
    expect(await plan(partner, await planOf(await invite(), { by: partner }))).toEqual([]);
  });

  test('of two at once the second hears of the first', async () => {
    expect(await plan(lead, await planOf(await invite()))).toEqual([]);
    expect(await plan(partner, await planOf(await invite('Ruth Amsel'), { by: partner }))).toEqual(['HANDOVER_PLANNED']);
    expect((await waiting()).successorName).toBe('Tomas Beran');
  });

  test('is taken back, and twice is no error', async () => {
    const to = await invite();
    await plan(lead, await planOf(to));
    expect((await cancel(partner))['cancelHandoverPlan']).toEqual({ project: { id: projectId }, userErrors: [] });
    expect(await audited()).toEqual({ kind: 'HANDOVER_PLAN_CANCELLED', subjects: [projectId, lead.accountId, to] });
    await cancel(partner);
    expect(await waiting()).toBeNull();
  });

  test('goes when the project is handed over, to whomever', async () => {
    await plan(lead, await planOf(await invite()));
    const line = vault.makeHandover(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId), { from: lead.accountId, to: outsider.accountId });
    expect((await sendLine(lead.client, projectId, line, 'handOver')).userErrors).toEqual([]);
    await homeserverDone(api);
    expect(await waiting(outsider)).toBeNull();
  });

  test('goes with the predecessor’s place on the team, and with nobody else’s', async () => {
    const change = async (roster: Parameters<typeof vault.makeRosterChange>[2]) => {
      await sendLine(lead.client, projectId, vault.makeRosterChange(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId), roster));
      await homeserverDone(api);
    };
    await plan(lead, await planOf(await invite(), { from: member }));
    await change(rosterOf([lead], [member, outsider]));
    expect(await waiting()).not.toBeNull();
    await change(rosterOf([lead], [outsider]));
    expect(await waiting()).toBeNull();
  });
});

describe('when the predecessor’s account ends before the successor comes', () => {
  let leaver: TestPerson;
  beforeEach(async () => {
    leaver = await firm.addMember('CONSULTANT', 'Ines Duarte');
    projectId = (await makeProject(leaver.client, { members: [{ memberId: lead.accountId, role: 'LEAD' }, { memberId: member.accountId, role: 'MEMBER' }] })).id;
    await beginLog(api, firm, leaver, projectId, rosterOf([leaver, lead], [member]));
  });
  const endAccount = async () => {
    await appendLog(api, partner, { type: 'revoke', account: leaver.accountId, reason: '' });
    await homeserverDone(api);
  };
  const takeOut = async () => {
    const line = vault.makeRosterChange(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId), rosterOf([lead], [member]));
    expect((await sendLine(lead.client, projectId, line)).userErrors).toEqual([]);
    await homeserverDone(api);
  };

  test('it waits on where somebody else signed it, and counts', async () => {
    await plan(partner, await planOf(await invite(), { by: partner, from: leaver }));
    await endAccount();
    expect(await waiting(lead)).toMatchObject({ counts: true, from: { id: leaver.accountId }, plannedBy: { id: partner.accountId } });
    await takeOut();
    expect(await waiting(member)).toMatchObject({ counts: true, from: { id: leaver.accountId } });
  });

  test('where they signed it themselves it counts no more, until somebody else signs the same', async () => {
    const to = await invite();
    await plan(leaver, await planOf(to, { by: leaver, from: leaver }));
    await endAccount();
    await takeOut();
    expect(await waiting(lead)).toMatchObject({ counts: false, plannedBy: { id: leaver.accountId } });
    expect(await plan(lead, await planOf(await invite('Ruth Amsel'), { from: leaver }))).toEqual(['HANDOVER_PLANNED']);
    expect(await plan(lead, await planOf(to, { from: leaver }))).toEqual([]);
    expect(await waiting(lead)).toMatchObject({ counts: true, plannedBy: { id: lead.accountId }, successorName: 'Tomas Beran' });
  });

  test('the successor looks after what was theirs, and takes their place', async () => {
    const candidacy = await makeCandidacy(leaver.client, (await makePerson(leaver.client)).id, projectId);
    const thread = await openConversation(api, firm, leaver, candidacy.id);
    await endAccount();
    await takeOut();
    expect(await ownerOf(thread)).toBe(lead.accountId);
    const line = vault.makeHandover(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId), { from: leaver.accountId, to: outsider.accountId });
    expect((await sendLine(lead.client, projectId, line, 'handOver')).userErrors).toEqual([]);
    await homeserverDone(api);
    expect(await ownerOf(thread)).toBe(outsider.accountId);
    expect((await projectStateOf(api, firm, projectId)).roster).toContainEqual({ account: outsider.accountId, role: 'lead' });
  });
});

describe('is refused', () => {
  test('to a researcher who would have to lead, but not to one who would not', async () => {
    const to = await invite('Ana', 'researcher');
    expect(await plan(lead, await planOf(to))).toEqual(['LEAD_ROLE']);
    expect(await plan(lead, await planOf(to, { from: member }))).toEqual([]);
  });

  test('to somebody whom nobody has invited, or whose invitation does not count any more', async () => {
    expect(await plan(lead, await planOf(newId('invitation')))).toEqual(['MEMBER_UNKNOWN']);
    const to = await invite();
    await partner.client.must('mutation ($input: RevokeInvitationInput!) { revokeInvitation(input: $input) { userErrors { code } } }', { input: { invitationId: to } });
    expect(await plan(lead, await planOf(to))).toEqual(['LINK_REVOKED']);
  });

  test('to a colleague who has left the firm', async () => {
    const leaver = await firm.addMember('CONSULTANT');
    const made = await planOf(leaver.accountId);
    await appendLog(api, partner, { type: 'revoke', account: leaver.accountId, reason: '' });
    await homeserverDone(api);
    expect(await plan(lead, made)).toEqual(['REVOKED_MEMBER']);
  });

  test('from members who do not lead, in another’s name, and from before another handover', async () => {
    const to = await invite();
    await expect(member.client.must(documents.plan, { input: { projectId, plan: await planOf(to, { by: member }) } })).rejects.toThrow('FORBIDDEN');
    expect(await plan(partner, await planOf(to))).toEqual(['STATEMENT_INVALID']);
    const made = await planOf(to, { by: partner, from: member });
    const line = vault.makeHandover(await lineContext(api, firm, lead), await projectStateOf(api, firm, projectId), { from: lead.accountId, to: outsider.accountId });
    await sendLine(lead.client, projectId, line, 'handOver');
    await homeserverDone(api);
    expect(await plan(partner, made)).toEqual(['PLAN_OUTDATED']);
  });
});

describe('row-level security', () => {
  const as = (person: TestPerson, role: string) => ({ account: person.accountId, organisation: person.organisationId, role });
  const insert = (person: TestPerson, role: string, actor = person) =>
    asRole(api, as(person, role), (sql) => sql`insert into handover_plans (project_id, organisation_id, actor_id, plan) values (${projectId}, ${firm.organisationId}, ${actor.accountId}, '{}') returning project_id`);

  test('shows and takes plans of the project’s people and of partners, each in their own name, and of nobody else', async () => {
    const stranger = (await makeFirm(api)).partner;
    await expect(insert(outsider, 'CONSULTANT')).rejects.toThrow(/row-level security/);
    await expect(insert(stranger, 'PARTNER')).rejects.toThrow(/row-level security/);
    await expect(insert(lead, 'CONSULTANT', partner)).rejects.toThrow(/row-level security/);
    await plan(lead, await planOf(await invite()));
    const seen = async (person: TestPerson, role: string) => (await asRole(api, as(person, role), (sql) => sql`select project_id from handover_plans`)).some((row) => row['project_id'] === projectId);
    expect([await seen(lead, 'CONSULTANT'), await seen(partner, 'PARTNER'), await seen(outsider, 'CONSULTANT'), await seen(stranger, 'PARTNER')]).toEqual([true, true, false, false]);
    for (const [person, role] of [[outsider, 'CONSULTANT'], [stranger, 'PARTNER']] as const) {
      await asRole(api, as(person, role), (sql) => sql`delete from handover_plans where project_id = ${projectId}`);
    }
    expect(await waiting()).not.toBeNull();
    await expect(asRole(api, as(lead, 'CONSULTANT'), (sql) => sql`update handover_plans set plan = '{}'`)).rejects.toThrow(/permission denied/);
  });
});
