import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { newId } from '@baton/base';
import { unzipSync } from 'fflate';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { HeadlessClient } from '../../../scripts/headless/headlessClient.ts';
import { overflow, violations } from './support/a11y.ts';
import { useDevices, type Device } from './support/devices.ts';
import { claim, hears, makeFirm, newEmail, openClient, ready, say, until, type Firm } from './support/firm.ts';
import { signIn } from './support/recruiter.ts';

/*
 * A partner takes a whole project out, on a browser that has read none of it before. What she saves can be read without Baton and
 * without a network, and checked by anybody who has Node.
 */
const hostile = '</script><script>document.title = "taken"</script><img src=x onerror=alert(1)>';
/** More than a first sync brings. */
const long = Array.from({ length: 45 }, (_, n) => `Message ${n + 1} of a long thread`);
/** While her browser has no connection: what is exported is what was said until then. */
const meanwhile = 'Said while she was offline';
const note = 'Her notice is three months; the client must not hear of it yet.';

/** A partner who comes when everything has been said: all that she reads she reads with the project's key. */
const late = { name: 'Jonas Weber', email: newEmail('Jonas Weber'), password: 'purple lantern drifts home' };

const devices = useDevices();
const run = promisify(execFile);
let firm: Firm;
let desk: Device;
let folder: string;
let archive: string;
let candidate: { client: HeadlessClient };
let longRoomId: string;
let isSaid = false;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'baton-export-e2e-'));
  archive = join(folder, 'archive');
  firm = await makeFirm();
  const first = await firm.openConversation('李娜', '您好，李娜。');
  const second = await firm.openConversation('Daniel Roth', 'Hello Daniel.', hostile);
  await firm.openConversation('../../etc/passwd', 'A name like a path.');
  candidate = await claim(first, '您好，请问是哪家公司？');
  await hears(firm.client, first.roomId, ['您好，李娜。', '您好，请问是哪家公司？']);
  for (const body of long) await firm.client.messaging.send(second.roomId, { body });
  await firm.client.conversations.refresh();
  const teamRoomId = firm.client.conversations.teamRooms.current()[0]!.roomId;
  await firm.client.messaging.send(teamRoomId, { body: note, noteOn: first.conversationId });
  await say(firm.client, teamRoomId, 'Who calls the client?');
  await hears(firm.client, second.roomId, ['Hello Daniel.', hostile, ...long]);
  const timeline = firm.client.messaging.openTimeline(second.roomId);
  const sent = () => timeline.state.current().items.filter((item) => item.kind === 'message' && item.status !== 'queued');
  await until('all of it is sent', () => sent().length === 2 + long.length);
  timeline.close();
  longRoomId = second.roomId;
  await putOnProject();
});
afterAll(async () => {
  await Promise.all([firm.close(), candidate.client.stop(), rm(folder, { recursive: true, force: true })]);
});

const accountOf = (client: HeadlessClient): string => {
  const status = client.status.current();
  return status.phase === 'signed-in' ? status.viewer.accountId : '';
};

async function putOnProject(): Promise<void> {
  const { link } = await firm.client.account.inviteColleague({ name: late.name, role: 'PARTNER' });
  const joining = await openClient('The laptop of a colleague');
  await joining.account.joinAsColleague({ link, ...late });
  await ready(joining);
  // Certified and in the firm's log: only then others can seal something to them.
  await joining.vault.project(newId('project')).catch(() => undefined);
  await firm.client.vault.setTeam(firm.project.id, [{ accountId: accountOf(firm.client), role: 'lead' }, { accountId: accountOf(joining), role: 'member' }]);
  await joining.stop();
}

const dialog = (page: Page) => page.getByRole('dialog', { name: /^(Export|导出)/ });

/** Unpacks what a download saved. */
async function unpack(zip: string, to: string): Promise<string[]> {
  const files = unzipSync(await readFile(zip));
  for (const [path, bytes] of Object.entries(files)) {
    await mkdir(dirname(join(to, path)), { recursive: true });
    await writeFile(join(to, path), bytes);
  }
  return Object.keys(files);
}

