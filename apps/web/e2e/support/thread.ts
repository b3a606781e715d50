import type { Locator, Page } from 'playwright-core';

/** How far an own message has come, as the mark on it says. */
export type Mark = 'Waiting to be sent' | 'Sent' | 'Delivered' | 'Read' | 'Not sent';

/** The messages of the open thread, in either language. */
export const messages = (page: Page): Locator => page.getByRole('region', { name: /^(Messages|消息)$/ });

/** The field in which a message is written. */
export const composer = (page: Page): Locator => page.getByRole('textbox', { name: /^Message / });

/** A message of the open thread. */
export const message = (page: Page, text: string): Locator => messages(page).getByRole('listitem').filter({ hasText: text });

/** Types a message and sends it. */
export async function write(page: Page, text: string): Promise<void> {
  await composer(page).fill(text);
  await composer(page).press('Enter');
}

/** Answers a message of the open thread, on a desk. */
export async function reply(page: Page, to: string, text: string): Promise<void> {
  await message(page, to).hover();
  await message(page, to).getByRole('button', { name: 'Reply' }).click();
  await page.getByText(/^Replying to /).waitFor();
  await write(page, text);
}

/** Waits until the message stands in the open thread. */
export async function reads(page: Page, text: string): Promise<void> {
  await message(page, text).waitFor();
}

/** Waits until an own message carries this mark. `within`: milliseconds, where somebody may have given up for a while. */
export async function marked(page: Page, text: string, mark: Mark, within?: number): Promise<void> {
  await message(page, text).getByRole('img', { name: new RegExp(`^${mark}`) }).waitFor(within === undefined ? {} : { timeout: within });
}

/** All messages of the open thread as they stand there, oldest first, without writer, quote and time. */
export async function texts(page: Page): Promise<string[]> {
  return messages(page).locator('li time').evaluateAll((times) => times.map((time) => time.parentElement?.previousElementSibling?.textContent ?? ''));
}
