import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { runSql } from '../../../scripts/testing/runSql.ts';
import { DevicesDocument, EndDeviceDocument } from '../src/generated/graphql.ts';
import { useDevices, type Device } from './support/devices.ts';
import { holdDisk, setDisk } from './support/disk.ts';
import { claim, makeFirm, newEmail, until, type Conversation, type Firm } from './support/firm.ts';
import { message, reads } from './support/thread.ts';

/* What people type, paste and bring along that can't be right: each is told in a sentence, in either language, that says what to do; nothing is lost. */

const words = {
  en: {
    browser: 'en-US' as const,
    email: 'E-mail', password: 'Password', signIn: 'Sign in', inbox: 'Inbox', conversations: 'Conversations', send: 'Send', create: 'Create', name: 'Name', save: 'Save', next: 'Continue', again: 'Try again', reload: 'Reload',
    composer: /^Message /, note: 'Write a note…', addNote: 'Add note', newPerson: 'New person', newProject: 'New project', createProject: 'Create project', role: 'Role', check: 'Check', signInAgain: 'Sign in',
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
    browser: 'zh-CN' as const,
    email: '邮箱', password: '密码', signIn: '登录', inbox: '收件箱', conversations: '对话', send: '发送', create: '创建', name: '姓名', save: '保存', next: '继续', again: '重试', reload: '刷新',
    composer: /^给.+发消息$/, note: '写一条备注…', addNote: '添加备注', newPerson: '新建人选', newProject: '新建项目', createProject: '创建项目', role: '职位', check: '核对', signInAgain: '登录',
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

const devices = useDevices({ perTest: true });
let firm: Firm;
let talk: Conversation;
let expired: Conversation;
let unopened: Conversation;
let candidate: Awaited<ReturnType<typeof claim>>;
const hana = { email: newEmail('Hana Brandt'), password: 'another long pass phrase 9' };

beforeAll(async () => {
  firm = await makeFirm();
  talk = await firm.openConversation('Hana Brandt', 'Hello Hana.');
  [expired, unopened] = [await firm.openConversation('Daniel Roth', 'Hello Daniel.'), await firm.openConversation('Marta Oliveira', 'Hello Marta.')];
  candidate = await claim(talk, 'Hello.');
  await candidate.client.account.setPassword({ email: hana.email, newPassword: hana.password });
  await runSql(inject('stack').superuserUrl, `update invitations set expires_at = now() - interval '1 minute' where id = '${/inv_[0-9a-f]+/.exec(expired.link)?.[0] ?? ''}'`);
});
afterAll(() => Promise.all([firm.close(), candidate.client.stop()]));

/** Puts a text into a field as it is, and as a paste would: also what no keyboard has. */
async function paste(field: Locator, text: string): Promise<void> {
  await field.evaluate((element, value) => {
    Object.getOwnPropertyDescriptor(Object.getPrototypeOf(element), 'value')?.set?.call(element, value);
    element.dispatchEvent(new Event('input', { bubbles: true }));
  }, text);
}

describe.each(Object.entries(words))('in %s', (language, say) => {
  let desk: Device;
  const signIn = async (page: Page, who: { email: string; password: string }): Promise<void> => {
    await page.getByLabel(say.email).fill(who.email);
    await page.getByLabel(say.password, { exact: true }).fill(who.password);
    await page.getByRole('button', { name: say.signIn, exact: true }).click();
  };
  const open = async (page: Page): Promise<void> => {
    await page.goto('/sign-in');
    await signIn(page, firm.partner);
    await page.getByRole('navigation', { name: say.inbox }).waitFor();
    await page.getByRole('list', { name: say.conversations }).getByRole('link', { name: 'Hana Brandt' }).click();
    await reads(page, 'Hello.');
  };
  const composer = (page: Page): Locator => page.getByRole('textbox', { name: say.composer });
  const alert = (page: Page, text: string | RegExp): Locator => page.getByRole('alert').filter({ hasText: text });
  const field = (within: Page | Locator, label: string): Locator => within.getByRole('textbox', { name: label, exact: true });

  beforeAll(async () => {
    desk = await devices.open({ language: say.browser });
    await open(desk.page);
  });

  describe('on the way in', () => {
    test('a field that is empty, an address that is none, and a wrong password are told at their fields, and then it works', async () => {
      const { page } = await devices.open({ language: say.browser });
      await page.goto('/sign-in');
      await page.getByRole('button', { name: say.signIn, exact: true }).click();
      await expect.poll(() => page.getByText(say.missing).count(), { timeout: 5_000 }).toBe(2);
      await page.getByLabel(say.email).fill('not an address');
      await page.getByLabel(say.password, { exact: true }).fill('not the password at all');
      await page.getByRole('button', { name: say.signIn, exact: true }).click();
      await page.getByText(say.noAddress).waitFor();
      await page.getByLabel(say.email).fill(firm.partner.email);
      await page.getByRole('button', { name: say.signIn, exact: true }).click();
      await page.getByText(say.wrongPassword).waitFor();
      await signIn(page, firm.partner);
      await page.getByRole('navigation', { name: say.inbox }).waitFor();
    });

    test('a link that was used says where and when, one that has expired whom to ask', async () => {
      const { page } = await devices.open({ language: say.browser, phone: true });
      await page.goto(talk.link);
      await page.getByRole('heading', { name: say.used }).waitFor();
      await page.getByText(say.usedOn).waitFor();
      await page.goto(expired.link);
      await page.getByRole('heading', { name: say.expired }).waitFor();
      await page.getByText(say.expiredText).waitFor();
      expect(await page.getByRole('button', { name: say.next }).count()).toBe(0);
    });

    test('a server that is down when the page is opened is not taken for a bad link or a wrong password', async () => {
      const { page, context } = await devices.open({ language: say.browser });
      await context.route('**/graphql', (route) => route.abort());
      await page.goto('/sign-in');
      await page.getByRole('heading', { name: say.serverDown }).waitFor();
      await page.goto(unopened.link);
      await page.getByRole('heading', { name: say.linkOffline }).waitFor();
      await page.goto(unopened.link.replace('/c/', '/join/'));
      await page.getByRole('heading', { name: say.linkUnread }).waitFor();
      await page.getByText(say.offline).waitFor();
      await page.goto(unopened.link);
      await page.getByRole('heading', { name: say.linkOffline }).waitFor();
      await context.unroute('**/graphql');
      await page.getByRole('button', { name: say.again }).click();
      await page.getByRole('button', { name: say.next }).waitFor();
    });
  });

  describe('in a message', () => {
    test('40 KB are counted in characters, stay in the field, and go out when they have been shortened', async () => {
      const { page } = desk;
      const [character, fits, over] = language === 'en' ? ['x', 32_000, '8,000'] : ['字', 10_666, '2,668'];
      const long = character.repeat(language === 'en' ? 40_000 : 13_334);
      await composer(page).fill(long);
      await page.getByText(say.over(over), { exact: true }).waitFor();
      await composer(page).press('Enter');
      await alert(page, say.tooLong(over)).waitFor();
      expect(await composer(page).inputValue()).toBe(long);
      await composer(page).fill(long.slice(0, fits - 20));
      await page.getByText(say.left('20'), { exact: true }).waitFor();
      expect(await alert(page, say.tooLong(over)).count()).toBe(0);
      await composer(page).press('Enter');
      await expect.poll(() => composer(page).inputValue(), { timeout: 5_000 }).toBe('');
      await message(page, long.slice(0, 200)).last().waitFor();
    });

    test('a zero byte arrives with what stands around it', async () => {
      const { page } = desk;
      const text = `Zero${language}\u0000byte`;
      await paste(composer(page), text);
      await composer(page).press('Enter');
      const heard = candidate.client.messaging.openTimeline(talk.roomId);
      await until('the other side has it', () => heard.state.current().items.some((item) => item.kind === 'message' && item.body === text)).finally(() => heard.close());
    });
  });

  describe('in the firm’s records', () => {
    test('a name of emoji alone is refused at its field, where it stays: a person’s, a project’s, one’s own', async () => {
      const { page } = desk;
      await page.goto('/people');
      await page.getByRole('button', { name: say.newPerson }).click();
      await field(page.getByRole('dialog'), say.name).fill('🦄🦄');
      await page.getByRole('dialog').getByRole('button', { name: say.create, exact: true }).click();
      await page.getByRole('dialog').getByText(say.needsLetter).waitFor();
      expect(await field(page.getByRole('dialog'), say.name).inputValue()).toBe('🦄🦄');
      await page.goto('/projects');
      await page.getByRole('button', { name: say.newProject }).first().click();
      await field(page.getByRole('dialog'), say.role).fill('🦄');
      await page.getByRole('dialog').getByRole('button', { name: say.createProject }).click();
      await page.getByRole('dialog').getByText(say.needsLetter).first().waitFor();
      await page.goto('/settings');
      await field(page, say.name).fill('🦄');
      await page.getByRole('button', { name: say.save, exact: true }).click();
      await page.getByText(say.needsLetter).waitFor();
      expect(await field(page, say.name).inputValue()).toBe('🦄');
    });

    test('a zero byte is left out, and nothing else', async () => {
      const { page } = desk;
      await page.goto(`/people/${talk.personId}`);
      await paste(page.getByRole('textbox', { name: say.note }), `Speaks\u0000 ${language}.`);
      await page.getByRole('button', { name: say.addNote }).click();
      await page.getByRole('listitem').filter({ hasText: `Speaks ${language}.` }).waitFor();
    });

    test('a file with broken rows and formulas is told row by row', async () => {
      const { page } = desk;
      const rows = ['Name;E-mail;Title', `Lars Holm ${language};lars.${language}@example.com;=1+1`, 'Broken Row;broken@example.com', '🦄🦄;unicorn@example.com;CEO', ''];
      await page.goto('/import');
      await page.locator('input[type=file]').setInputFiles({ name: 'list.csv', mimeType: 'text/csv', buffer: Buffer.from(rows.join('\r\n')) });
      await page.getByRole('button', { name: say.check, exact: true }).click();
      await page.getByRole('status').filter({ hasText: say.checked }).waitFor();
      const row = (text: string): Locator => page.getByRole('row').filter({ hasText: text });
      await row('Broken Row').getByText(say.cells).waitFor();
      await row('🦄🦄').getByText(say.needsLetter).waitFor();
      await row('Lars Holm').getByText(say.formula).first().waitFor();
    });
  });

  describe('a session that ends while somebody writes', () => {
    test('takes neither the message nor the note from a recruiter, who signs in again in place', async () => {
      const { page, context } = await devices.open({ language: say.browser });
      await open(page);
      const note = page.getByPlaceholder(say.note);
      await composer(page).fill('Half a sentence');
      await note.fill('Half a note');
      await context.clearCookies();
      await page.getByRole('button', { name: say.addNote }).click();
      const dialog = page.getByRole('dialog', { name: say.ended });
      await dialog.getByText(say.endedText).waitFor();
      await dialog.getByLabel(say.password, { exact: true }).fill('not the password at all');
      await dialog.getByRole('button', { name: say.signIn, exact: true }).click();
      await dialog.getByText(say.wrongPassword).waitFor();
      await dialog.getByLabel(say.password, { exact: true }).fill(firm.partner.password);
      await dialog.getByRole('button', { name: say.signIn, exact: true }).click();
      await dialog.waitFor({ state: 'hidden' });
      await reads(page, 'Hello.');
      expect([await composer(page).inputValue(), await note.inputValue()]).toEqual(['Half a sentence', 'Half a note']);
    });

    test('keeps a candidate’s words until they have signed in again', async () => {
      const { page } = await devices.open({ language: say.browser, phone: true });
      await page.goto('/sign-in');
      await signIn(page, hana);
      await reads(page, 'Hello Hana.');
      await composer(page).fill('Half an answer');
      const { sessions } = await candidate.client.request(DevicesDocument);
      for (const { id, current } of sessions) if (!current) await candidate.client.request(EndDeviceDocument, { input: { sessionId: id } });
      await page.getByText(say.endedHere).waitFor();
      await page.getByRole('link', { name: say.signInAgain }).click();
      await signIn(page, hana);
      await reads(page, 'Hello Hana.');
      await expect.poll(() => composer(page).inputValue(), { timeout: 10_000 }).toBe('Half an answer');
    });
  });

  describe('a browser without room', () => {
    test('gives a message back that it could not keep, and sends it when there is room', async () => {
      const { page, context } = await devices.open({ language: say.browser });
      await holdDisk(context, 'works');
      await open(page);
      await setDisk(page, 'full');
      await composer(page).fill(`Kept in ${language}`);
      await composer(page).press('Enter');
      await alert(page, say.full).waitFor();
      expect(await composer(page).inputValue()).toBe(`Kept in ${language}`);
      await setDisk(page, 'works');
      await composer(page).press('Enter');
      await message(page, `Kept in ${language}`).last().getByRole('img', { name: /^(Delivered|Read|已送达|已读)/ }).waitFor();
    });

    test('says so where nobody can be signed in, and where pages may store nothing', async () => {
      const { page, context } = await devices.open({ language: say.browser });
      await holdDisk(context, 'works');
      await page.goto('/sign-in');
      await page.getByLabel(say.email).waitFor();
      await setDisk(page, 'full');
      await signIn(page, firm.partner);
      await page.getByText(say.noRoom).waitFor();

      const other = await devices.open({ language: say.browser });
      await holdDisk(other.context, 'none');
      await other.page.goto('/sign-in');
      await other.page.getByRole('heading', { name: say.cannotStart }).waitFor();
      await other.page.getByText(say.noStorage).waitFor();
      await other.page.goto(unopened.link);
      await other.page.getByRole('button', { name: say.next }).click();
      await other.page.getByText(say.noStorageLink).waitFor();
    });
  });
});
