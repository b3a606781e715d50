import { newId } from '@baton/base';
import type { MessageItem } from '@baton/messaging';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HeadlessClient } from '../../../scripts/headless/headlessClient.ts';
import { violations } from './support/a11y.ts';
import { comeIn } from './support/candidate.ts';
import { useDevices, type Device } from './support/devices.ts';
import { claim, hears, makeFirm, newEmail, openClient, ready, say, until, type Conversation, type Firm } from './support/firm.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { composer, marked, message, reads, write } from './support/thread.ts';

/*
 * A project's team talks among itself, about its threads too. Nothing of it reaches the candidate: they are not in that room
 * and the server has no words to give away.
 */
const note = 'Notice is three months; the client must not hear of it yet.';
const colleague = { name: 'Jonas Weber', email: newEmail('Jonas Weber'), password: 'purple lantern drifts home' };

const devices = useDevices();
let firm: Firm;
let talk: Conversation;
let candidate: { client: HeadlessClient; roomId: string };
let team: Device;
let teamRoomId: string;
let colleagueId: string;

const accountOf = (client: HeadlessClient): string => {
  const status = client.status.current();
  return status.phase === 'signed-in' ? status.viewer.accountId : '';
};

beforeAll(async () => {
  firm = await makeFirm();
  const { link } = await firm.client.account.inviteColleague({ name: colleague.name, role: 'CONSULTANT' });
  const joining = await openClient('The laptop of a colleague');
  await joining.account.joinAsColleague({ link, ...colleague });
  await ready(joining);
  // Certified and in the firm's log: only then others can seal something to them.
  await joining.vault.project(newId('project')).catch(() => undefined);
  talk = await firm.openConversation('Daniel Roth', 'Hello Daniel.');
  candidate = await claim(talk, 'Hello, which firm is it?');
  colleagueId = accountOf(joining);
  await firm.client.vault.setTeam(firm.project.id, [{ accountId: accountOf(firm.client), role: 'lead' }, { accountId: colleagueId, role: 'member' }]);
  await joining.stop();
  await firm.client.conversations.refresh();
  teamRoomId = firm.client.conversations.teamRooms.current()[0]!.roomId;
  team = await devices.open();
});
afterAll(() => Promise.all([firm.close(), candidate.client.stop()]));

const notes = () => team.page.getByRole('region', { name: 'Notes to the team' });

test('a colleague writes a note beside a candidate’s thread', async () => {
  const { page } = team;
  await signIn(page, colleague);
  await page.getByRole('tab', { name: /^Team/ }).click();
  await openThread(page, 'Daniel Roth');
  await reads(page, 'Hello, which firm is it?');
  await notes().getByRole('textbox', { name: 'Note to the team' }).fill(note);
  await notes().getByRole('button', { name: 'Send note' }).click();
  await notes().getByRole('article').filter({ hasText: note }).waitFor();
  const inRoom = firm.client.messaging.openTimeline(teamRoomId);
  const heard = () => inRoom.state.current().items.find((item): item is MessageItem => item.kind === 'message' && item.body === note);
  await until('the partner has it', () => heard() !== undefined);
  expect(heard()).toMatchObject({ noteOn: talk.conversationId, authenticity: 'certified' });
  inRoom.close();
});

test('in the team’s room the note is a card that leads to the thread', async () => {
  const { page } = team;
  await openThread(page, firm.project.name);
  await reads(page, note);
  await marked(page, note, 'Delivered');
  expect(await violations(page)).toEqual([]);
  await message(page, note).getByRole('link', { name: 'Note on Daniel Roth' }).click();
  await page.getByRole('region', { name: 'Daniel Roth', exact: true }).waitFor();
  await notes().getByRole('article').filter({ hasText: note }).waitFor();
  expect(await violations(page)).toEqual([]);
});

test('the team talks there, with ticks that mean the team', async () => {
  const { page } = team;
  await openThread(page, firm.project.name);
  await say(firm.client, teamRoomId, 'Who calls the client?');
  await reads(page, 'Who calls the client?');
  await write(page, 'I do, at four.');
  await marked(page, 'I do, at four.', 'Delivered');
  const timeline = firm.client.messaging.openTimeline(teamRoomId);
  const last = () => timeline.state.current().items.findLast((item): item is MessageItem => item.kind === 'message');
  await until('the answer is here', () => last()?.body === 'I do, at four.');
  await firm.client.messaging.markRead(teamRoomId, last()!.key);
  await marked(page, 'I do, at four.', 'Read');
  timeline.close();
});

test('is there offline, drafts too', async () => {
  const { page, context } = team;
  await composer(page).fill('Half a sent');
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.evaluate(() => navigator.serviceWorker.ready);
  await context.setOffline(true);
  await page.goto('/inbox');
  const row = page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: firm.project.name });
  await row.getByText('Half a sent').waitFor();
  await row.click();
  await reads(page, note);
  await write(page, 'Written without a network');
  await marked(page, 'Written without a network', 'Waiting to be sent');
  await context.setOffline(false);
  await marked(page, 'Written without a network', 'Delivered', 60_000);
});

test('the candidate sees nothing of it, and is asked for nothing', async () => {
  await hears(candidate.client, candidate.roomId, ['Hello Daniel.', 'Hello, which firm is it?']);
  expect(candidate.client.conversations.teamRooms.current()).toEqual([]);
  expect(candidate.client.messaging.rooms.current().map(({ roomId }) => roomId)).toEqual([candidate.roomId]);
});

test('where the project is handed over, the candidate’s thread says so, by the signed log', async () => {
  const { page } = team;
  const phone = await devices.open({ phone: true });
  const another = await firm.openConversation('Priya Shah', 'Hello Priya.');
  await comeIn(phone.page, another.link);
  await reads(phone.page, 'Hello Priya.');
  await firm.client.vault.handOver({ projectId: firm.project.id, from: accountOf(firm.client), to: colleagueId });
  const line = 'Jonas Weber now looks after this project for Harbor Search';
  await phone.page.getByText(line).waitFor();
  await phone.page.getByRole('button', { name: 'Encrypted. Who can read this?' }).click();
  await phone.page.getByText('You and Harbor Search’s project team (1): Jonas Weber.').waitFor();
  expect(await violations(phone.page)).toEqual([]);
  await page.goto('/inbox?tab=team');
  await openThread(page, 'Daniel Roth');
  await page.getByText(line).waitFor();
});