const verify = (place = archive): Promise<{ code: number; said: string }> =>
  run(process.execPath, [join(place, 'verify.mjs')]).then(
    ({ stdout }) => ({ code: 0, said: stdout }),
    ({ code, stderr }: { code: number; stderr: string }) => ({ code, said: stderr }),
  );

test('she is told what goes in and who can read it then, and a lost connection is only a pause', async () => {
  desk = await devices.open();
  const { page, context } = desk;
  await signIn(page, firm.partner);
  await page.goto(`/projects/${firm.project.id}`);
  await page.getByRole('button', { name: 'Export…' }).click();
  await dialog(page).getByText('The file is not encrypted: whoever has it can read all of it.').waitFor();
  expect(await violations(page)).toEqual([]);
  // Once this is checked the browser is through with signing in.
  await page.getByText('Read by Mei Lin and Jonas Weber').waitFor();
  await page.keyboard.press('Escape');
  expect(await page.evaluate(() => document.activeElement?.getAttribute('aria-label'))).toBe('Export…');
  await page.getByRole('button', { name: 'Export…' }).click();
  await context.setOffline(true);
  await dialog(page).getByRole('button', { name: 'Export', exact: true }).click();
  await dialog(page).getByText('No connection. It goes on by itself as soon as there is one.').waitFor();
  if (!isSaid) await say(firm.client, longRoomId, meanwhile);
  isSaid = true;
  const saving = page.waitForEvent('download', { timeout: 90_000 });
  await context.setOffline(false);
  const download = await saving;
  expect(download.suggestedFilename()).toMatch(/^Chief-Financial-Officer-\d{4}-\d\d-\d\d\.zip$/);
  await download.saveAs(join(folder, 'export.zip'));
  await dialog(page).getByText('Saved as Chief-Financial-Officer-').waitFor();
  await dialog(page).getByText('3 threads, 53 messages').waitFor();
  expect(await dialog(page).getByRole('alert').count(), 'nothing is in doubt').toBe(0);
  expect(await violations(page)).toEqual([]);
  await dialog(page).getByRole('button', { name: 'Done' }).click();
});

test('every message of every thread and of the team is in it', async () => {
  const paths = await unpack(join(folder, 'export.zip'), archive);
  expect(paths.sort()).toEqual([
    'README.txt', 'index.html', 'logs/organisation.json', 'logs/project.json', 'manifest.json', 'project.json', 'team-room.html', 'team-room.json',
    'threads/001.html', 'threads/001.json', 'threads/002-Daniel-Roth.html', 'threads/002-Daniel-Roth.json', 'threads/003-etc-passwd.html', 'threads/003-etc-passwd.json', 'verify.mjs',
  ]);
  const said = async (path: string): Promise<string[]> => {
    const { items, complete } = JSON.parse(await readFile(join(archive, path), 'utf8')) as { complete: boolean; items: { kind: string; body?: string; senderName?: string; proof?: string }[] };
    expect(complete).toBe(true);
    return items.filter(({ kind }) => kind === 'message').map(({ senderName, body, proof }) => `${senderName}, ${proof}: ${body}`);
  };
  expect(await said('threads/001.json')).toEqual(['Mei Lin, certified: 您好，李娜。', '李娜, certified: 您好，请问是哪家公司？']);
  expect(await said('threads/002-Daniel-Roth.json')).toEqual(['Hello Daniel.', hostile, ...long, meanwhile].map((body) => `Mei Lin, certified: ${body}`));
  expect(await said('team-room.json')).toEqual([`Mei Lin, certified: ${note}`, 'Mei Lin, certified: Who calls the client?']);
});

