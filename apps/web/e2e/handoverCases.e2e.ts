import { newId } from '@baton/base';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { BoardAddCandidacyDocument, CreatePersonDocument, CreateProjectDocument, InboxAddNoteDocument } from '../src/generated/graphql.ts';
import { overflow, violations } from './support/a11y.ts';
import { accountOf, invite, join, joinBy, type Colleague } from './support/colleagues.ts';
import { comeIn } from './support/candidate.ts';
import { useDevices, type Device } from './support/devices.ts';
import { claim, hears, makeFirm, say, type Conversation, type Firm } from './support/firm.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { reads, write } from './support/thread.ts';

/*
 * Handing over where it does not go by the book: who takes over is told what there is to know, in their language; a colleague
 * who has never signed in; two people at once; a connection that breaks, and a page that is reloaded in the middle.
 */
const words = 'Ivo wants to hear from us on Monday.';

const devices = useDevices({ perTest: true });
let firm: Firm;
let lena: Colleague;
let tomas: Colleague;
let ruth: Colleague;
let lenasDesk: Device;

interface Project {
  id: string;
  name: string;
}

async function makeProject(owner: Colleague, name: string): Promise<Project> {
  const project = { id: newId('project'), name };
  await owner.client.request(CreateProjectDocument, { input: { id: project.id, name, clientName: 'Meridian', publicTitle: name, members: [], locale: 'en' } });
  await owner.client.vault.begin(project.id);
  return project;
}

/** A thread of the project, with what the firm said first. */
async function converse(owner: Colleague, project: Project, candidate: string, note?: string): Promise<Conversation> {
  const [personId, candidacyId] = [newId('person'), newId('candidacy')];
  await owner.client.request(CreatePersonDocument, { input: { id: personId, name: candidate, handles: [], tags: [] } });
  await owner.client.request(BoardAddCandidacyDocument, { input: { id: candidacyId, personId, projectId: project.id } });
  if (note !== undefined) await owner.client.request(InboxAddNoteDocument, { input: { id: newId('note'), personId, body: note } });
  const { conversationId, roomId, link } = await owner.client.conversations.open({ candidacyId, candidateName: candidate, about: project.name });
  await say(owner.client, roomId, `Hello ${candidate}.`);
  return { conversationId, roomId, personId, candidate, link: link ?? '' };
}

async function openProject(page: Page, { id, name }: Project): Promise<void> {
  await page.goto(`/projects/${id}`);
  await page.getByRole('heading', { name }).waitFor();
}

