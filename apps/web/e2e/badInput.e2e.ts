import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runSql } from '../../../scripts/testing/runSql.ts';
import { DevicesDocument, EndDeviceDocument } from '../src/generated/graphql.ts';
import { speak, useDevices, type Device } from './support/devices.ts';
import { holdDisk, setDisk } from './support/disk.ts';
import { claim, makeFirm, newEmail, until, type Conversation, type Firm } from './support/firm.ts';
import { openThread, signIn } from './support/recruiter.ts';
import { composer, message, reads } from './support/thread.ts';

/*
 * What people type, paste and bring along that can't be right: each is told in a sentence, in either language, that says what to do;
 * nothing is lost. The language changes while the sentence stands there.
 */

const sentences = {
  en: {
    wrongPassword: 'E-mail and password do not belong together. Check both, or use your recovery code.',
    missing: 'Fill this in.', noAddress: 'This is not an e-mail address. It looks like name@firm.com.', needsLetter: 'A name needs at least one letter or digit.',
    used: 'This link was used already', usedOn: /It was opened .+, in .+\./, expired: 'This invitation has expired', expiredText: /Ask Mei Lin for a new link/,
    serverDown: 'The server does not answer', linkOffline: 'There is no connection', linkUnread: 'The invitation could not be read', offline: 'There is no connection. Try again once you are online.',
    checked: '1 new, 0 changed, 0 as they are, 2 refused', cells: 'More or fewer cells than the header has', formula: /looks like a formula/,
    tooLong: (over: string) => `This message is ${over} characters too long to be sent in one piece. Shorten it or send it in parts; nothing of it is lost.`, over: (count: string) => `${count} characters too many`, left: (count: string) => `${count} characters left`,
    ended: 'You were signed out', endedText: /nothing you wrote is lost/, endedHere: /You were signed out of this browser/,
    full: /^This browser has no room left, so the message could not be kept\./, noRoom: 'This browser has no room left. Free some space on the device, then try again.',
    cannotStart: 'This page could not start', noStorage: /^This browser does not let pages store anything\./, noStorageLink: /^This browser does not let the page store anything/,
  },
  'zh-CN': {
    wrongPassword: '邮箱与密码不匹配。请检查后再试，或使用恢复码。',
    missing: '请填写此项。', noAddress: '这不是邮箱地址。格式如 name@firm.com。', needsLetter: '姓名至少需要一个文字或数字。',
    used: '此链接已被使用', usedOn: /在.+中被打开。/, expired: '邀请已过期', expiredText: /请向Mei Lin索取新链接/,
    serverDown: '服务器没有响应', linkOffline: '没有网络连接', linkUnread: '无法读取邀请', offline: '没有网络连接。请在联网后再试。',
    checked: '新增 1，更新 0，不变 0，拒绝 2', cells: '单元格数量与表头不一致', formula: /像公式/,
    tooLong: (over: string) => `消息超出 ${over} 个字符，无法一次发送。请缩短或分几条发送；内容不会丢失。`, over: (count: string) => `超出 ${count} 个字符`, left: (count: string) => `还可输入约 ${count} 个字符`,
    ended: '您已被退出登录', endedText: /您写的内容都还在/, endedHere: /您已从此浏览器登出/,
    full: /^此浏览器存储空间已满，消息无法保存。/, noRoom: '此浏览器没有剩余空间。请清理设备空间后再试。',
    cannotStart: '页面无法启动', noStorage: /^此浏览器不允许网页存储数据。/, noStorageLink: /^此浏览器不允许网页保存数据/,
  },
};
type Sentences = (typeof sentences)['en'];

/** Waits for what a page says in English, and then in Chinese; the page speaks English again afterwards. */
async function inBoth(page: Page, find: (say: Sentences) => Locator): Promise<void> {
  await find(sentences.en).first().waitFor();
  await speak(page, 'zh-CN');
  await find(sentences['zh-CN']).first().waitFor();
  await speak(page, 'en');
}

const devices = useDevices({ perTest: true });
let firm: Firm;
let talk: Conversation;
let expired: Conversation;
let unopened: Conversation;
let candidate: Awaited<ReturnType<typeof claim>>;
let desk: Device;
const hana = { email: newEmail('Hana Brandt'), password: 'another long pass phrase 9' };

async function open(page: Page): Promise<void> {
  await signIn(page, firm.partner);
  await openThread(page, 'Hana Brandt');
  await reads(page, 'Hello.');
}

beforeAll(async () => {
  firm = await makeFirm();
  talk = await firm.openConversation('Hana Brandt', 'Hello Hana.');
  [expired, unopened] = [await firm.openConversation('Daniel Roth', 'Hello Daniel.'), await firm.openConversation('Marta Oliveira', 'Hello Marta.')];
  candidate = await claim(talk, 'Hello.');
  await candidate.client.account.setPassword({ email: hana.email, newPassword: hana.password });
  await runSql(inject('stack').superuserUrl, `update invitations set expires_at = now() - interval '1 minute' where id = '${/inv_[0-9a-f]+/.exec(expired.link)?.[0] ?? ''}'`);
  desk = await devices.open();
  await open(desk.page);
});
afterAll(() => Promise.all([firm.close(), candidate.client.stop()]));

