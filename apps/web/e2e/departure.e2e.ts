import { newId } from '@baton/base';
import { openEpochs, readDeposits, type DepositAnswer } from '@baton/vault';
import { replayOrganisationLog, replayProjectLog } from '@baton/vault/verify';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HeadlessClient } from '../../../scripts/headless/headlessClient.ts';
import { BoardAddCandidacyDocument, CreatePersonDocument, CreateProjectDocument, HandOverPlanDocument } from '../src/generated/graphql.ts';
import { makeAccountServer } from '../src/session/server/accountServer.ts';
import { makeVaultServer } from '../src/session/server/vaultServer.ts';
import { accountOf, joinBy } from './support/colleagues.ts';
import { join, openAccount, type Colleague } from './support/colleagues.ts';
import { claim, hears, makeFirm, openClient, ready, say, until, type Firm } from './support/firm.ts';

/*
 * A colleague is let go while nobody who leads the project is at work. The first lead's client that comes back changes the
 * project's key, and nobody is asked: what is said from then on the leaver could not open if they had all of it.
 */
let firm: Firm;
let lead: Colleague;
let colleague: Colleague;
let leaver: Colleague;
let candidate: HeadlessClient;
let roomId: string;
const projectId = newId('project');
const said = ['Hello Ada, may I tell you about a role?', 'Gladly, what is it?'];
const later = ['Head of treasury, in Rotterdam.', 'I will think about it.'];
const clients: HeadlessClient[] = [];

/** Another device of theirs, with nothing on it. */
async function comeBack({ email, password }: Colleague): Promise<HeadlessClient> {
  const client = await openClient('Another laptop');
  clients.push(client);
  await client.account.signIn({ email, password });
  await ready(client);
  return client;
}

beforeAll(async () => {
  firm = await makeFirm();
  [lead, colleague, leaver] = [await join(firm, 'Lena Hoff'), await join(firm, 'Tomas Beran'), await join(firm, 'Ruth Amsel')];
  const members = [colleague, leaver].map(({ accountId }) => ({ memberId: accountId, role: 'MEMBER' as const }));
  await lead.client.request(CreateProjectDocument, { input: { id: projectId, name: 'Head of Treasury', clientName: 'Meridian', publicTitle: 'Head of Treasury', members, locale: 'en' } });
  const [personId, candidacyId] = [newId('person'), newId('candidacy')];
  await lead.client.request(CreatePersonDocument, { input: { id: personId, name: 'Ada Novak', handles: [], tags: [] } });
  await lead.client.request(BoardAddCandidacyDocument, { input: { id: candidacyId, personId, projectId } });
  const opened = await lead.client.conversations.open({ candidacyId, candidateName: 'Ada Novak', about: 'Head of Treasury' });
  roomId = opened.roomId;
  await say(lead.client, roomId, said[0]!);
  candidate = (await claim({ ...opened, link: opened.link ?? '', personId, candidate: 'Ada Novak' }, said[1])).client;
  clients.push(candidate, colleague.client);
  for (const { client } of [lead, colleague, leaver]) await hears(client, roomId, said);
  await lead.client.stop();
}, 240_000);
afterAll(() => Promise.all([firm.close(), ...clients.map((client) => client.stop())]));

