import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { overflow, violations } from './support/a11y.ts';
import { comeIn } from './support/candidate.ts';
import { useDevices, type Device } from './support/devices.ts';
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
      // Colours are judged where they have come to rest.
      await page.evaluate(() => Promise.all(document.getAnimations().filter(({ effect }) => effect?.getTiming().iterations !== Infinity).map(({ finished }) => finished.catch(() => undefined))));
      found.push(...(await violations(page)).map((violation) => `${where} – ${violation}`));
      const wider = await overflow(page);
      if (wider > 0) found.push(`${where} – ${wider} px wider than its window`);
    },
  };
}

/** Where a recruiter gets to, each with words of the heading that says it is there. */
const places = (): [path: string, heading: string][] => [
  ['/inbox', 'Inbox'], ['/projects', 'Projects'], [`/projects/${firm.project.id}`, firm.project.name], ['/people', 'People'], [`/people/${talk.personId}`, 'Daniel Roth'],
  ['/import', 'Import people'], ['/colleagues', 'Colleagues'], ['/settings', 'Settings'], ['/settings/log', 'Log'], ['/nowhere', 'There is nothing at this address'],
];

async function lookAround(device: Device, look: (page: Page, where: string) => Promise<void>): Promise<void> {
  const quiet = watchRequests(device.context);
  for (const [path, heading] of places()) {
    await device.page.goto(path);
    await device.page.getByRole('heading', { name: heading }).first().waitFor();
    await quiet();
    await look(device.page, path.replace(/_[0-9a-f]+/, ''));
  }
}

describe.each([{ dark: false }, { dark: true }])('a recruiter’s pages (dark: $dark)', ({ dark }) => {
  let desk: Device;
  beforeAll(async () => {
    desk = await devices.open({ dark });
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
    await lookAround(desk, look);
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

describe.each([{ dark: false }, { dark: true }])('a candidate’s pages (dark: $dark)', ({ dark }) => {
  test('have no accessibility violations and fit a phone, sheets included', async () => {
    const { look, found } = collect();
    const { link } = await firm.openConversation('Hana Brandt', 'Hello Hana.');
    const { page } = await devices.open({ phone: true, dark });
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

describe('at a phone’s width', () => {
  test('a recruiter’s pages fit, and threads are a page of their own', async () => {
    const { look, found } = collect();
    const device = await devices.open({ phone: true });
    await signIn(device.page, firm.partner);
    await lookAround(device, look);
    await device.page.goto('/inbox');
    await openThread(device.page, 'Daniel Roth');
    await reads(device.page, '您好，请问是哪家公司？');
    await look(device.page, 'thread');
    await device.page.getByRole('button', { name: 'Details' }).click();
    await device.page.getByRole('region', { name: 'Details' }).waitFor();
    await look(device.page, 'details');
    await device.page.goBack();
    await device.page.getByRole('link', { name: 'Back to the list' }).click();
    await device.page.getByRole('list', { name: 'Conversations' }).waitFor();
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

describe('in Chinese', () => {
  /** English words that stand on a page in Chinese: names, addresses and file formats aside. */
  const english = (page: Page): Promise<string[]> =>
    page.evaluate(() => (document.body.innerText.match(/\b[A-Za-z]{3,}(?: [A-Za-z’]{2,})+\b/g) ?? []).filter((words) => !/Mei Lin|Daniel Roth|Priya Shah|Hana Brandt|Harbor Search|Chief Financial|CFO of|Hello|Chrome|Northwind|Not a fit|Excel|LinkedIn|CSV|elsewhere/.test(words)));

  test('a browser in Chinese gets Chinese pages, and nothing of them is left in English', async () => {
    const { page, context } = await devices.open({ language: 'zh-CN' });
    const quiet = watchRequests(context);
    await page.goto('/sign-in');
    await page.getByRole('heading', { name: '登录' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.lang)).toBe('zh-CN');
    await page.getByLabel('邮箱').fill(firm.partner.email);
    await page.getByLabel('密码', { exact: true }).fill('not the password');
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('alert').or(page.getByText(/不匹配|不正确|不符/)).first().waitFor();
    await page.getByLabel('密码', { exact: true }).fill(firm.partner.password);
    await page.getByRole('button', { name: '登录' }).click();
    await page.getByRole('list', { name: '对话' }).getByRole('link', { name: 'Daniel Roth' }).click();
    await reads(page, '您好，请问是哪家公司？');
    const left: string[] = [];
    for (const [path] of places().slice(0, -1)) {
      await page.goto(path);
      await page.getByRole('main').first().waitFor();
      await quiet();
      left.push(...(await english(page)).map((words) => `${path}: ${words}`));
    }
    expect(left).toEqual([]);
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
