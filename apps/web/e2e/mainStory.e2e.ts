import { expect, test } from 'vitest';
import { useDevices, type Device } from './support/devices.ts';
import { keepKit } from './support/recoveryKit.ts';
import { linkOnCard, openThread, signIn } from './support/recruiter.ts';
import { composer, marked, reads, write } from './support/thread.ts';

/* The product's main job, from an empty firm to two people who talk, with nothing but what stands on the screen. */

const devices = useDevices();
const partner = { name: 'Mei Lin', email: `mei.${Date.now()}@example.com`, password: 'violet tractor sings loudly' };
let laptop: Device;
let phone: Device;
let stranger: Device;
let link: string;

test('a partner sets up the firm and types two words of the recovery kit back', async () => {
  laptop = await devices.open();
  const { page } = laptop;
  await page.goto('/set-up');
  await page.getByLabel('Firm', { exact: true }).fill('Harbor Search');
  await page.getByLabel('Your name').fill(partner.name);
  await page.getByLabel('Work e-mail').fill(partner.email);
  await page.getByLabel('Password', { exact: true }).fill(partner.password);
  await page.getByRole('button', { name: 'Create the firm' }).click();
  const words = await keepKit(page);
  expect(words.account).toHaveLength(12);
  expect(words.firm).toHaveLength(24);
  await page.getByRole('heading', { name: 'Harbor Search is ready' }).waitFor();
});

test('she starts a project and puts a candidate on its board', async () => {
  const { page } = laptop;
  await page.getByRole('link', { name: /Start a project/ }).click();
  await page.getByRole('button', { name: 'New project' }).first().click();
  const dialog = page.getByRole('dialog', { name: 'New project' });
  await dialog.getByLabel('Role', { exact: true }).fill('Chief Financial Officer');
  await dialog.getByRole('combobox', { name: 'Client' }).fill('Northwind');
  await page.getByRole('option', { name: 'New company “Northwind”' }).click();
  await dialog.getByLabel('How candidates are told').fill('CFO of an offshore-wind company');
  await dialog.getByRole('button', { name: 'Create project' }).click();
  await page.getByRole('heading', { name: 'Chief Financial Officer' }).waitFor();

  await page.getByRole('button', { name: 'Add candidate' }).first().click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Person' }).fill('Priya Shah');
  await page.getByRole('option', { name: 'New person “Priya Shah”' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Add candidate' }).click();
  await page.getByRole('listitem', { name: /^Priya Shah/ }).waitFor();
});

test('she opens a conversation from the card, copies the link, writes, and shuts the laptop', async () => {
  const { page } = laptop;
  await page.getByRole('button', { name: 'Actions for Priya Shah' }).click();
  await page.getByRole('menuitem', { name: 'Start a conversation' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Open conversation' }).click();
  await page.getByRole('button', { name: 'Copy link' }).first().click();
  link = await page.evaluate(() => navigator.clipboard.readText());
  expect(link).toBe(await linkOnCard(page, 'Priya Shah'));
  expect(link).toMatch(/\/c\/inv_[0-9a-f]{32}#[\w-]+\.[\w-]+$/);

  await write(page, 'Hello Priya, may I tell you about a role?');
  await marked(page, 'may I tell you about a role?', 'Sent');
  await laptop.closeTabs();
});

test('somebody else finds the link first, and does not go on', async () => {
  stranger = await devices.open({ phone: true });
  await stranger.page.goto(link);
  await stranger.page.getByRole('button', { name: 'Continue' }).waitFor();
});

test('the candidate opens the link on a phone, sees who writes, and reads it although nobody else is there', async () => {
  phone = await devices.open({ phone: true });
  const { page } = phone;
  await page.goto(link);
  await page.getByRole('heading', { name: 'Mei Lin would like to talk with you' }).waitFor();
  await page.getByText('About: CFO of an offshore-wind company').waitFor();
  await page.getByText('Encrypted end to end').waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await composer(page).waitFor();
  // Written while the keys are being made: it goes out by itself.
  await write(page, 'Gladly. Which company is it?');
  await reads(page, 'may I tell you about a role?');
  await marked(page, 'Which company is it?', 'Sent');
  expect(page.url()).not.toContain('#');
});

test('she opens the laptop again and reads the question, with her own words above it', async () => {
  laptop.page = await laptop.newTab();
  await laptop.page.goto('/');
  await openThread(laptop.page, 'Priya Shah');
  await reads(laptop.page, 'Which company is it?');
  await reads(laptop.page, 'may I tell you about a role?');
  await marked(laptop.page, 'may I tell you about a role?', 'Read');
  await marked(phone.page, 'Which company is it?', 'Read');
  await write(laptop.page, 'Northwind, in London.');
  await reads(phone.page, 'Northwind, in London.');
  await marked(laptop.page, 'Northwind, in London.', 'Read');
});

test('she signs in on another browser, and it shows all of this though no other one runs', async () => {
  await laptop.closeTabs();
  await write(phone.page, 'When do they decide?');
  await marked(phone.page, 'When do they decide?', 'Sent');
  const { page } = await devices.open();
  await signIn(page, partner);
  await openThread(page, 'Priya Shah');
  await reads(page, 'When do they decide?');
  await reads(page, 'may I tell you about a role?');
  await marked(phone.page, 'When do they decide?', 'Read');
});

test('somebody else who has the link gets nothing, and is told so', async () => {
  const { page } = stranger;
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'This link was used already' }).waitFor();
  await page.getByText(/Tell Mei Lin and ask for a new link/).waitFor();
  await page.reload();
  await page.getByRole('heading', { name: 'This link was used already' }).waitFor();
  expect(await page.getByRole('button', { name: 'Continue' }).count()).toBe(0);
});
