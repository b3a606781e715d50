import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overflow, settled, violations } from './support/a11y.ts';
import { comeIn } from './support/candidate.ts';
import { speak, useDevices, type Device } from './support/devices.ts';
import { claim, makeFirm, type Conversation, type Firm } from './support/firm.ts';
import { watchRequests } from './support/quiet.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { reads, write } from './support/thread.ts';

const devices = useDevices({ perTest: true });
let firm: Firm;
let talk: Conversation;
let unopened: Conversation;
let candidate: Awaited<ReturnType<typeof claim>>;

beforeAll(async () => {
  firm = await makeFirm();
  talk = await firm.openConversation('Daniel Roth', 'Hello Daniel.');
  unopened = await firm.openConversation('Priya Shah', 'Hello Priya.');
  candidate = await claim(talk, '您好，请问是哪家公司？');
});
afterAll(() => Promise.all([firm.close(), candidate.client.stop()]));

/** Fails with every finding of every page, not with the first. */
function collect(): { look(page: Page, where: string): Promise<void>; found: string[] } {
  const found: string[] = [];
  return {
    found,
    look: async (page, where) => {
      const note = (violation: string): unknown => found.push(`${where} – ${violation}`);
      await settled(page);
      (await violations(page)).forEach(note);
      const wider = await overflow(page);
      if (wider > 0) note(`${wider} px wider than its window`);
      // Only colours are others in the dark.
      await page.emulateMedia({ colorScheme: 'dark' });
      await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'dark');
      await settled(page);
      (await violations(page, ['color-contrast'])).forEach((violation) => note(`dark – ${violation}`));
      await page.emulateMedia({ colorScheme: 'light' });
      await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'light');
    },
  };
}

/** Where a recruiter gets to, each with the heading that says it is there. */
const places = (): [path: string, heading: string | RegExp][] => [
  ['/inbox', /^(Inbox|收件箱)/], ['/projects', /^(Projects|项目)/], [`/projects/${firm.project.id}`, firm.project.name], ['/people', /^(People|人才库)/], [`/people/${talk.personId}`, 'Daniel Roth'],
  ['/import', /^(Import people|导入人选)/], ['/colleagues', /^(Colleagues|同事)/], ['/settings', /^(Settings|设置)/], ['/settings/log', /^(Log|日志)/],
  ['/nowhere', /^(There is nothing at this address|此地址没有内容)/],
];

/** Goes from page to page, and does something on each once it is there and all of it has come. */
async function goAround({ page, context }: Device, act: (page: Page, where: string) => Promise<void>): Promise<void> {
  const quiet = watchRequests(context);
  for (const [path, heading] of places()) {
    await page.goto(path);
    await page.getByRole('heading', { name: heading }).first().waitFor();
    await quiet();
    await act(page, path.replace(/_[0-9a-f]+/, ''));
  }
}

describe('a recruiter’s pages, in the light and in the dark', () => {
  let desk: Device;
  beforeAll(async () => {
    desk = await devices.open();
  });

  test('the ways in have no accessibility violations', async () => {
    const { look, found } = collect();
    for (const [path, heading] of [['/sign-in', 'Sign in'], ['/recover', 'Get back in'], ['/set-up', 'Set up your firm']] as const) {
      await desk.page.goto(path);
      await desk.page.getByRole('heading', { name: heading }).waitFor();
      await look(desk.page, path);
    }
    expect(found).toEqual([]);
  });

  test('the pages have none', async () => {
    const { look, found } = collect();
    await signIn(desk.page, firm.partner);
    await goAround(desk, look);
    expect(found).toEqual([]);
  });

  test('nor have threads, menus and dialogs', async () => {
    const { page } = desk;
    const { look, found } = collect();
    await page.goto('/inbox');
    await openThread(page, 'Daniel Roth');
    await reads(page, '您好，请问是哪家公司？');
    await look(page, 'thread');
    await page.getByRole('button', { name: /^You and the project team/ }).click();
    await look(page, 'readers');
    await page.keyboard.press('Escape');
    await page.getByRole('region', { name: 'Stage' }).getByRole('button', { name: /^Move/ }).click();
    await page.getByRole('menu').waitFor();
    await look(page, 'stage menu');
    await page.keyboard.press('Escape');
    await openThread(page, 'Priya Shah');
    await page.getByRole('button', { name: 'QR code' }).first().click();
    await look(page, 'link card');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Command menu' }).waitFor();
    await look(page, 'command menu');
    await page.keyboard.press('Escape');

    await page.goto(`/projects/${firm.project.id}`);
    await page.getByRole('button', { name: 'Actions for Daniel Roth' }).click();
    await page.getByRole('menu').waitFor();
    await look(page, 'card menu');
    await page.getByRole('menuitem', { name: 'History' }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'history');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Add candidate' }).first().click();
    await page.getByRole('dialog').getByRole('combobox').fill('Pri');
    await page.getByRole('option').first().waitFor();
    await look(page, 'add candidate');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Project settings' }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'project settings');

    await page.goto('/people');
    await page.getByRole('button', { name: 'New person' }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'new person');
    await page.goto('/colleagues');
    await page.getByRole('button', { name: 'Invite a colleague' }).first().click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'invite');
    await page.goto('/settings');
    await page.getByRole('button', { name: 'Change password' }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'change password');
    expect(found).toEqual([]);
  });
});