test('who is let go keeps what they had; the key changes when a lead’s client comes back, and not before', async () => {
  const kept = await openAccount(leaver);
  await firm.client.account.endColleague(leaver.accountId);
  await until('the leaver is signed out', () => leaver.client.status.current().phase === 'signed-out');
  await colleague.client.vault.changed(null);
  expect(await colleague.client.vault.project(projectId)).toMatchObject({ epoch: 1, team: expect.arrayContaining([{ accountId: leaver.accountId, role: 'member' }]) });

  const back = await comeBack(lead);
  const seen = async () => (await back.vault.project(projectId))!;
  await expect.poll(async () => (await seen()).epoch, { timeout: 30_000 }).toBe(2);
  expect((await seen()).team.map(({ accountId }) => accountId).sort()).toEqual([lead.accountId, colleague.accountId].sort());
  expect((await seen()).changes.at(-1)).toMatchObject({ type: 'rotate', actorId: lead.accountId, came: [], left: [leaver.accountId] });

  await say(back, roomId, later[0]!);
  await hears(candidate, roomId, [...said, later[0]!]);
  await say(candidate, roomId, later[1]!);
  await hears(back, roomId, [...said, ...later]);

  // What a server in league with the leaver could give them: both logs, and every deposit.
  const organisation = replayOrganisationLog(await makeAccountServer(back.request).organisationLog(-1));
  const server = makeVaultServer(back.request);
  const state = replayProjectLog(await server.projectLog(projectId, -1), organisation, projectId);
  const { keys } = openEpochs(state, { id: leaver.accountId, box: kept.keys.box });
  expect(keys.map(({ number }) => number)).toEqual([1]);
  const trust = { identities: async () => new Map() };
  const read = (deposits: DepositAnswer[]) => readDeposits({ account: kept, trust, senderOf: () => undefined }, { state, organisation, keys }, deposits);
  const deposits = await server.deposits(projectId, 0, 100);
  const [before, after] = [deposits.filter(({ epoch }) => epoch === 1), deposits.filter(({ epoch }) => epoch === 2)];
  expect((await read(before)).sessions.length).toBeGreaterThanOrEqual(1);
  expect(after.length).toBeGreaterThanOrEqual(2);
  const tried = await read(after.map((deposit) => ({ ...deposit, epoch: 1 })));
  expect([tried.sessions, new Set(tried.refused.map(({ code }) => code))]).toEqual([[], new Set(['DEPOSIT_UNREADABLE'])]);

  const fresh = await comeBack(colleague);
  await hears(fresh, roomId, [...said, ...later]);
});

test('what the leaver had planned goes on in the name of whoever ended their account, and is done when the successor comes', async () => {
  const planner = await join(firm, 'Ines Duarte');
  const id = newId('project');
  const partner = accountOf(firm.client);
  await planner.client.request(CreateProjectDocument, { input: { id, name: 'Plant Manager', clientName: 'Meridian', publicTitle: 'Plant Manager', members: [{ memberId: partner, role: 'MEMBER' }], locale: 'en' } });
  await planner.client.vault.begin(id);
  const [personId, candidacyId] = [newId('person'), newId('candidacy')];
  await planner.client.request(CreatePersonDocument, { input: { id: personId, name: 'Ivo Kask', handles: [], tags: [] } });
  await planner.client.request(BoardAddCandidacyDocument, { input: { id: candidacyId, personId, projectId: id } });
  const opened = await planner.client.conversations.open({ candidacyId, candidateName: 'Ivo Kask', about: 'Plant Manager' });
  await say(planner.client, opened.roomId, said[0]!);
  const { invitationId, link } = await firm.client.account.inviteColleague({ name: 'Nora Lind', role: 'CONSULTANT' });
  await planner.client.vault.planHandOver({ projectId: id, from: planner.accountId, to: invitationId });
  const planned = async () => (await firm.client.request(HandOverPlanDocument, { id })).project?.handoverPlan;
  expect(await planned()).toMatchObject({ plannedBy: { id: planner.accountId }, counts: true });

  await firm.client.account.endColleague(planner.accountId);
  clients.push(planner.client);
  await expect.poll(async () => (await firm.client.vault.project(id))?.team, { timeout: 30_000 }).toEqual([{ accountId: partner, role: 'lead' }]);
  expect(await planned()).toMatchObject({ plannedBy: { id: partner }, from: { name: 'Ines Duarte' }, counts: true, invitationState: 'OPEN' });

  const nora = await joinBy(link, 'Nora Lind');
  clients.push(nora.client);
  await firm.client.vault.carryOutPlans();
  expect((await firm.client.vault.project(id))?.team).toEqual(expect.arrayContaining([{ accountId: nora.accountId, role: 'lead' }, { accountId: partner, role: 'lead' }]));
  expect(await planned()).toBeNull();
  await hears(nora.client, opened.roomId, [said[0]!]);
  await until('the thread is hers', () => nora.client.conversations.list.current().some(({ roomId: room, ownerId }) => room === opened.roomId && ownerId === nora.accountId));
  expect(await nora.client.vault.takenOver()).toMatchObject([{ projectId: id, from: planner.accountId, by: partner }]);
});
