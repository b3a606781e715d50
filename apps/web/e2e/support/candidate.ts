import type { Page } from 'playwright-core';
import type { Credentials } from './recruiter.ts';
import { composer } from './thread.ts';

/** Opens a link, reads who writes, and taps Continue. */
export async function comeIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Continue' }).click();
  await composer(page).waitFor();
}

/** Takes the offer of a password that stands above the thread after the first message. */
export async function setPassword(page: Page, { email, password }: Credentials): Promise<void> {
  await page.getByRole('region', { name: 'Answer from any device' }).getByRole('button', { name: 'Set a password' }).click();
  const sheet = page.getByRole('dialog', { name: 'Answer from any device' });
  await sheet.getByLabel('E-mail').fill(email);
  await sheet.getByLabel('Password', { exact: true }).fill(password);
  await sheet.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('dialog', { name: 'Password set' }).getByRole('button', { name: 'Done' }).click();
}
