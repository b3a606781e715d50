import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { HeadlessClient } from '../../../scripts/headless/headlessClient.ts';
import { overflow, violations } from './support/a11y.ts';
import { join, type Colleague } from './support/colleagues.ts';
import { useDevices } from './support/devices.ts';
import { claim, hears, makeFirm, openClient, ready, say, until, type Conversation, type Firm } from './support/firm.ts';
import { startLyingServer, type LyingServer } from './support/lyingServer.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { marked, message, reads, write } from './support/thread.ts';

/*
 * The server shows one colleague and the candidate an old state of who reads the project, while a third was taken off it. Neither
 * has seen more. What the partner writes tells them: they write nothing until the server shows what it hides.
 */
const devices = useDevices();
let firm: Firm;
let colleague: Colleague;
let leaver: Colleague;
let talk: Conversation;
let hiding = false;
let server: LyingServer;
let misled: HeadlessClient;
let candidate: HeadlessClient;
const said = ['Hello Ada, may I tell you about a role?', 'Gladly, what is it?'];

/** Of a project's log, its first two lines: the genesis and the one with which the team came. */
function old(data: Record<string, unknown>): Record<string, unknown> {
  const { project, conversationVault } = data as { project?: { vault?: { log?: Line[] } | null } | null; conversationVault?: { log: Line[] } | null };
  const first = (lines: Line[]): Line[] => lines.filter(({ statement }) => statement.seq < 2);
  if (!hiding) return data;
  if (project?.vault?.log) return { ...data, project: { ...project, vault: { ...project.vault, log: first(project.vault.log) } } };
  return conversationVault ? { ...data, conversationVault: { ...conversationVault, log: first(conversationVault.log) } } : data;
}
interface Line {
  statement: { seq: number };
}

/** Waits until a client has these, in whatever order they went out. */
async function hearsAll(client: HeadlessClient, expected: string[]): Promise<void> {
  const { state } = client.messaging.openTimeline(talk.roomId);
  const bodies = () => state.current().items.flatMap((item) => (item.kind === 'message' ? [item.body] : []));
  await until(`all of these: ${expected.join(' | ')}`, () => bodies().toSorted().join() === expected.toSorted().join());
}

/** What became of the last message of one's own. */
function last(client: HeadlessClient): () => { status: string | null; code: string | undefined } {
  const { state } = client.messaging.openTimeline(talk.roomId);
  return () => {
    const item = state.current().items.findLast((each) => each.kind === 'message' && each.mine);
    return item?.kind === 'message' ? { status: item.status, code: item.failure?.code } : { status: null, code: undefined };
  };
}

beforeAll(async () => {
  server = await startLyingServer(inject('stack').origin, { data: old });
  firm = await makeFirm();
  [colleague, leaver] = [await join(firm, 'Tomas Beran'), await join(firm, 'Ruth Amsel')];
  talk = await firm.openConversation('Ada Novak', said[0]!);
  candidate = (await claim(talk, said[1], server.origin)).client;
  const status = firm.client.status.current();
  const partner = { accountId: status.phase === 'signed-in' ? status.viewer.accountId : '', role: 'lead' as const };
  const member = (accountId: string) => ({ accountId, role: 'member' as const });
  await firm.client.vault.setTeam(firm.project.id, [partner, member(colleague.accountId), member(leaver.accountId)]);
  misled = await openClient('A desk behind a liar', server.origin);
  await misled.account.signIn(colleague);
  await ready(misled);
  for (const client of [misled, candidate]) await hears(client, talk.roomId, said);
  expect((await misled.vault.project(firm.project.id))?.epoch).toBe(1);

  hiding = true;
  await firm.client.vault.setTeam(firm.project.id, [partner, member(colleague.accountId)]);
}, 120_000);
afterAll(() => Promise.all([firm.close(), misled.stop(), candidate.stop(), colleague.client.stop(), leaver.client.stop()]).then(() => server.close()));

test('who reads a message that names a newer state than the server shows sends nothing, and is told why', async () => {
  expect((await misled.vault.project(firm.project.id))?.epoch).toBe(1);
  await say(firm.client, talk.roomId, 'Head of treasury, in Rotterdam.');
  for (const client of [misled, candidate]) {
    await hears(client, talk.roomId, [...said, 'Head of treasury, in Rotterdam.']);
    const mine = last(client);
    await client.messaging.send(talk.roomId, { body: 'I have a question.' });
    await until('is held back', () => mine().status === 'queued' && mine().code === 'LOG_ROLLBACK');
  }
  await expect(misled.vault.project(firm.project.id)).resolves.toMatchObject({ epoch: 1 });
});

test('a page says it beside the message, and what to do', async () => {
  const { page } = await devices.open({ origin: server.origin, phone: true });
  await signIn(page, colleague);
  await page.getByRole('tab', { name: /^Team/ }).click();
  await openThread(page, 'Ada Novak');
  await reads(page, 'Head of treasury, in Rotterdam.');
  await write(page, 'Held on a phone.');
  await message(page, 'Held on a phone.').getByText(/^Held back: the server hides who can read now\..*Tell a partner of your firm, and not by this app\./).waitFor();
  await marked(page, 'Held on a phone.', 'Waiting to be sent');
  expect([await violations(page), await overflow(page)]).toEqual([[], 0]);
  await page.evaluate(() => localStorage.setItem('baton.locale', 'zh-CN'));
  await page.reload();
  await message(page, 'Held on a phone.').getByText(/^暂未发送：服务器隐瞒了目前谁可以阅读/).waitFor();
});

test('and it goes out by itself when the server shows it, under the key that the leaver never had', async () => {
  hiding = false;
  for (const client of [misled, candidate]) await until('is sent', () => last(client)().status !== 'queued');
  await hearsAll(firm.client, [...said, 'Head of treasury, in Rotterdam.', 'I have a question.', 'I have a question.', 'Held on a phone.']);
  expect((await misled.vault.project(firm.project.id))?.epoch).toBe(2);
});
