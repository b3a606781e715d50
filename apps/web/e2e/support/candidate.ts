import type { Page } from 'playwright-core';
import { composer } from './thread.ts';

/** Opens a link, reads who writes, and taps Continue. */
export async function comeIn(page: Page, link: string): Promise<void> {
  await page.goto(link);
  await page.getByRole('button', { name: 'Continue' }).click();
  await composer(page).waitFor();
}