describe('a candidate’s pages, in the light and in the dark', () => {
  test('have no accessibility violations and fit a phone, sheets included', async () => {
    const { look, found } = collect();
    const { link } = await firm.openConversation('Hana Brandt', 'Hello Hana.');
    const { page } = await devices.open({ phone: true });
    await page.goto(link);
    await page.getByRole('button', { name: 'Continue' }).waitFor();
    await look(page, 'link');
    await page.getByRole('button', { name: 'Tell us' }).click();
    await page.getByRole('dialog').waitFor();
    await look(page, 'report');
    await page.keyboard.press('Escape');
    await comeIn(page, link);
    await reads(page, 'Hello Hana.');
    await write(page, 'Hello! '.repeat(30));
    await page.getByRole('region', { name: 'Answer from any device' }).waitFor();
    await look(page, 'talk');
    for (const [entry, sheet] of [['Who can read this', 'Who can read this'], ['Set a password', 'Answer from any device'], ['Leave conversation', 'Leave this conversation?']] as const) {
      await page.getByRole('button', { name: 'Menu', exact: true }).click();
      await page.getByRole('dialog', { name: 'Conversation' }).getByRole('button', { name: entry }).waitFor();
      await look(page, 'menu');
      await page.getByRole('dialog', { name: 'Conversation' }).getByRole('button', { name: entry }).click();
      await page.getByRole('dialog', { name: sheet }).waitFor();
      await look(page, entry);
      await page.keyboard.press('Escape');
    }
    await page.goto(link.replace(/#.*/, ''));
    await page.getByRole('heading', { name: 'This link is not complete' }).waitFor();
    await look(page, 'broken link');
    expect(found).toEqual([]);
  });
});

describe('what is said in passing', () => {
  test.each([{ phone: false, name: '王芳' }, { phone: true, name: '李明阳' }])('covers neither the field to write in nor its button (phone: $phone)', async ({ phone, name }) => {
    await firm.openConversation(name, '您好！');
    const { page } = await devices.open({ phone });
    await signIn(page, firm.partner);
    await openThread(page, name);
    if (phone) await page.getByRole('button', { name: 'Details' }).click();
    await page.getByRole('region', { name: 'Details' }).getByRole('button', { name: 'Make a new link' }).click();
    const toast = page.getByRole('region', { name: 'Notifications' });
    await toast.getByText('New link made').waitFor();
    if (phone) await page.goBack();
    const box = page.getByRole('textbox', { name: `Message ${name}` }).locator('xpath=ancestor::form');
    await box.waitFor();
    const [over, under] = [await toast.boundingBox(), await box.boundingBox()];
    expect(over && under && over.y + over.height <= under.y).toBe(true);
  });
});

describe('in Chinese, on a phone', () => {
  /** English words that stand on a page in Chinese: names, addresses and file formats aside. */
  const english = (page: Page): Promise<string[]> =>
    page.evaluate(() => (document.body.innerText.match(/\b[A-Za-z]{3,}(?: [A-Za-z’]{2,})+\b/g) ?? []).filter((words) => !/Mei Lin|Daniel Roth|Priya Shah|Hana Brandt|Harbor Search|Chief Financial|CFO of|Hello|Chrome|Northwind|Not a fit|Excel|LinkedIn|CSV|elsewhere/.test(words)));

  test('pages fit, threads are one of their own, and nothing is left in English', async () => {
    const { look, found } = collect();
    const device = await devices.open({ language: 'zh-CN', phone: true });
    const { page } = device;
    await page.goto('/sign-in');
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    await page.getByLabel('邮箱').fill(firm.partner.email);
    await page.getByLabel('密码', { exact: true }).fill(firm.partner.password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('list', { name: '对话' }).getByRole('link', { name: 'Daniel Roth' }).click();
    await reads(page, '您好，请问是哪家公司？');
    await look(page, 'thread');
    await page.getByRole('button', { name: '详情' }).click();
    await page.getByRole('region', { name: '详情' }).waitFor();
    await look(page, 'details');
    await page.goBack();
    await page.getByRole('link', { name: '返回列表' }).click();
    await page.getByRole('list', { name: '对话' }).waitFor();
    await goAround(device, async (_, where) => {
      await look(page, where);
      found.push(...(await english(page)).map((words) => `${where} – ${words}`));
      // English takes more room.
      await speak(page, 'en');
      const wider = await overflow(page);
      if (wider > 0) found.push(`${where} – in English ${wider} px wider than its window`);
    });
    expect(found).toEqual([]);
  });

  test('a candidate chooses it with one tap', async () => {
    const { page } = await devices.open({ phone: true });
    await page.goto(unopened.link);
    await page.getByRole('button', { name: '切换到中文' }).click();
    await page.getByRole('heading', { name: /Mei Lin ?想和您聊聊/ }).waitFor();
    await page.getByRole('button', { name: '继续' }).waitFor();
    await page.reload();
    await page.getByRole('button', { name: '继续' }).waitFor();
    expect(await violations(page)).toEqual([]);
  });
});