/** Puts a text into a field as it is, and as a paste would: also what no keyboard has. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, value) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set?.call(element, value);
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}
const alert = (page: Page, text: string | RegExp): Locator => page.getByRole('alert').filter({ hasText: text });
const button = (within: Page | Locator, name: string): Locator => within.getByRole('button', { name, exact: true });
const field = (within: Page | Locator, name: string): Locator => within.getByRole('textbox', { name, exact: true });
const password = (within: Page | Locator): Locator => within.getByLabel('Password', { exact: true });

describe('on the way in', () => {
  test('a field that is empty, an address that is none, and a wrong password are told at their fields, and then it works', async () => {
    const { page } = await devices.open();
    await page.goto('/sign-in');
    await button(page, 'Sign in').click();
    await inBoth(page, (say) => page.getByText(say.missing).nth(1));
    await page.getByLabel('E-mail').fill('not an address');
    await password(page).fill('not the password at all');
    await button(page, 'Sign in').click();
    await inBoth(page, (say) => page.getByText(say.noAddress));
    await page.getByLabel('E-mail').fill(firm.partner.email);
    await button(page, 'Sign in').click();
    await inBoth(page, (say) => page.getByText(say.wrongPassword));
    await password(page).fill(firm.partner.password);
    await button(page, 'Sign in').click();
    await page.getByRole('navigation', { name: 'Inbox' }).waitFor();
  });

  test('a link that was used says where and when, one that has expired whom to ask', async () => {
    const { page } = await devices.open({ phone: true });
    await page.goto(talk.link);
    await inBoth(page, (say) => page.getByRole('heading', { name: say.used }));
    await inBoth(page, (say) => page.getByText(say.usedOn));
    await page.goto(expired.link);
    await inBoth(page, (say) => page.getByRole('heading', { name: say.expired }));
    await inBoth(page, (say) => page.getByText(say.expiredText));
    expect(await button(page, 'Continue').count()).toBe(0);
  });

  test('a server that is down when the page is opened is not taken for a bad link or a wrong password', async () => {
    const { page, context } = await devices.open();
    await context.route('**/graphql', (route) => route.abort());
    await page.goto('/sign-in');
    await inBoth(page, (say) => page.getByRole('heading', { name: say.serverDown }));
    await page.goto(unopened.link.replace('/c/', '/join/'));
    await inBoth(page, (say) => page.getByRole('heading', { name: say.linkUnread }));
    await inBoth(page, (say) => page.getByText(say.offline));
    await page.goto(unopened.link);
    await inBoth(page, (say) => page.getByRole('heading', { name: say.linkOffline }));
    await context.unroute('**/graphql');
    await button(page, 'Try again').click();
    await button(page, 'Continue').waitFor();
  });
});

describe('in a message', () => {
  test('40 KB are counted in characters, stay in the field, and go out when they have been shortened', async () => {
    const { page } = desk;
    for (const { character, length, fits, over } of [{ character: 'x', length: 40_000, fits: 32_000, over: '8,000' }, { character: '字', length: 13_334, fits: 10_666, over: '2,668' }]) {
      const long = character.repeat(length);
      await composer(page).fill(long);
      await inBoth(page, (say) => page.getByText(say.over(over), { exact: true }));
      await composer(page).press('Enter');
      await inBoth(page, (say) => alert(page, say.tooLong(over)));
      expect(await composer(page).inputValue()).toBe(long);
      await composer(page).fill(long.slice(0, fits - 20));
      await inBoth(page, (say) => page.getByText(say.left('20'), { exact: true }));
      expect(await alert(page, sentences.en.tooLong(over)).count()).toBe(0);
      await composer(page).press('Enter');
      await expect.poll(() => composer(page).inputValue(), { timeout: 5_000 }).toBe('');
      await message(page, long.slice(0, 200)).last().waitFor();
    }
  });

  test('a zero byte arrives with what stands around it', async () => {
    const text = 'Zero\u0000byte';
    await paste(composer(desk.page), text);
    await composer(desk.page).press('Enter');
    const heard = candidate.client.messaging.openTimeline(talk.roomId);
    await until('the other side has it', () => heard.state.current().items.some((item) => item.kind === 'message' && item.body === text)).finally(() => heard.close());
  });
});

