import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';

/** A recruiter's window. */
export const desk: BrowserContextOptions = { viewport: { width: 1440, height: 900 }, locale: 'en-US' };
/** A candidate's phone. */
export const phone: BrowserContextOptions = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, isMobile: true, hasTouch: true, locale: 'en-US' };

/** A page of a browser that has never been here. */
export async function openPage(browser: Browser, origin: string, options: BrowserContextOptions): Promise<Page> {
  const context = await browser.newContext({ ...options, baseURL: origin });
  context.setDefaultTimeout(60_000);
  return context.newPage();
}

/** Fills the sign-in page in; Enter is the caller's. */
export async function fillSignIn(page: Page, { email, password }: { email: string; password: string }): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
}

export const continueButton = (page: Page): Locator => page.getByRole('button', { name: 'Continue' });
export const composer = (page: Page): Locator => page.getByRole('textbox', { name: /^Message / });