/** Opens the dialog on a project's page, and fills it in. */
async function begin(page: Page, project: Project, to: string, note = ''): Promise<ReturnType<Page['getByRole']>> {
  await openProject(page, project);
  await page.getByRole('button', { name: 'Hand over…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Successor', { exact: true }).selectOption(to);
  if (note) await dialog.getByLabel('Note for the successor').fill(note);
  return dialog;
}

const submit = (dialog: ReturnType<Page['getByRole']>): Promise<void> => dialog.getByRole('button', { name: 'Hand over', exact: true }).click();
const offers = (page: Page) => page.getByRole('region', { name: 'Handed over to you' });

beforeAll(async () => {
  firm = await makeFirm();
  [lena, tomas, ruth] = await Promise.all(['Lena Hoff', 'Tomas Beran', 'Ruth Amsel'].map((name) => join(firm, name))) as [Colleague, Colleague, Colleague];
  lenasDesk = await devices.open();
  await signIn(lenasDesk.page, lena);
}, 120_000);
afterAll(() => Promise.all([firm.close(), ...[lena, tomas, ruth].map(({ client }) => client.stop())]));

describe('the successor is told', () => {
  let project: Project;
  let waits: Conversation;
  let settled: Conversation;
  let ada: Device;
  let waiting: Awaited<ReturnType<typeof claim>>;

  beforeAll(async () => {
    project = await makeProject(lena, 'Head of Treasury');
    waits = await converse(lena, project, 'Ivo Kask', 'Three months’ notice.');
    settled = await converse(lena, project, 'Ada Novak');
    waiting = await claim(waits, 'Ivo here. When do we speak?');
    ada = await devices.open();
    await comeIn(ada.page, settled.link);
    await write(ada.page, 'Gladly.');
    await hears(lena.client, waits.roomId, ['Hello Ivo Kask.', 'Ivo here. When do we speak?']);
    await hears(lena.client, settled.roomId, ['Hello Ada Novak.', 'Gladly.']);
    await say(lena.client, settled.roomId, 'Thank you, Ada.');
    await reads(ada.page, 'Thank you, Ada.');
  }, 90_000);
  afterAll(() => waiting.client.stop());

  test('by a brief of who hands over', async () => {
    const { page } = lenasDesk;
    const dialog = await begin(page, project, 'Tomas Beran', words);
    await dialog.getByText('Goes, encrypted, into the brief').waitFor();
    await dialog.getByRole('listitem').filter({ hasText: '1 candidate who waits for an answer' }).getByText('Ivo Kask').waitFor();
    await submit(dialog);
    await dialog.getByText('Tomas Beran has the project now.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
  });

  test('finds it above the inbox, and unread only who waits for an answer', async () => {
    const { page } = await devices.open();
    await signIn(page, tomas);
    await offers(page).getByText('Lena Hoff handed “Head of Treasury” over to you').waitFor();
    const list = page.getByRole('list', { name: 'Conversations' });
    await list.getByRole('link', { name: /Ivo Kask/ }).getByLabel('1 unread').waitFor();
    expect(await list.getByRole('link', { name: /Ada Novak/ }).getByLabel(/unread/).count()).toBe(0);
    expect(await violations(page)).toEqual([]);
    await offers(page).getByRole('button', { name: 'Read the brief' }).click();
    const card = page.getByRole('dialog').getByRole('article', { name: 'Brief on Head of Treasury' });
    await card.getByText(words).waitFor();
    await card.getByText('Lena Hoff writes').waitFor();
    await card.getByText(/^1 candidate waits for an answer, for \d+ minutes?$/).waitFor();
    await card.getByText('Three months’ notice.').waitFor();
    await card.getByText('Tomas Beran: 2 threads').waitFor();
    expect(await violations(page)).toEqual([]);
    await card.getByRole('region', { name: 'Wait for an answer' }).getByRole('link', { name: /Ivo Kask/ }).click();
    await page.getByRole('region', { name: 'Ivo Kask', exact: true }).waitFor();
    await reads(page, 'Ivo here. When do we speak?');
    await openThread(page, project.name);
    await page.getByRole('region', { name: 'Messages' }).getByRole('article', { name: 'Brief on Head of Treasury' }).getByText('The project’s signed log says so.').waitFor();
    expect(await violations(page)).toEqual([]);
    await openProject(page, project);
    await offers(page).getByRole('button', { name: 'Put away the brief on Head of Treasury' }).click();
    await offers(page).waitFor({ state: 'detached' });
    await page.reload();
    await page.getByRole('heading', { name: project.name }).waitFor();
    await page.getByRole('button', { name: 'Read by Tomas Beran' }).waitFor();
    expect(await offers(page).count()).toBe(0);
  });

  test('a candidate sees who looks after the project now, in the line and above the thread, in both languages', async () => {
    const { page } = ada;
    await page.getByText('Tomas Beran now looks after this project for Harbor Search').waitFor();
    await page.getByRole('heading', { name: 'Tomas Beran' }).waitFor();
    await page.evaluate(() => localStorage.setItem('baton.locale', 'zh-CN'));
    await page.reload();
    await page.getByText('Tomas Beran现在代表Harbor Search负责此项目').waitFor();
    await page.getByRole('heading', { name: 'Tomas Beran' }).waitFor();
    expect(await violations(page)).toEqual([]);
    await ada.lose();
  });

  test('reads it in Chinese on a phone', async () => {
    const { page } = await devices.open({ phone: true, language: 'zh-CN', dark: true });
    await page.goto('/sign-in');
    await page.getByLabel('邮箱').fill(tomas.email);
    await page.getByLabel('密码', { exact: true }).fill(tomas.password);
    await page.getByRole('button', { name: '登录' }).click();
    const offer = page.getByRole('region', { name: '交接给您的项目' });
    await offer.getByText('Lena Hoff把“Head of Treasury”交接给您').waitFor();
    expect(await overflow(page)).toBe(0);
    await offer.getByRole('button', { name: '阅读简报' }).click();
    const card = page.getByRole('dialog').getByRole('article');
    await card.getByText('1 位候选人等待回复').waitFor();
    await card.getByText(words).waitFor();
    expect(await overflow(page)).toBe(0);
    expect(await violations(page)).toEqual([]);
  });
});

test('of two handovers at once the second hears who was faster, and nothing is half done', async () => {
  const project = await makeProject(lena, 'Plant Manager');
  await lena.client.vault.setTeam(project.id, [{ accountId: lena.accountId, role: 'lead' }, { accountId: accountOf(firm.client), role: 'lead' }]);
  await firm.client.vault.project(project.id);
  const handOver = (client: Colleague['client'], to: Colleague) => client.vault.handOver({ projectId: project.id, from: lena.accountId, to: to.accountId }).then(() => 'done', (error: unknown) => error);
  const answers = await Promise.all([handOver(lena.client, tomas), handOver(firm.client, ruth)]);
  const [winner, loser] = answers[0] === 'done' ? [tomas, 1] : [ruth, 0];
  expect(answers[1 - loser]).toBe('done');
  // Who hands over their own project is off it at once, and is told that.
  expect(['ALREADY_HANDED_OVER', 'NOT_FOUND']).toContain((answers[loser] as { code: string }).code);
  const seen = await firm.client.vault.project(project.id);
  expect(seen?.team.map(({ accountId }) => accountId).toSorted()).toEqual([accountOf(firm.client), winner.accountId].toSorted());
  expect(seen?.changes.filter(({ type }) => type === 'handover')).toHaveLength(1);
});

test('a project that its lead never opened goes over too: the partner makes its key in her place', async () => {
  const project = { id: newId('project'), name: 'Works Manager' };
  await lena.client.request(CreateProjectDocument, { input: { id: project.id, name: project.name, clientName: 'Meridian', publicTitle: project.name, members: [], locale: 'en' } });
  const { page } = await devices.open();
  await signIn(page, firm.partner);
  const dialog = await begin(page, project, 'Ruth Amsel');
  await dialog.getByText('Nobody has made its key yet. You make it now, in Lena Hoff’s place').waitFor();
  expect(await violations(page)).toEqual([]);
  await submit(dialog);
  await dialog.getByText('Ruth Amsel has the project now.').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  const seen = await firm.client.vault.project(project.id);
  expect(seen?.team).toEqual([{ accountId: ruth.accountId, role: 'lead' }]);
  expect(seen?.changes.map(({ type, actorId }) => [type, actorId])).toEqual([['genesis', accountOf(firm.client)], ['handover', accountOf(firm.client)]]);
});

test('the words of another firm’s kit are called that, and the own ones open a project that the partner is not on', async () => {
  const [project, other] = [await makeProject(lena, 'Head of Audit'), await makeFirm({ name: 'Another Search' })];
  await other.client.stop();
  const { page } = await devices.open();
  await signIn(page, firm.partner);
  const dialog = await begin(page, project, 'Ruth Amsel');
  await submit(dialog);
  const field = dialog.getByRole('textbox', { name: 'Words of the kit' });
  await field.fill(other.firmWords.join(' '));
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.getByText('These are the recovery words of another firm. Take the sheet of your own.').waitFor();
  expect(await field.getAttribute('aria-invalid')).toBe('true');
  expect(await violations(page)).toEqual([]);
  await field.fill(firm.firmWords.join(' '));
  await dialog.getByRole('button', { name: 'Go on' }).click();
  await dialog.getByText('Ruth Amsel has the project now.').waitFor();
  await dialog.getByRole('button', { name: 'Done' }).click();
  expect((await ruth.client.vault.project(project.id))?.changes.at(-1)).toMatchObject({ type: 'handover', actorId: null, to: ruth.accountId });
});

describe('a connection that breaks in the middle', () => {
  test('goes on where it stopped, after a reload too', async () => {
    const projects = [await makeProject(lena, 'Site Lead'), await makeProject(lena, 'Chief Buyer')];
    const { page, context } = await devices.open();
    page.on('dialog', (asked) => void asked.accept());
    await signIn(page, firm.partner);
    await page.goto('/colleagues');
    // As partner she is on neither of them: she comes on the team of both, so that no words are needed.
    for (const { id } of projects) await lena.client.vault.setTeam(id, [{ accountId: lena.accountId, role: 'lead' }, { accountId: accountOf(firm.client), role: 'member' }]);
    let broken = true;
    await context.route('**/graphql', (route) => {
      const body = route.request().postData() ?? '';
      return broken && body.includes('"type":"handover"') && body.includes(projects[0]!.id) ? route.abort() : route.fallback();
    });
    await page.getByRole('listitem').filter({ hasText: 'Lena Hoff' }).getByRole('button').click();
    await page.getByRole('menuitem', { name: /Hand over/ }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Successor', { exact: true }).selectOption('Ruth Amsel');
    await dialog.getByRole('button', { name: /^Hand over/ }).click();
    await dialog.getByText('Connection broken, trying again…').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.reload();
    broken = false;
    await page.getByText('The handover from Lena Hoff to Ruth Amsel goes on.').waitFor();
    await page.getByText('Ruth Amsel has all 2 projects now.').waitFor();
    for (const { id } of projects) expect((await firm.client.vault.project(id))?.team.map(({ accountId }) => accountId)).toContain(ruth.accountId);
  });
});

describe('a successor who has never signed in', () => {
  let project: Project;
  let link: string;

  test('is waited for, and the project’s page says so', async () => {
    project = { id: firm.project.id, name: firm.project.name };
    link = await invite(firm, 'Nora Lind');
    const { page } = await devices.open();
    await signIn(page, firm.partner);
    const dialog = await begin(page, project, 'Nora Lind (has not signed in yet)', words);
    await dialog.getByText('The handover waits and completes by itself at their first sign-in').waitFor();
    expect(await violations(page)).toEqual([]);
    await submit(dialog);
    await dialog.getByText('Waits for Nora Lind’s first sign-in.').waitFor();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.getByText('Waits for Nora Lind’s first sign-in.').waitFor();
    expect(await violations(page)).toEqual([]);
    await page.getByRole('button', { name: 'Cancel handover' }).click();
    await page.getByText('The handover was cancelled.').waitFor();
    await page.getByText('Waits for Nora Lind’s first sign-in.').waitFor({ state: 'detached' });
    await submit(await begin(page, project, 'Nora Lind (has not signed in yet)', words));
    await page.getByRole('dialog').getByText('Waits for Nora Lind’s first sign-in.').waitFor();
    await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();

    // She comes, while a lead's page is open; nobody does anything.
    const nora = await joinBy(link, 'Nora Lind');
    await page.getByText('Waits for Nora Lind’s first sign-in.').waitFor({ state: 'detached' });
    await expect.poll(async () => (await nora.client.vault.project(project.id).catch(() => null))?.team, { timeout: 20_000 }).toEqual([{ accountId: nora.accountId, role: 'lead' }]);
    await nora.client.stop();
    const hers = await devices.open();
    await signIn(hers.page, nora);
    await offers(hers.page).getByRole('button', { name: 'Read the brief' }).click();
    await hers.page.getByRole('dialog').getByRole('article').getByText(words).waitFor();
  });
});
