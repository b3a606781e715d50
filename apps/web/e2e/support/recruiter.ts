import type { Page } from 'playwright-core';

/** With what somebody signs in. */
export interface Credentials {
  email: string;
  password: string;
}

/** Signs in on the sign-in page and waits for the inbox. */
export async function signIn(page: Page, { email, password }: Credentials): Promise<void> {
  await page.goto('/sign-in');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation', { name: 'Inbox' }).waitFor();
}

/** Opens a conversation from the inbox's list. */
export async function openThread(page: Page, candidate: string): Promise<void> {
  await page.getByRole('list', { name: 'Conversations' }).getByRole('link', { name: candidate }).click();
  await page.getByRole('region', { name: candidate, exact: true }).waitFor();
}

/** Goes to the list of projects. The page before stays until it is there, and rows of the inbox name projects too. */
export async function openProjects(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Projects', exact: true }).click();
  await page.getByRole('heading', { name: 'Projects' }).waitFor();
}

/** Opens a project from the list of them. */
export async function openProject(page: Page, name: string): Promise<void> {
  await openProjects(page);
  await page.getByRole('link', { name }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
}

/** The link that stands above a thread whose candidate has not come yet. */
export async function linkOnCard(page: Page, candidate: string): Promise<string> {
  const card = page.getByRole('region', { name: `Share this link with ${candidate}` });
  return card.getByRole('textbox', { name: 'Link' }).inputValue();
}

/** Comes back with the recovery words, on the page for those who lost their password, and waits for the inbox. */
export async function recover(page: Page, { email, words, newPassword }: { email: string; words: string; newPassword: string }): Promise<void> {
  await page.goto('/recover');
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Recovery words').fill(words);
  await page.getByLabel('New password', { exact: true }).fill(newPassword);
  await page.getByRole('button', { name: 'Set password and sign in' }).click();
  await page.getByRole('navigation', { name: 'Inbox' }).waitFor();
}
