import type { Page } from 'playwright-core';

/** The words of the sheet that is on the screen. */
export interface KitWords {
  account: string[];
  firm: string[];
}

/** Reads the recovery kit off the screen, goes on, and types the two words back that are asked for. */
export async function keepKit(page: Page): Promise<KitWords> {
  const sheet = page.getByRole('article', { name: 'Recovery kit' });
  await sheet.waitFor({ timeout: 30_000 });
  const lists = await sheet.getByRole('list').all();
  const [account = [], firm = []] = await Promise.all(lists.map((list) => list.getByRole('listitem').allInnerTexts()));
  await page.getByRole('button', { name: 'I have kept it' }).click();
  const words = { account, firm };
  for (const field of await page.getByRole('textbox', { name: /, word \d+$/ }).all()) await field.fill(answerTo(await labelOf(field), words));
  await page.getByRole('button', { name: 'Confirm' }).click();
  return words;
}

async function labelOf(field: { evaluate<T>(read: (element: SVGElement | HTMLElement) => T): Promise<T> }): Promise<string> {
  return field.evaluate((element) => (element as HTMLInputElement).labels?.[0]?.textContent ?? '');
}

function answerTo(question: string, words: KitWords): string {
  const position = Number(/word (\d+)/.exec(question)?.[1]);
  return (question.startsWith('The firm') ? words.firm : words.account)[position - 1] ?? '';
}
