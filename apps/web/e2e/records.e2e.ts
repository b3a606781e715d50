import type { Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { useDevices } from './support/devices.ts';
import { makeFirm, type Firm } from './support/firm.ts';
import { openProject, openThread, signIn } from './support/recruiter.ts';

/* The firm's own records: boards, people, imports. */

const devices = useDevices();
let firm: Firm;
let page: Page;

beforeAll(async () => {
  firm = await makeFirm();
  await firm.addPerson('Grace Mensah');
  await firm.addPerson('王思远');
  await firm.openConversation('Rafael Ortega', 'Hello Rafael.');
  ({ page } = await devices.open());
  await signIn(page, firm.partner);
});
afterAll(() => firm.close());

const column = (stage: string): Locator => page.getByRole('region', { name: new RegExp(`^${stage}, \\d+$`) });
const card = (name: string, within: Locator | Page = page): Locator => within.getByRole('listitem', { name: new RegExp(`^${name}`) });

describe('a board', () => {
  beforeAll(async () => {
    await openProject(page, firm.project.name);
    await card('Grace Mensah').waitFor();
  });

  test('moves a card by menu', async () => {
    await page.getByRole('button', { name: 'Actions for Grace Mensah' }).click();
    await page.getByRole('menuitem', { name: 'Contacted' }).click();
    await card('Grace Mensah', column('Contacted')).waitFor();
  });

  test('moves a card by key, and the focus goes along', async () => {
    await card('Grace Mensah').focus();
    await page.keyboard.press('Shift+ArrowRight');
    await card('Grace Mensah', column('Interested')).waitFor();
    await expect.poll(() => card('Grace Mensah').evaluate((element) => element === document.activeElement), { timeout: 5_000 }).toBe(true);
    await page.keyboard.press('m');
    await page.getByRole('menuitem', { name: 'Interview' }).waitFor();
    await page.keyboard.press('Escape');
  });

  test('moves a card by drag', async () => {
    await card('王思远').dragTo(column('Interview'));
    await card('王思远', column('Interview')).waitFor();
    await page.getByText('王思远 → Interview').waitFor();
  });

  test('takes a move back, and forgets nothing of it', async () => {
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await card('王思远', column('Sourced')).waitFor();
    await page.getByRole('button', { name: 'Actions for 王思远' }).click();
    await page.getByRole('menuitem', { name: 'History' }).click();
    const history = page.getByRole('dialog', { name: 'History of 王思远' });
    await history.getByText('Interview → Sourced').waitFor();
    expect(await history.getByRole('listitem').allInnerTexts()).toEqual([
      expect.stringContaining('Interview → Sourced'), expect.stringContaining('Sourced → Interview'), expect.stringContaining('Started in Sourced'),
    ]);
    await page.keyboard.press('Escape');
  });

  test('shows after a reload what it showed before', async () => {
    await page.reload();
    await card('Grace Mensah', column('Interested')).waitFor();
    await card('王思远', column('Sourced')).waitFor();
  });

  test('shows what a colleague moves beside the thread, without a reload', async () => {
    const other = await devices.open();
    await signIn(other.page, firm.partner);
    await openThread(other.page, 'Rafael Ortega');
    await other.page.keyboard.press('Escape');
    await other.page.getByRole('region', { name: 'Stage' }).getByRole('button', { name: /^Move/ }).click();
    await other.page.getByRole('menuitem', { name: 'Offer' }).click();
    await card('Rafael Ortega', column('Offer')).waitFor();
  });
});

describe('people', () => {
  test('are found by characters, by pinyin, and by a piece of a name', async () => {
    await page.getByRole('link', { name: 'People' }).click();
    await page.getByRole('heading', { name: /^People/ }).waitFor();
    const search = page.getByRole('searchbox');
    for (const [typed, found] of [['思远', '王思远'], ['siyuan', '王思远'], ['mens', 'Grace Mensah']] as const) {
      await search.fill(typed);
      await page.getByRole('link', { name: found }).waitFor();
      await expect.poll(() => page.getByRole('main').getByText(found === '王思远' ? 'Grace Mensah' : '王思远').count(), { timeout: 5_000 }).toBe(0);
    }
    await search.fill('');
  });

  test('need a name with a letter: one of emoji alone is refused with a sentence, and stays in the field', async () => {
    await page.getByRole('button', { name: 'New person' }).click();
    const dialog = page.getByRole('dialog', { name: 'New person' });
    await dialog.getByLabel('Name').fill('🦄🦄');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await dialog.getByText('A name needs at least one letter or digit.').waitFor();
    expect(await dialog.getByLabel('Name').inputValue()).toBe('🦄🦄');
    await dialog.getByLabel('Name').fill('Emily 🦄 Chow');
    await dialog.getByRole('button', { name: 'Create' }).click();
    await page.getByRole('heading', { name: 'Emily 🦄 Chow' }).waitFor();
  });

  test('have notes', async () => {
    await page.getByRole('textbox', { name: 'Write a note…' }).fill('Speaks Cantonese.');
    await page.getByRole('button', { name: 'Add note' }).click();
    await page.getByRole('listitem').filter({ hasText: 'Speaks Cantonese.' }).getByText('Mei Lin').waitFor();
  });
});

describe('an import', () => {
  /** 姓名,邮箱,职位 and two people, in GBK. */
  const gbk = Buffer.from('d0d5c3fb2cd3cacfe42cd6b0cebb0acdf5b7bc2c66616e672e77616e67406578616d706c652e636f6d2ccad0b3a1d7dcbce00ac0eec3f7d1f42c6d696e672e6c69406578616d706c652e636f6d2cb2fac6b7beadc0ed0a', 'hex');
  const utf8 = [
    'Name;E-mail;Title;Notes', 'Anna Berg;anna.berg@example.com;CFO;Met in Oslo', 'Broken Row;broken@example.com', '🦄🦄;unicorn@example.com;CEO;',
    'Lars Holm;lars.holm@example.com;=1+1;"=HYPERLINK(""https://evil.example"")"', '',
  ].join('\r\n');
  const choose = async (name: string, buffer: Buffer): Promise<void> => {
    await page.goto('/import');
    await page.locator('input[type=file]').setInputFiles({ name, mimeType: 'text/csv', buffer });
    await page.getByRole('button', { name: 'Check', exact: true }).click();
  };
  const row = (text: string): Locator => page.getByRole('row').filter({ hasText: text });

  test('says row by row what will happen, and changes nothing before it is told to', async () => {
    await choose('export.csv', Buffer.from(`\u{FEFF}${utf8}`));
    await page.getByRole('status').filter({ hasText: '2 new, 0 changed, 0 as they are, 2 refused' }).waitFor();
    await row('Broken Row').getByText('More or fewer cells than the header has').waitFor();
    await row('🦄🦄').getByText('A name needs at least one letter or digit.').waitFor();
    await row('Lars Holm').getByText(/looks like a formula/).first().waitFor();
    expect((await firm.people('Anna Berg')).length).toBe(0);
  });

  test('then does it; formulas stay text', async () => {
    await page.getByRole('button', { name: 'Import 2 people' }).click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    await page.getByRole('link', { name: 'Show people' }).click();
    await page.getByRole('searchbox').fill('Lars');
    await page.getByRole('link', { name: 'Lars Holm' }).click();
    await page.getByText('=HYPERLINK("https://evil.example")').waitFor();
    expect(await page.getByRole('link', { name: /HYPERLINK/ }).count()).toBe(0);
  });

  test('of the same file again changes nothing', async () => {
    await choose('export.csv', Buffer.from(utf8));
    await page.getByRole('status').filter({ hasText: '0 new, 0 changed, 2 as they are, 2 refused' }).waitFor();
    expect(await page.getByRole('button', { name: /^Import \d/ }).count()).toBe(0);
    expect((await firm.people('Anna Berg')).length).toBe(1);
  });

  test('reads GBK as Excel writes it in China, and knows what its columns mean', async () => {
    await choose('名单.csv', gbk);
    await page.getByRole('status').filter({ hasText: '2 new' }).waitFor();
    await row('王芳').waitFor();
    await page.getByRole('button', { name: 'Import 2 people' }).click();
    await page.getByRole('heading', { name: 'Imported' }).waitFor();
    expect(await firm.people('李明阳')).toEqual([expect.objectContaining({ name: '李明阳', title: '产品经理' })]);
  });

  test('of something that is no table says what to do', async () => {
    await page.goto('/import');
    await page.locator('input[type=file]').setInputFiles({ name: 'list.xlsx', mimeType: 'application/octet-stream', buffer: Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 0xff, 0]) });
    await page.getByText('This is not a CSV file.').waitFor();
  });
});