describe('in the firm’s records', () => {
  test('a name of emoji alone is refused at its field, where it stays: a person’s, a project’s, one’s own', async () => {
    const { page } = desk;
    const dialog = page.getByRole('dialog');
    await page.goto('/people');
    await button(page, 'New person').click();
    await field(dialog, 'Name').fill('🦄🦄');
    await button(dialog, 'Create').click();
    await inBoth(page, (say) => dialog.getByText(say.needsLetter));
    expect(await field(dialog, 'Name').inputValue()).toBe('🦄🦄');
    await page.goto('/projects');
    await button(page, 'New project').first().click();
    await field(dialog, 'Role').fill('🦄');
    await button(dialog, 'Create project').click();
    await inBoth(page, (say) => dialog.getByText(say.needsLetter));
    await page.goto('/settings');
    await field(page, 'Name').fill('🦄');
    await button(page, 'Save').click();
    await inBoth(page, (say) => page.getByText(say.needsLetter));
    expect(await field(page, 'Name').inputValue()).toBe('🦄');
  });

  test('a zero byte is left out, and nothing else', async () => {
    const { page } = desk;
    await page.goto(`/people/${talk.personId}`);
    await paste(page.getByRole('textbox', { name: 'Write a note…' }), 'Speaks\u0000 German.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Speaks German.' }).waitFor();
  });

  test('a file with broken rows and formulas is told row by row', async () => {
    const { page } = desk;
    const rows = ['Name;E-mail;Title', 'Lars Holm;lars@example.com;=1+1', 'Broken Row;broken@example.com', '🦄🦄;unicorn@example.com;CEO', ''];
    await page.goto('/import');
    await page.locator('input[type=file]').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
    await button(page, 'Check').click();
    await inBoth(page, (say) => page.getByRole('status').filter({ hasText: say.checked }));
    const row = (text: string): Locator => page.getByRole('row').filter({ hasText: text });
    await inBoth(page, (say) => row('Broken Row').getByText(say.cells));
    await inBoth(page, (say) => row('🦄🦄').getByText(say.needsLetter));
    await inBoth(page, (say) => row('Lars Holm').getByText(say.formula));
  });
});

describe('a session that ends while somebody writes', () => {
  test('takes neither the message nor the note from a recruiter, who signs in again in place', async () => {
    const { page, context } = await devices.open();
    await open(page);
    const note = page.getByPlaceholder('Write a note…');
    await composer(page).fill('Half a sentence');
    await note.fill('Half a note');
    await context.clearCookies();
    await page.getByRole('button', { name: 'Add note' }).click();
    await inBoth(page, (say) => page.getByRole('dialog', { name: say.ended }).getByText(say.endedText));
    const dialog = page.getByRole('dialog', { name: sentences.en.ended });
    await password(dialog).fill('not the password at all');
    await button(dialog, 'Sign in').click();
    await inBoth(page, (say) => page.getByRole('dialog', { name: say.ended }).getByText(say.wrongPassword));
    await password(dialog).fill(firm.partner.password);
    await button(dialog, 'Sign in').click();
    await dialog.waitFor({ state: 'hidden' });
    await reads(page, 'Hello.');
    expect([await composer(page).inputValue(), await note.inputValue()]).toEqual(['Half a sentence', 'Half a note']);
  });

  test('keeps a candidate’s words until they have signed in again', async () => {
    const { page } = await devices.open({ phone: true });
    const enter = async (): Promise<void> => {
      await page.getByLabel('E-mail').fill(hana.email);
      await password(page).fill(hana.password);
      await button(page, 'Sign in').click();
      await reads(page, 'Hello Hana.');
    };
    await page.goto('/sign-in');
    await enter();
    await composer(page).fill('Half an answer');
    const { sessions } = await candidate.client.request(DevicesDocument);
    for (const { id, current } of sessions) if (!current) await candidate.client.request(EndDeviceDocument, { input: { sessionId: id } });
    await inBoth(page, (say) => page.getByText(say.endedHere));
    await page.getByRole('link', { name: 'Sign in' }).click();
    await enter();
    await expect.poll(() => composer(page).inputValue(), { timeout: 10_000 }).toBe('Half an answer');
  });
});

describe('a browser without room', () => {
  test('gives a message back that it could not keep, and sends it when there is room', async () => {
    const { page, context } = await devices.open();
    await holdDisk(context, 'works');
    await open(page);
    await setDisk(page, 'full');
    await composer(page).fill('Kept');
    await composer(page).press('Enter');
    await inBoth(page, (say) => alert(page, say.full));
    expect(await composer(page).inputValue()).toBe('Kept');
    await setDisk(page, 'works');
    await composer(page).press('Enter');
    await message(page, 'Kept').last().getByRole('img', { name: /^(Delivered|Read)/ }).waitFor();
  });

  test('says so where nobody can be signed in, and where pages may store nothing', async () => {
    const { page, context } = await devices.open();
    await holdDisk(context, 'works');
    await page.goto('/sign-in');
    await page.getByLabel('E-mail').fill(firm.partner.email);
    await password(page).fill(firm.partner.password);
    await setDisk(page, 'full');
    await button(page, 'Sign in').click();
    await inBoth(page, (say) => page.getByText(say.noRoom));

    const other = await devices.open();
    await holdDisk(other.context, 'none');
    await other.page.goto('/sign-in');
    await inBoth(other.page, (say) => other.page.getByRole('heading', { name: say.cannotStart }));
    await inBoth(other.page, (say) => other.page.getByText(say.noStorage));
    await other.page.goto(unopened.link);
    await button(other.page, 'Continue').click();
    await inBoth(other.page, (say) => other.page.getByText(say.noStorageLink));
  });
});