test('the script in it finds it whole, and names the file in which one byte was changed', async () => {
  expect(await verify()).toMatchObject({ code: 0, said: expect.stringContaining('OK: 14 files') });
  const page = join(archive, 'threads/002-Daniel-Roth.html');
  const before = await readFile(page);
  const after = Buffer.from(before);
  after[after.indexOf('Message 7')] = 'm'.charCodeAt(0);
  await writeFile(page, after);
  expect(await verify()).toEqual({ code: 1, said: 'NOT OK\nthreads/002-Daniel-Roth.html: was changed\n' });
  await writeFile(page, before);
  expect((await verify()).code).toBe(0);
});

test('its pages open from the disk, run nothing, and lead to one another', async () => {
  const { context } = desk;
  const page = await context.newPage();
  await page.goto(pathToFileURL(join(archive, 'index.html')).href);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Daniel Roth' }).click();
  await page.getByText(hostile).waitFor();
  expect(await page.title()).toBe('Daniel Roth · Chief Financial Officer');
  expect(await page.locator('script, img').count()).toBe(0);
  expect(await page.getByRole('article').count()).toBe(3 + long.length);
  expect(await violations(page)).toEqual([]);
  await page.getByRole('link', { name: 'Back to the project' }).click();
  await page.getByRole('link', { name: '李娜' }).click();
  await page.getByText('Note to the team. The candidate never saw it.').waitFor();
  await page.getByText(note).waitFor();
  await page.close();
});

test('cut off as soon as it begins, on a page that has just opened, it says so: it can be stopped, and goes on by itself when there is a connection', async () => {
  const { page, context } = desk;
  const begin = async (): Promise<void> => {
    await page.goto(`/projects/${firm.project.id}`);
    await page.getByRole('button', { name: 'Export…' }).click();
    await dialog(page).getByRole('button', { name: 'Export', exact: true }).click();
    await context.setOffline(true);
    await dialog(page).getByText('No connection. It goes on by itself as soon as there is one.').waitFor();
  };
  await begin();
  await dialog(page).getByRole('button', { name: 'Stop' }).click();
  await dialog(page).waitFor({ state: 'detached' });
  await context.setOffline(false);

  await begin();
  // Longer than the first questions are patient.
  await page.waitForTimeout(5_000);
  expect(await dialog(page).innerText()).toContain('No connection.');
  await context.setOffline(false);
  await dialog(page).getByText('Saved as Chief-Financial-Officer-').waitFor();
  await dialog(page).getByText('3 threads, 53 messages').waitFor();
  await dialog(page).getByRole('button', { name: 'Done' }).click();
});

test('a partner who came later has the same, on a phone and in Chinese', async () => {
  const phone = await devices.open({ phone: true, language: 'zh-CN' });
  const { page } = phone;
  await page.goto('/sign-in');
  await page.getByLabel('邮箱').fill(late.email);
  await page.getByLabel('密码', { exact: true }).fill(late.password);
  await page.getByRole('button', { name: '登录' }).click();
  await page.waitForURL('**/inbox');
  await page.goto(`/projects/${firm.project.id}`);
  await page.getByRole('button', { name: '导出…' }).click();
  expect([await violations(page), await overflow(page)]).toEqual([[], 0]);
  const saving = page.waitForEvent('download', { timeout: 90_000 });
  await dialog(page).getByRole('button', { name: '导出', exact: true }).click();
  await (await saving).saveAs(join(folder, 'chinese.zip'));
  await dialog(page).getByText('3 个对话，53 条消息').waitFor();
  expect([await violations(page), await overflow(page)]).toEqual([[], 0]);
  const chinese = join(folder, 'chinese');
  await unpack(join(folder, 'chinese.zip'), chinese);
  expect(await verify(chinese)).toMatchObject({ code: 0, said: expect.stringMatching(/by Jonas Weber[^]*Not decrypted +0 messages[^]*Writer not proven +0 messages/) });
  const read = await phone.newTab();
  await read.goto(pathToFileURL(join(chinese, 'threads/001.html')).href);
  await read.getByText('团队备注。候选人从未看到。').waitFor();
  expect([await violations(read), await overflow(read)]).toEqual([[], 0]);
});
